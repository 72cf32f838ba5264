import type { LayerGroup } from '../engine/layer-sizes.ts';
import type { Engine } from '../engine/open-engine.ts';

/** An image's layers from the oldest by their unpacked digests, and what is known of their unpacked bytes; undefined where it is gone. */
export type ReadLayers = (engine: Engine, imageId: string) => Promise<{ diffIds: string[]; sizes: LayerGroup[] } | undefined>;
