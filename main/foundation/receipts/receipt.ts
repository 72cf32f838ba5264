import { createHash } from 'node:crypto';
import * as z from 'zod';
import { chainIds } from '../layers/chain-ids.ts';
import { whichAreThere } from '../layers/which-are-there.ts';

/** The most layers of one receipt: an engine with 5,000 images has some 20,000. */
const mostLayers = 500_000;

/** Letters of the longest name of a computer. */
export const longestName = 200;

/** A computer's name as it can stand in a sentence: without control characters, and not too long. */
export const plainName = (name: string): string =>
  [...name.replace(/[\p{C}\s]+/gu, ' ').trim()].slice(0, longestName / 2).join('') || 'another computer';

const LayerDigest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** A layer as a registry stores it. */
export const StoredLayer = z.object({
  diffId: LayerDigest,
  digest: LayerDigest,
  size: z.number().int().nonnegative(),
  mediaType: z.string().min(1).max(200),
  repository: z.string().min(1).max(255),
});
export type StoredLayer = z.infer<typeof StoredLayer>;

const OwnReceipt = z.object({
  layerdeck: z.literal('receipt'),
  version: z.literal(1),
  name: z.string().min(1).max(longestName),
  made: z.iso.datetime(),
  platform: z.string().max(100),
  takesParts: z.boolean(),
  layers: z.array(LayerDigest).max(mostLayers),
  stored: z.array(StoredLayer).max(mostLayers).optional(),
});

/** What `docker image inspect` writes about several images, as far as it is needed. */
const Inspected = z.array(z.object({ RootFS: z.object({ Layers: z.array(LayerDigest).nullish() }) })).max(100_000);

/** The layers that a computer has. */
export type Receipt = {
  /** What the computer is called. */
  name: string;
  /** Milliseconds since 1970; undefined for one that docker's own program wrote. */
  madeAt?: number;
  /** Such as `linux/amd64`; undefined if it doesn't say. */
  platform?: string;
  /** Whether its engine loads a file that leaves out layers; if not, Layerdeck there adds them. Undefined if it doesn't say. */
  takesParts?: boolean;
  /** Chain ids, by which engines find layers; a registry has none. */
  chains: ReadonlySet<string>;
  /** The layers of a registry: it finds each by itself. */
  stored?: readonly StoredLayer[];
};

/** The text of a receipt. Chain ids tell nothing of a layer to those who don't have it. */
export const writeReceipt = ({ name, madeAt = 0, platform = '', takesParts = false, chains, stored }: Receipt): string =>
  `${JSON.stringify(
    {
      layerdeck: 'receipt',
      version: 1,
      name,
      made: new Date(madeAt).toISOString(),
      platform,
      takesParts,
      layers: [...chains].sort(),
      ...(stored && { stored }),
    },
    undefined,
    1,
  )}\n`;

/**
 * Reads a receipt of Layerdeck, or what `docker image inspect` wrote about all images of a computer without Layerdeck, which is then
 * called by the file's name. Undefined for any other text.
 */
export function readReceipt(text: string, fileName: string): Receipt | undefined {
  const json = parse(text);
  const own = OwnReceipt.safeParse(json);
  if (own.success) {
    const { name, made, platform, takesParts, layers, stored } = own.data;
    return {
      name: plainName(name),
      madeAt: Date.parse(made),
      ...(platform && { platform }),
      takesParts,
      chains: new Set(layers),
      ...(stored && { stored }),
    };
  }
  const inspected = Inspected.safeParse(json);
  if (!inspected.success || inspected.data.length === 0) return undefined;
  const chains = new Set(inspected.data.flatMap(({ RootFS }) => chainIds(RootFS.Layers ?? [])));
  // a note in a file has to be able to repeat it
  return { name: plainName(fileName.replace(/\.(?:json|txt)$/i, '') || fileName), chains };
}

/** Which of the layers of some images are there, by the names that they go by here. */
export function whichAreOn({ chains, stored = [] }: Receipt, stacks: readonly NamedStack[]): Map<string, boolean> {
  const inRegistry = new Set(stored.map(({ diffId }) => diffId));
  const onEngine = whichAreThere(
    stacks.map(({ names, diffIds }) => ({ names, chains: chainIds(diffIds) })),
    chains,
  );
  const all = stacks.flatMap(({ names, diffIds }) => names.map((name, at) => [name, diffIds[at] ?? ''] as const));
  return new Map(all.map(([name, diffId]) => [name, (onEngine.get(name) ?? false) || inRegistry.has(diffId)]));
}

/** An image's layers, the lowest first: what they are called, and the digests of their unpacked bytes. */
export type NamedStack = { names: readonly string[]; diffIds: readonly string[] };

/** Identifies what a receipt says: 16 hexadecimal digits. */
export function markOf({ name, madeAt = 0, chains, stored = [] }: Receipt): string {
  const hash = createHash('sha256').update(`${name}\n${madeAt}\n`);
  for (const layer of [...chains, ...stored.map(({ diffId }) => diffId)].sort()) hash.update(layer);
  return hash.digest('hex').slice(0, 16);
}

function parse(text: string): unknown {
  try {
    // PowerShell writes a mark of byte order before it
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
