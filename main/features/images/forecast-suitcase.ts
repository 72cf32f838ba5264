import type { PackedImage, SuitcaseForecast } from '../../../contract/receipt.ts';
import { bytesOf, joinSizes } from '../../foundation/layers/layer-sizes.ts';
import { type Receipt, whichAreOn } from '../../foundation/receipts/receipt.ts';
import type { Shelf } from './shelf.ts';

/** What a file with these images, by names or ids, would hold for the computer of a receipt. Asks the engine only. */
export async function forecastSuitcase(from: Shelf, references: string[], receipt: Receipt): Promise<SuitcaseForecast> {
  const { engine } = from.connection;
  await from.allStacks();
  const wanted = new Set(references);
  const listed = from.images.list?.images ?? [];
  const images = listed.filter(({ id, references: names }) => wanted.has(id) || names.some((name) => wanted.has(name)));
  const indexed = (await Promise.all(images.map(async (image) => ({ image, layers: await from.layers.get(engine, image.id) })))).flatMap(
    ({ image, layers }) => (layers ? [{ image, layers }] : []),
  );
  const isThere = whichAreOn(
    receipt,
    indexed.map(({ layers: { diffIds } }) => ({ names: diffIds, diffIds })),
  );
  const sizes = joinSizes(indexed.flatMap(({ layers }) => layers.sizes));
  const part = (diffIds: readonly string[]) => {
    const bytes = bytesOf([...new Set(diffIds)], sizes);
    return bytes === undefined ? {} : { bytes };
  };
  const all = [...isThere.keys()];
  const packed = all.filter((diffId) => !isThere.get(diffId));
  const leftOut = all.filter((diffId) => isThere.get(diffId));
  return {
    receipt: shownReceipt(receipt),
    images: indexed.map(({ image: { id, references: names }, layers: { diffIds } }): PackedImage => {
      const lacking = [...new Set(diffIds.filter((diffId) => !isThere.get(diffId)))];
      const chosen = names.filter((name) => wanted.has(name));
      return { id, references: chosen, layers: diffIds.length, lacking: lacking.length, ...part(lacking) };
    }),
    packed: { layers: packed.length, ...part(packed) },
    leftOut: { layers: leftOut.length, ...part(leftOut) },
  };
}

export const shownReceipt = ({ name, madeAt, takesParts, chains, stored }: Receipt) => ({
  name,
  layers: chains.size + (stored?.length ?? 0),
  ...(stored && { isRegistry: true as const }),
  ...(madeAt !== undefined && { madeAt }),
  ...(takesParts !== undefined && { takesParts }),
});
