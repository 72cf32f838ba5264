import type { PushForecastLayer, SendForecast } from '../../../contract/transfer.ts';
import { takesParts } from '../../foundation/engine/engine-info.ts';
import { shortDigest } from '../../foundation/formats/digest.ts';
import { bytesOf, joinSizes } from '../../foundation/layers/layer-sizes.ts';
import { whichAreThere } from '../../foundation/layers/which-are-there.ts';
import type { Shelf } from './shelf.ts';

/** What moving images to another engine would send there, by names or ids. Asks the two engines only. */
export async function forecastSend(from: Shelf, to: Shelf, references: string[]): Promise<SendForecast> {
  const { engine } = from.connection;
  const wanted = new Set(references);
  const listed = from.images.list?.images ?? [];
  const images = listed.filter(({ id, references: names }) => wanted.has(id) || names.some((name) => wanted.has(name)));
  const indexed = (await Promise.all(images.map(({ id }) => from.layers.get(engine, id)))).filter((image) => image !== undefined);
  const isWhole = !(await takesParts(to.connection.engine));
  const there = isWhole ? new Set<string>() : await to.knownChains();
  const isThere = whichAreThere(
    indexed.map(({ diffIds, chains }) => ({ names: diffIds, chains })),
    there,
  );
  const moves = await movedNames({ from, to }, wanted);
  const sizes = joinSizes(indexed.flatMap((image) => image.sizes));
  const layers = [...isThere].map(([diffId, isFree]): PushForecastLayer => {
    const size = bytesOf([diffId], sizes);
    return { id: shortDigest(diffId), ...(size !== undefined && { size }), state: isFree ? 'there-already' : 'send' };
  });
  const toSend = bytesOf(
    [...isThere].filter(([, isFree]) => !isFree).map(([diffId]) => diffId),
    sizes,
  );
  return { layers, isWhole, moves, ...(toSend !== undefined && { toSend }) };
}

/** Names whose image there has other layers: stores call one and the same image by different ids. */
async function movedNames({ from, to }: { from: Shelf; to: Shelf }, wanted: ReadonlySet<string>): Promise<string[]> {
  const topOf = async ({ connection, images, layers }: Shelf, name: string): Promise<string | undefined> => {
    const found = images.list?.images.find(({ references }) => references.includes(name));
    return found && ((await layers.get(connection.engine, found.id))?.chains.at(-1) ?? 'unknown');
  };
  const all = await Promise.all(
    [...wanted].map(async (name) => {
      const [own, there] = await Promise.all([topOf(from, name), topOf(to, name)]);
      return there !== undefined && (there === 'unknown' || there !== own) ? [name] : [];
    }),
  );
  return all.flat();
}
