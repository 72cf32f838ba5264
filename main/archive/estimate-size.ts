import type { Engine } from '../engine/open-engine.ts';

export type SizeEstimate = {
  /** What the engine says of all; more than it sends where images share layers. */
  total: number;
  /** What the file has at least before it is packed. */
  least: number;
};

/** Stores of containerd keep and send layers packed, while the engine tells their sizes unpacked. */
const packedStores = new Set(['overlayfs', 'native', 'stargz']);
const mostPacking = 10;

/** How large a tarball of these images will be. Measured 0.6 % low on a large image, so the end is never announced by it. */
export async function estimateSize({ docker }: Engine, references: string[]): Promise<SizeEstimate> {
  const sizes = new Map<string, number>();
  let isPacked = false;
  for (const reference of await distinct(docker, references)) {
    const { Id, Size, GraphDriver } = await docker.getImage(reference).inspect();
    sizes.set(Id, Size);
    isPacked ||= packedStores.has(GraphDriver?.Name);
  }
  const largest = Math.max(0, ...sizes.values());
  return { total: [...sizes.values()].reduce((sum, size) => sum + size, 0), least: isPacked ? largest / mostPacking : largest };
}

// images may have thousands of names: each is asked for once
async function distinct(docker: Engine['docker'], references: string[]): Promise<Set<string>> {
  if (references.length === 1) return new Set(references);
  const images = await docker.listImages();
  const idOf = new Map(images.flatMap(({ Id, RepoTags }) => (RepoTags ?? []).map((name) => [name, Id] as const)));
  return new Set(references.map((reference) => idOf.get(reference) ?? reference));
}
