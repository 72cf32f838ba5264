import type { BuildInputs, TaglessBase } from '../../../contract/build.ts';
import type { Builder } from '../../../contract/engine.ts';
import { isWithoutTag } from '../../../contract/reference.ts';
import { variablesIn } from '../explain/expand-variables.ts';
import { byStage, stageMeant } from '../explain/pair-stages.ts';
import { assignments, type Instruction, readInstructions } from '../explain/read-instructions.ts';
import { automatic } from './read-dockerfile.ts';

type Inputs = Pick<BuildInputs, 'args' | 'target'>;

/** Images that a build would ask for and that are named without a tag. One of which it is not certain is left out. */
export function taglessBases(dockerfile: string, { args = {}, target }: Inputs, builder: Builder): TaglessBase[] {
  const instructions = readInstructions(dockerfile, args, builder);
  const needed = neededStages(instructions, target, builder);
  const isClear = clearTexts(instructions, args);
  const lines = new Map<string, number>();
  for (const instruction of instructions) {
    const { from = '', stage, line } = instruction;
    if (!needed.has(stage) || from === 'scratch' || /^\d+$/.test(from) || stageMeant(instruction, instructions)) continue;
    if (isWithoutTag(from) && isClear(instruction)) lines.set(from, lines.get(from) ?? line);
  }
  return [...lines].map(([name, line]) => ({ name, line }));
}

/** The classic builder builds every stage up to the wanted one, BuildKit only what that one needs. None where it is not certain. */
function neededStages(instructions: Instruction[], target: string | undefined, builder: Builder): Set<string> {
  const stages = instructions.filter(({ keyword }) => keyword === 'FROM').map(({ stage }) => stage);
  const wanted = target ? stages.indexOf(target.toLowerCase()) : stages.length - 1;
  if (wanted < 0 || new Set(stages).size < stages.length) return new Set();
  if (builder === 'classic') return new Set(stages.slice(0, wanted + 1));
  const inStage = byStage(instructions);
  const needed = new Set([stages[wanted] as string]);
  // a set that grows is walked to its new end
  for (const stage of needed) {
    const others = (inStage.get(stage) ?? []).map((one) => stageMeant(one, instructions));
    for (const other of others) if (other !== undefined) needed.add(other);
  }
  return needed;
}

/** What stands in a FROM for the image; which platform is wanted says nothing about its name. */
const imageIn = (text: string): string => text.split(' ').filter((word) => !word.startsWith('--'))[1] ?? '';

/** Tells of an instruction whether what it names is known from the Dockerfile and the given arguments alone. */
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
  // only a FROM has the values of arguments for certain
  return ({ keyword, text }) => (keyword === 'FROM' ? isKnown(imageIn(text)) : !/\bfrom=[^\s,]*\$/.test(text));
}
