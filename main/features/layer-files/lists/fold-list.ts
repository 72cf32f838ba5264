import { zstdDecompressSync } from 'node:zlib';
import * as z from 'zod';
import { digestOf } from '../../../foundation/formats/digest.ts';
import { damaged, RefusedArchive } from '../../../foundation/formats/refused-archive.ts';
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

/**
 * The index of a layer by the list at the end of its blob. What the list says is what the image's maker said: the digest of the list is
 * checked, and that of each file once it is opened, but the layer itself was not read. Throws a refusal if the list is another one.
 */
export function foldList(packed: Buffer, { digest, unpacked }: Pick<ToldList, 'digest' | 'unpacked'>): LayerIndex {
  if (digestOf(packed) !== digest) throw damaged('the list of a layer’s files isn’t the one that the image names');
  const fold = new LayerFold();
  for (const entry of entriesOf(packed, unpacked)) {
    if (entry.type === 'chunk') continue;
    const { name, linkName, size, offset, endOffset, mode, uid, gid, modtime, devMajor, devMinor, xattrs } = entry;
    const member: TarMember = { name, kind: kinds[entry.type], linkName, size, offset, isSparse: false };
    const device = { major: devMajor, minor: devMinor };
    const file = fold.add(
      member,
      {
        mode: mode & 0o7777,
        uid,
        gid,
        modified: (Date.parse(modtime) || 0) / 1000,
        ...(entry.type === 'char' && { device: { kind: 'character' as const, ...device } }),
        ...(entry.type === 'block' && { device: { kind: 'block' as const, ...device } }),
        ...(xattrs && { attributes: new Map(Object.entries(xattrs).map(([key, value]) => [key, Buffer.from(value, 'base64')])) }),
      },
      0,
    );
    if (file === undefined) continue;
    // a file with bytes whose digest or place is not told could not be opened
    if (size > 0 && (!entry.digest || endOffset <= offset)) throw incomplete;
    fold.setDigest(file, size === 0 ? ofNothing : Buffer.from(entry.digest?.slice(7) ?? '', 'hex'));
    fold.setEnd(file, endOffset);
  }
  return fold.endOfList();
}

function entriesOf(packed: Buffer, unpacked: number): Entry[] {
  try {
    return List.parse(JSON.parse(zstdDecompressSync(packed, { maxOutputLength: unpacked }).toString('utf8'))).entries;
  } catch {
    throw incomplete;
  }
}

const incomplete = new RefusedArchive(
  'The list of a layer’s files can’t be read',
  'The image has one, so that its files could be shown without downloading the layer, but Layerdeck doesn’t understand it. Get the image to look at its files.',
);
