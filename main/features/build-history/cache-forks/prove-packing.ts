import { setImmediate as letOthers } from 'node:timers/promises';
import type { Packed } from '../../../../contract/cache-fork.ts';
import { digestEntry, digestFolder, digestSeveral, type SentEntry } from './classic-digest.ts';
import { type CopiedAs, guessCopied } from './guess-copied.ts';
import type { LayerEntry } from './layer-entry.ts';
import type { Layer } from './layer-listing.ts';
import { owners } from './likely-owners.ts';

/** The most bytes to digest; at a gigabyte a second that is no longer than a person would wait. */
const mostWork = 1024 * 1024 * 1024;
/** The cost of digesting a small entry, expressed in bytes. */
const costOfEntry = 2048;

/** Milliseconds after which the rest of the app gets a turn. */
const turn = 20;

const plain = { hasKindInMode: false, isDotted: false };
const waysOfOthers = [plain, { ...plain, isDotted: true }];
// only docker's command writes kinds into modes, and it makes root the owner of everything
const waysOfRoot = [plain, { ...plain, hasKindInMode: true }, { ...plain, isDotted: true }];

type Proving = {
  /** As the classic builder writes it in the history: "COPY file:8f60… in /app". */
  instruction: string;
  layer: Layer;
  /** Instructions as people wrote them, of which one may be this one: they show what was copied. */
  written: readonly string[];
  signal?: AbortSignal;
};

/**
 * Proves how the files that a classic builder's step copied were packed. The layer does not store that, but the step's digest
 * covers it, and the digest can be recomputed from the layer's files for each possible owner and name. If one of them gives
 * the same digest, it is proved; otherwise the answer is undefined.
 */
export async function provePacking({ instruction, layer, written, signal }: Proving): Promise<Packed | undefined> {
  const [, kind, digest, to] = /^(?:COPY|ADD) (?:--\S+ )*(file|dir|multi):([0-9a-f]{64}) in (.*)$/.exec(instruction.trim()) ?? [];
  const { entries, contents } = layer;
  if (!kind || to === undefined || !entries || !contents) return undefined;
  const guesses = guessCopied(kind as CopiedAs['kind'], to, entries, written);
  let work = 0;
  let since = performance.now();
  for (const [uid, gid] of owners()) {
    for (const guess of guesses) {
      for (const way of uid === 0 ? waysOfRoot : waysOfOthers) {
        const packing = { uid, gid, ...way };
        const sent = guess.files.map(({ name, entry }) => sentEntry(name, entry, contents, packing));
        work += sent.reduce((sum, { content }) => sum + content.length + costOfEntry, 0);
        if (work > mostWork) return undefined;
        if (digestAs(guess.kind, sent) === digest) return { ...packing, source: guess.source };
      }
    }
    if (performance.now() - since < turn) continue;
    await letOthers();
    signal?.throwIfAborted();
    since = performance.now();
  }
  return undefined;
}

function digestAs(kind: CopiedAs['kind'], sent: SentEntry[]): string | undefined {
  if (kind === 'dir') return digestFolder(sent);
  if (kind === 'multi') return digestSeveral(sent);
  return sent[0] && digestEntry(sent[0]);
}

const kindBits = { file: 0o100000, folder: 0o040000, symlink: 0o120000 };
const typeFlags = { file: '0', folder: '5', symlink: '2' } as const;

function sentEntry(
  name: string,
  { kind, path, mode, linkName }: Pick<LayerEntry, 'kind' | 'path' | 'mode' | 'linkName'>,
  contents: ReadonlyMap<string, Buffer>,
  { uid, gid, hasKindInMode, isDotted }: Omit<Packed, 'source'>,
): SentEntry {
  const known = kind === 'folder' || kind === 'symlink' ? kind : 'file';
  return {
    name: `${isDotted ? './' : ''}${name}${known === 'folder' ? '/' : ''}`,
    typeFlag: typeFlags[known],
    mode: hasKindInMode ? mode | kindBits[known] : mode,
    uid,
    gid,
    linkName,
    content: contents.get(path) ?? nothing,
  };
}

const nothing = Buffer.alloc(0);
