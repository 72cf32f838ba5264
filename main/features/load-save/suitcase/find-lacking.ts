import type { Completeness, SuitcaseMark } from '../../../../contract/receipt.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';
import { isForeign } from '../../../foundation/image-archive/describe-image.ts';
import { chainIds } from '../../../foundation/layers/chain-ids.ts';

/** The layers of an image in a file, the lowest first, by the digests of their unpacked bytes. */
export type LayersInFile = readonly { diffId: string; isAbsent?: true | undefined; mediaType?: string }[];

/** The chain ids of an image's layers that the engine has to have, without repetition: not those that it gets elsewhere. */
export const absentChains = (layers: LayersInFile): string[] => {
  const chains = chainIds(layers.map(({ diffId }) => diffId));
  return [...new Set(chains.filter((_, at) => isWanted(layers[at])))];
};

const isWanted = (layer: LayersInFile[number] | undefined): boolean => layer?.isAbsent === true && !isForeign(layer.mediaType ?? '');

/** Which layers that a file leaves out an engine with these chain ids lacks: it finds a layer only with all that is below it. */
export function findLacking(images: readonly LayersInFile[], there: ReadonlySet<string>): Omit<Completeness, 'isAdded'> {
  const absent = images.map(absentChains);
  const lacking = absent.flatMap((chains, image) => {
    const layers = chains.filter((chain) => !there.has(chain)).length;
    return layers > 0 ? [{ image, layers }] : [];
  });
  const all = new Set(absent.flat());
  return { leftOut: all.size, missing: [...all].filter((chain) => !there.has(chain)).length, lacking };
}

/** For a file that was packed for another computer. `lacking`: how many layers are neither in it nor here. */
export function notComplete(name: string, mark: SuitcaseMark | undefined, lacking: number): FailureError {
  const layers = lacking === 1 ? 'One layer is' : `${lacking} layers are`;
  return new FailureError({
    kind: 'bad-archive',
    title: mark ? `${name} was packed for ${mark.madeFor}` : `Part of what is in ${name} is missing`,
    detail: `${layers} neither in the file nor on this engine${mark ? ', as they are on that computer' : ''}. Nothing was loaded.`,
    hint: 'Make a receipt of this engine (under “Engines”) and have the images saved again with it, or have them saved whole.',
  });
}
