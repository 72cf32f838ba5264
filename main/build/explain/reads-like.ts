import type { BuiltLayer } from '../../../contract/build-record.ts';
import { layersOfLines } from './layers-of-lines.ts';
import type { Instruction } from './read-instructions.ts';

/** The steps of a build's image, oldest first, and which of them its lines made. */
type Own = { layers: readonly BuiltLayer[]; made: ReadonlyMap<Instruction, BuiltLayer> };

/**
 * Whether the history of another image (oldest first) ends with steps that read like those that lines of a Dockerfile made. What
 * was copied cannot be told from a history, and settings are written by each builder in its own way: neither is compared. Only a
 * command tells one project from others, as any of them may copy its files into /app.
 */
export function readsLike(instructions: Instruction[], own: Own, other: readonly BuiltLayer[], target: string | undefined): boolean {
  const found = layersOfLines(instructions, other, { target, behind: 0 });
  const telling = [...own.made].filter(([{ keyword }]) => told.has(keyword));
  const isEnough = telling.some(([{ keyword }]) => keyword === 'RUN') && telling.length > 1;
  if (!isEnough || !telling.every(([line, step]) => essence(line, step) === essence(line, found.get(line)))) return false;
  return !goesOn(below(own.layers, own.made), below(other, found));
}

/** The steps under those of the lines. */
function below(layers: readonly BuiltLayer[], made: ReadonlyMap<Instruction, BuiltLayer>): string[] {
  const ofLines = new Set(made.values());
  return layers
    .slice(
      0,
      layers.findIndex((layer) => ofLines.has(layer)),
    )
    .map(({ createdBy }) => createdBy);
}

/** Whether something surely stands between the base and the lines: of an image on another base it is not known where that ends. */
const goesOn = (base: string[], other: string[]): boolean =>
  other.length > base.length && base.every((step, place) => step === other[place]);

const told = new Set(['RUN', 'COPY', 'ADD', 'ENV', 'WORKDIR']);

/** What two builders write alike: of a COPY only where to. */
function essence({ keyword }: Instruction, step: BuiltLayer | undefined): string | undefined {
  const text = step?.createdBy.replace(/\s+/g, ' ').trim();
  return keyword === 'COPY' || keyword === 'ADD' ? text?.split(' ').at(-1)?.replace(/\/$/, '') : text;
}
