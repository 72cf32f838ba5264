import { buildWordings } from './build-wordings.ts';
import { imageWordings } from './image-wordings.ts';
import { registryWordings } from './registry-wordings.ts';
import { sshWordings } from './ssh-wordings.ts';
import { systemWordings } from './system-wordings.ts';
import type { Wording } from './wording.ts';

/** Searched from the top: system codes are certain, builders' texts specific, registries' texts general. */
export const wordings: Wording[] = [...systemWordings, ...sshWordings, ...buildWordings, ...imageWordings, ...registryWordings];
