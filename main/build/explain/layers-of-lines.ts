import type { BuiltLayer } from '../../../contract/build-record.ts';
import type { Instruction } from './read-instructions.ts';

type Made = {
  /** The stage it stopped after, as it was asked for; the last one where absent. */
  target?: string | undefined;
  /** Steps of the history above those of the Dockerfile: the classic builder puts a label there that was chosen. */
  behind: number;
};

/**
 * The step of the image's history (oldest first) that each instruction made, by their places: the newest is that of the last
 * instruction. Two lines may read the same, so that a text tells nothing. Where the two do not fit together, nothing is said.
 */
export function layersOfLines(instructions: Instruction[], layers: readonly BuiltLayer[], made: Made): Map<Instruction, BuiltLayer> {
  const found = new Map<Instruction, BuiltLayer>();
  let end = layers.length - made.behind;
  for (const { lines } of stagesBelow(instructions, made.target)) {
    // BuildKit does not write down what other builds are to do
    const fitting = [lines, lines.filter(isNoTrigger)].find((some) => fits(some, layers, end - some.length));
    if (!fitting) break;
    end -= fitting.length;
    for (const [place, line] of fitting.entries()) found.set(line, layers[end + place] as BuiltLayer);
  }
  return found;
}

type Stage = { from: Instruction; lines: Instruction[] };

/** The stage of the image, then the one that it begins with, and so on, as far as it is known what stands between them. */
function* stagesBelow(instructions: Instruction[], target: string | undefined): Generator<Stage> {
  const stages = stagesOf(instructions);
  let stage = target === undefined ? stages.at(-1) : stages.findLast(({ from }, place) => isMeant(from, place, target));
  while (stage) {
    yield stage;
    const { from } = stage;
    const above = stages.slice(0, stages.indexOf(stage));
    const parent = above.findLast((one) => one.from.stage === from.from?.toLowerCase());
    // what a stage wants others to do comes between the two
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

/** Whether lines are steps of a history from one place on, one after the other, as far as their kinds tell. */
export const fits = (lines: Instruction[], history: readonly { createdBy: string }[], start: number): boolean =>
  start >= 0 && lines.every(({ keyword }, place) => keywordOf(history[start + place]?.createdBy) === keyword);

/** The classic builder writes a RUN as the command that it gave to its shell. */
function keywordOf(createdBy: string | undefined): string | undefined {
  const keyword = /^(?:\/bin\/sh -c #\(nop\)\s+)?([A-Z]{3,})\b/.exec(createdBy ?? '')?.[1];
  return createdBy === undefined ? undefined : (keyword ?? 'RUN');
}
