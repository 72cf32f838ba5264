import type { BuiltLayer } from '../../../contract/build-record.ts';
import { layersOfLines } from './layers-of-lines.ts';
import type { Instruction } from './read-instructions.ts';

/**
 * Whether the steps of another image's history (oldest first) read like those that lines of a Dockerfile made. What was copied
 * cannot be told from a history, and settings are written by each builder in its own way: neither is compared.
 */
export function readsLike(
  instructions: Instruction[],
  made: ReadonlyMap<Instruction, BuiltLayer>,
  other: readonly BuiltLayer[],
  target: string | undefined,
): boolean {
  const found = layersOfLines(instructions, other, { target, behind: 0 });
  const telling = [...made].filter(([{ keyword }]) => told.has(keyword));
  const isEnough = telling.some(([{ keyword }]) => keyword !== 'ENV' && keyword !== 'WORKDIR') && telling.length > 1;
  return isEnough && telling.every(([line, own]) => essence(line, own) === essence(line, found.get(line)));
}

const told = new Set(['RUN', 'COPY', 'ADD', 'ENV', 'WORKDIR']);

/** What two builders write alike: of a COPY only where to. */
function essence({ keyword }: Instruction, step: BuiltLayer | undefined): string | undefined {
  const text = step?.createdBy.replace(/\s+/g, ' ').trim();
  return keyword === 'COPY' || keyword === 'ADD' ? text?.split(' ').at(-1)?.replace(/\/$/, '') : text;
}
