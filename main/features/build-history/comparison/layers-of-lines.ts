import type { BuiltLayer } from '../../../../contract/build-record.ts';
import type { Instruction } from '../../../foundation/dockerfile/read-instructions.ts';

type Made = {
  /** The stage to stop after, as it was requested; the last one if absent. */
  target?: string | undefined;
  /** How many history steps come after the Dockerfile's own: the classic builder appends chosen labels. */
  behind: number;
};

/**
 * The step in the image's history (the oldest first) that each instruction made. They are matched by position from the end, as
 * two lines may read the same. Where history and lines do not fit together, nothing is returned.
 */
export function layersOfLines(instructions: Instruction[], layers: readonly BuiltLayer[], made: Made): Map<Instruction, BuiltLayer> {
  const found = new Map<Instruction, BuiltLayer>();
  let end = layers.length - made.behind;
  for (const { lines } of stagesBelow(instructions, made.target)) {
    // BuildKit does not write ONBUILD lines into the history
    const fitting = [lines, lines.filter(isNoTrigger)].find((some) => fits(some, layers, end - some.length));
    if (!fitting) break;
    end -= fitting.length;
    for (const [place, line] of fitting.entries()) found.set(line, layers[end + place] as BuiltLayer);
  }
  return found;
}

type Stage = { from: Instruction; lines: Instruction[] };

/** The image's stage, then the stage it starts from, and so on, as far as it is known what lies between them. */
function* stagesBelow(instructions: Instruction[], target: string | undefined): Generator<Stage> {
  const stages = stagesOf(instructions);
  let stage = target === undefined ? stages.at(-1) : stages.findLast(({ from }, place) => isMeant(from, place, target));
  while (stage) {
    yield stage;
    const { from } = stage;
    const above = stages.slice(0, stages.indexOf(stage));
    const parent = above.findLast((one) => one.from.stage === from.from?.toLowerCase());
    // steps that a stage adds to others (ONBUILD) come between the two
    stage = parent?.lines.every(isNoTrigger) ? parent : undefined;
  }
}

function stagesOf(instructions: Instruction[]): Stage[] {
  const stages: Stage[] = [];
  for (const one of instructions) {
    if (one.keyword === 'FROM') stages.push({ from: one, lines: [] });
    else stages.at(-1)?.lines.push(one);
  }
  return stages;
}

const isMeant = ({ stage }: Instruction, place: number, target: string): boolean =>
  stage === target.toLowerCase() || String(place) === target;

const isNoTrigger = ({ keyword }: Instruction): boolean => keyword !== 'ONBUILD';

/** Whether lines match the history's steps from a position on, judging by their keywords. */
export const fits = (lines: Instruction[], history: readonly { createdBy: string }[], start: number): boolean =>
  start >= 0 && lines.every(({ keyword }, place) => keywordOf(history[start + place]?.createdBy) === keyword);

/** The keyword of a history step; the classic builder records a RUN as the command it gave to its shell. */
function keywordOf(createdBy: string | undefined): string | undefined {
  const keyword = /^(?:\/bin\/sh -c #\(nop\)\s+)?([A-Z]{3,})\b/.exec(createdBy ?? '')?.[1];
  return createdBy === undefined ? undefined : (keyword ?? 'RUN');
}
