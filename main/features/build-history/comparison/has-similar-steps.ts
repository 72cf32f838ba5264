import type { BuiltLayer } from '../../../../contract/build-record.ts';
import type { Instruction } from '../../../foundation/dockerfile/read-instructions.ts';
import { layersOfLines } from './layers-of-lines.ts';

/** The steps of a build's image, the oldest first, and which of them its lines made. */
type Own = { layers: readonly BuiltLayer[]; made: ReadonlyMap<Instruction, BuiltLayer> };

/**
 * Whether another image's history (the oldest first) ends with steps that read like those the Dockerfile's lines made. A history
 * does not show what was copied, and each builder writes settings in its own way, so neither is compared. Only a RUN command
 * distinguishes one project from another, as any project may copy its files into /app.
 */
export function hasSimilarSteps(instructions: Instruction[], own: Own, other: readonly BuiltLayer[], target: string | undefined): boolean {
  const found = layersOfLines(instructions, other, { target, behind: 0 });
  const compared = [...own.made].filter(([{ keyword }]) => comparedKeywords.has(keyword));
  const isEnough = compared.some(([{ keyword }]) => keyword === 'RUN') && compared.length > 1;
  if (!isEnough || !compared.every(([line, step]) => essence(line, step) === essence(line, found.get(line)))) return false;
  return !hasMoreSteps(below(own.layers, own.made), below(other, found));
}

/** The steps below those that the lines made. */
function below(layers: readonly BuiltLayer[], made: ReadonlyMap<Instruction, BuiltLayer>): string[] {
  const ofLines = new Set(made.values());
  return layers
    .slice(
      0,
      layers.findIndex((layer) => ofLines.has(layer)),
    )
    .map(({ createdBy }) => createdBy);
}

/** Whether something certainly lies between the base and the lines; unknown for an image on a different base. */
const hasMoreSteps = (base: string[], other: string[]): boolean =>
  other.length > base.length && base.every((step, place) => step === other[place]);

const comparedKeywords = new Set(['RUN', 'COPY', 'ADD', 'ENV', 'WORKDIR']);

/** The part that all builders write alike: for a COPY, only the target. */
function essence({ keyword }: Instruction, step: BuiltLayer | undefined): string | undefined {
  const text = step?.createdBy.replace(/\s+/g, ' ').trim();
  return keyword === 'COPY' || keyword === 'ADD' ? text?.split(' ').at(-1)?.replace(/\/$/, '') : text;
}
