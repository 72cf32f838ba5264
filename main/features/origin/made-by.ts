import type { BuildSummary } from '../../../contract/build-record.ts';

/** The newest build here that made an image. What the record in a file says is no evidence: anybody can write one. */
export const madeBy = <Build extends Pick<BuildSummary, 'imageId' | 'state' | 'origin'>>(
  builds: readonly Build[],
  id: string,
): Build | undefined => builds.find(({ imageId, state, origin }) => imageId === id && state === 'succeeded' && origin !== 'file');
