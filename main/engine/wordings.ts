import { buildWordings } from './wordings/build-wordings.ts';
import { imageWordings } from './wordings/image-wordings.ts';
import { registryWordings } from './wordings/registry-wordings.ts';
import { systemWordings } from './wordings/system-wordings.ts';
import type { Wording } from './wordings/wording.ts';

/** Looked through from the top: a system's code is certain, a builder's text is special, a registry's is general. */
export const wordings: Wording[] = [...systemWordings, ...buildWordings, ...imageWordings, ...registryWordings];
