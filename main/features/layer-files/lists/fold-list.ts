import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import * as z from 'zod';
import { digestOf } from '../../../foundation/formats/digest.ts';
import { damaged, RefusedArchive } from '../../../foundation/formats/refused-archive.ts';
import type { MemberAttributes } from '../../../foundation/formats/tar/member-attributes.ts';
import { TarCutter } from '../../../foundation/formats/tar/tar-cutter.ts';
import type { TarMember } from '../../../foundation/formats/tar/tar-member.ts';
import { LayerFold } from '../index/layer-fold.ts';
import type { LayerIndex } from '../index/layer-index.ts';
import type { ToldList } from './told-list.ts';

const Whole = z.number().int().nonnegative();

const Entry = z.object({
  type: z.enum(['dir', 'reg', 'symlink', 'hardlink', 'char', 'block', 'fifo', 'chunk']),
  name: z.string(),
  linkName: z.string().default(''),
  mode: Whole.default(0),
  size: Whole.default(0),
  uid: z.number().int().default(0),
  gid: z.number().int().default(0),
  modtime: z.string().default(''),
  devMajor: Whole.default(0),
  devMinor: Whole.default(0),
  xattrs: z.record(z.string(), z.string()).optional(),
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .optional(),
  offset: Whole.default(0),
  endOffset: Whole.default(0),
  /** Where in the unpacked part its bytes begin. */
  innerOffset: Whole.default(0),
});
type Entry = z.infer<typeof Entry>;

const List = z.object({ version: z.literal(1), entries: z.array(Entry) });

const kinds: Record<Exclude<Entry['type'], 'chunk'>, TarMember['kind']> = {
  dir: 'folder',
  reg: 'file',
  symlink: 'symlink',
  hardlink: 'hard-link',
  char: 'other',
  block: 'other',
  fifo: 'other',
};

/** SHA-256 of nothing. */
const ofNothing = Buffer.from('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hex');

/** The most bytes of a list; one of a hundred thousand files has some fifty million. */
const mostUnpacked = 256 * 1024 ** 2;

/**
 * The index of a layer by the list at the end of its blob. What the list says is what the image's maker said: the digest of the list is
 * checked, and that of each file once it is opened, but the layer itself was not read. An eStargz' list is a file of the layer, too, which
 * it does not tell. Throws a refusal if the list is another one.
 */
export function foldList(packed: Buffer, { form, digest, offset: listOffset }: Omit<ToldList, 'packed'>): LayerIndex {
  const entries = entriesOf(form === 'eStargz' ? unpackStargz(packed, digest) : unpackZstd(packed, digest));
  const ends = new EndsOfFiles(entries, listOffset);
  const fold = new LayerFold();
  for (const [at, entry] of entries.entries()) {
    if (entry.type === 'chunk') continue;
    const { name, linkName, size, offset } = entry;
    const member: TarMember = { name, kind: kinds[entry.type], linkName, size, offset, isSparse: false };
    const file = fold.add(member, attributesOf(entry), 0);
    if (file === undefined) continue;
    const end = size === 0 ? 0 : ends.of(at);
    // a file with bytes whose digest or place is not told could not be opened
    if (size > 0 && (!entry.digest || entry.innerOffset > 0 || end <= offset)) throw incomplete;
    fold.setDigest(file, size === 0 ? ofNothing : Buffer.from(entry.digest?.slice(7) ?? '', 'hex'));
    fold.setEnd(file, end);
  }
  return fold.endOfList();
}

function attributesOf({ type, mode, uid, gid, modtime, devMajor: major, devMinor: minor, xattrs }: Entry): MemberAttributes {
  const kind = type === 'char' ? 'character' : type === 'block' ? 'block' : undefined;
  return {
    mode: mode & 0o7777,
    uid,
    gid,
    modified: (Date.parse(modtime) || 0) / 1000,
    ...(kind && { device: { kind, major, minor } }),
    ...(xattrs && { attributes: new Map(Object.entries(xattrs).map(([key, value]) => [key, Buffer.from(value, 'base64')])) }),
  };
}

/** Where the bytes of files end in the blob. An eStargz tells only where each part of one begins. */
class EndsOfFiles {
  readonly #entries: Entry[];
  readonly #begins: number[];

  constructor(entries: Entry[], listOffset: number) {
    this.#entries = entries;
    const begins = new Set([listOffset, ...entries.map(({ offset }) => offset)]);
    this.#begins = [...begins].sort((one, other) => one - other);
  }

  of(place: number): number {
    const { endOffset, offset } = this.#entries[place] as Entry;
    if (endOffset > 0) return endOffset;
    let last = offset;
    for (let at = place + 1; this.#entries[at]?.type === 'chunk'; at++) last = this.#entries[at]?.offset ?? last;
    return this.#begins[this.#after(last)] ?? 0;
  }

  /** The place of the first beginning after an offset. */
  #after(offset: number): number {
    let [low, high] = [0, this.#begins.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#begins[middle] ?? 0) > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function unpackZstd(packed: Buffer, digest: string): Buffer {
  if (digestOf(packed) !== digest) throw otherList;
  return unpacked(() => zstdDecompressSync(packed, { maxOutputLength: mostUnpacked }));
}

/** A tarball of one file. */
function unpackStargz(packed: Buffer, digest: string): Buffer {
  const bodies: Buffer[] = [];
  const tarball = unpacked(() => gunzipSync(packed, { maxOutputLength: mostUnpacked }));
  for (const piece of new TarCutter().cut(tarball)) if (piece.kind === 'body') bodies.push(piece.bytes);
  const json = Buffer.concat(bodies);
  if (digestOf(json) !== digest) throw otherList;
  return json;
}

function unpacked(unpack: () => Buffer): Buffer {
  try {
    return unpack();
  } catch {
    throw incomplete;
  }
}

function entriesOf(json: Buffer): Entry[] {
  try {
    return List.parse(JSON.parse(json.toString('utf8'))).entries;
  } catch {
    throw incomplete;
  }
}

const otherList = damaged('the list of a layer’s files isn’t the one that the image names');

const incomplete = new RefusedArchive(
  'The list of a layer’s files can’t be read',
  'The image has one, so that its files could be shown without downloading the layer, but Layerdeck doesn’t understand it. Get the image to look at its files.',
);
