import type { Engine } from '../../foundation/engine/open-engine.ts';
import type { LayerGroup } from '../../foundation/layers/layer-sizes.ts';

/** Reads an image's layers, the oldest first, by unpacked digest, and their unpacked bytes as far as known; undefined if it is gone. */
export type ReadLayers = (engine: Engine, imageId: string) => Promise<{ diffIds: string[]; sizes: LayerGroup[] } | undefined>;
