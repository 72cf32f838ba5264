import { inspectImage, readImageList } from '../../foundation/engine/answers/image-answers.ts';
import { isBefore } from '../../foundation/engine/api-version.ts';
import { infoOf } from '../../foundation/engine/engine-info.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';

export type SizeEstimate = {
  /** The sum of the sizes the engine reports; more than it sends if images share layers. */
  total: number;
  /** The least that the file will have before it is packed. */
  least: number;
};

/** How much smaller layers may be packed, which is how the containerd store sends them. */
const mostPacking = 10;

/** How large a tarball of these images will be. Measured 0.6 % too low for a large image, so it never decides when a save is done. */
export async function estimateSize(engine: Engine, references: string[]): Promise<SizeEstimate> {
  const sizes = new Map<string, number>();
  const { store } = await infoOf(engine);
  for (const reference of await distinct(engine, references)) {
    const { Id, Size } = await inspectImage(engine, reference);
    sizes.set(Id, Size);
  }
  const largest = Math.max(0, ...sizes.values());
  const isExact = store !== 'containerd' || reportsPacked(engine);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return { total, least: isExact ? largest : largest / (mostPacking + 1) };
}

// the containerd store reports the unpacked layers up to API 1.47, the packed ones from then on, and both together in what moby has
// in the making since August 2026 (4f7f31e7b7, API 1.56)
const reportsPacked = ({ apiVersion }: Engine): boolean => !isBefore(apiVersion, '1.48') && isBefore(apiVersion, '1.56');

// images may have thousands of names, so each image is inspected once
async function distinct(engine: Engine, references: string[]): Promise<Set<string>> {
  if (references.length === 1) return new Set(references);
  const images = await readImageList(engine);
  const idOf = new Map(images.flatMap(({ Id, RepoTags }) => RepoTags.map((name) => [name, Id] as const)));
  return new Set(references.map((reference) => idOf.get(reference) ?? reference));
}
