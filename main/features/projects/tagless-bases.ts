import type { BuildInputs, TaglessBase } from '../../../contract/build.ts';
import type { Builder } from '../../../contract/engine.ts';
import { isWithoutTag } from '../../../contract/reference.ts';
import { assignments } from '../../foundation/dockerfile/assignments.ts';
import { variablesIn } from '../../foundation/dockerfile/expand-variables.ts';
import { byStage, stageMeant } from '../../foundation/dockerfile/pair-stages.ts';
import { automatic } from '../../foundation/dockerfile/read-dockerfile.ts';
import { type Instruction, readInstructions } from '../../foundation/dockerfile/read-instructions.ts';

type Inputs = Pick<BuildInputs, 'args' | 'target'>;

/** Images without a tag that a build would certainly ask for. BuildKit and Podman leave out the stages that nothing needs. */
export function taglessBases(
  dockerfile: string,
  { args = {}, target }: Inputs,
  builder: Builder,
  leavesOutStages = builder === 'buildkit',
): TaglessBase[] {
  const instructions = readInstructions(dockerfile, args, builder);
  const needed = neededStages(instructions, target, leavesOutStages);
  const isClear = clearTexts(instructions, args);
  const lines = new Map<string, number>();
  for (const instruction of instructions) {
    const { from = '', stage, line } = instruction;
    if (!needed.has(stage) || from === 'scratch' || /^\d+$/.test(from) || stageMeant(instruction, instructions)) continue;
    if (isWithoutTag(from) && isClear(instruction)) lines.set(from, lines.get(from) ?? line);
  }
  return [...lines].map(([name, line]) => ({ name, line }));
}

/** Every stage up to the target, or only those that the target needs. Empty if it is uncertain. */
function neededStages(instructions: Instruction[], target: string | undefined, leavesOutStages: boolean): Set<string> {
  const stages = instructions.filter(({ keyword }) => keyword === 'FROM').map(({ stage }) => stage);
  const wanted = target ? stages.indexOf(target.toLowerCase()) : stages.length - 1;
  if (wanted < 0 || new Set(stages).size < stages.length) return new Set();
  if (!leavesOutStages) return new Set(stages.slice(0, wanted + 1));
  const inStage = byStage(instructions);
  const needed = new Set([stages[wanted] as string]);
  // iterating over a set includes elements added on the way
  for (const stage of needed) {
    const others = (inStage.get(stage) ?? []).map((one) => stageMeant(one, instructions));
    for (const other of others) if (other !== undefined) needed.add(other);
  }
  return needed;
}

/** The image named in a FROM, after any flags such as the platform. */
const imageIn = (text: string): string => text.split(' ').filter((word) => !word.startsWith('--'))[1] ?? '';

/** Returns a test for instructions: is the image known from the Dockerfile and the given arguments alone? */
function clearTexts(instructions: Instruction[], given: Record<string, string>): (instruction: Instruction) => boolean {
  const known = new Set<string>();
  const empty = new Set<string>();
  const isKnown = (text: string) =>
    variablesIn(text).every((name) => known.has(name) || (empty.has(name) && new RegExp(`\\$\\{${name}:?-`).test(text)));
  const globals = instructions.filter(({ keyword, stage }) => keyword === 'ARG' && stage === '');
  for (const { name, value } of globals.flatMap(({ text }) => assignments(text))) {
    if (automatic.test(name)) continue;
    if (given[name] !== undefined || (value !== undefined && isKnown(value))) known.add(name);
    else if (value === undefined) empty.add(name);
  }
  // only in a FROM are the values of arguments certain
  return ({ keyword, text }) => (keyword === 'FROM' ? isKnown(imageIn(text)) : !/\bfrom=[^\s,]*\$/.test(text));
}
