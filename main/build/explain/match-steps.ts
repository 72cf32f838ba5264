import type { BuildProgress, BuildStep } from '../../../contract/build.ts';
import type { Instruction } from './read-instructions.ts';

/** The instruction that each of the Dockerfile's own steps comes from, by the step's id; steps of which it is not certain are left out. */
export function matchSteps({ builder, steps }: BuildProgress, instructions: Instruction[]): Map<string, Instruction> {
  const own = steps.filter(({ number }) => number !== undefined);
  const find = builder === 'buildkit' ? findByNumber(instructions, own) : findInOrder(instructions);
  const found = own.map((step, place): [string, Instruction | undefined] => [step.id, find(step, place)]);
  return new Map(found.filter((pair): pair is [string, Instruction] => pair[1] !== undefined));
}

// BuildKit numbers those that make a step, each stage by itself, and names the only stage not at all
function findByNumber(instructions: Instruction[], own: BuildStep[]) {
  const stages = [...new Set(instructions.filter(({ keyword }) => keyword === 'FROM').map(({ stage }) => stage))];
  const only = stages.length === 1 ? stages[0] : undefined;
  const seen = Map.groupBy(own, ({ stage }) => stage);
  return (step: BuildStep): Instruction | undefined => {
    // the last of several stages may have no name either
    const stage = step.stage === '' ? (only ?? stages.at(-1)) : step.stage?.toLowerCase();
    const ofStage = instructions.filter((one) => one.stage === stage && one.stepNumber !== undefined);
    // an ONBUILD of the base puts steps of its own before them
    if (seen.get(step.stage)?.some(({ number = 0 }) => number > ofStage.length)) return undefined;
    const found = ofStage.find((one) => one.stepNumber === step.number);
    return found && isOf(step, found) ? found : undefined;
  };
}

// the classic builder takes one instruction after the other, as they are written
function findInOrder(all: Instruction[]) {
  // what stands before the first FROM has no number
  const instructions = all.filter(({ stage }) => stage !== '');
  return (step: BuildStep, place: number): Instruction | undefined => {
    const found = instructions[place];
    return found && isOf(step, found) ? found : undefined;
  };
}

const isOf = (step: BuildStep, { keyword }: Instruction): boolean => step.instruction.trim().toUpperCase().startsWith(keyword);

/**
 * Ids of the Dockerfile's own steps that each step directly builds on. BuildKit says so; the classic builder goes from
 * one step to the next and to the stages that it takes files from.
 */
export function upstreamSteps({ steps }: BuildProgress, matched: ReadonlyMap<string, Instruction>): Map<string, string[]> {
  const own = new Set(steps.filter(({ number }) => number !== undefined).map(({ id }) => id));
  // in the order in which they are written, as `--from=0` counts them
  const lastOfStage = new Map<string, string>();
  const lastOf = (from: string) => lastOfStage.get(from) ?? [...lastOfStage.values()][/^\d+$/.test(from) ? Number(from) : -1];
  const upstream = new Map<string, string[]>();
  // who says it of some steps has said it of all: the others build on nothing, in whatever order they came
  const isSaid = steps.some(({ needs }) => needs !== undefined);
  let stage = '';
  for (const step of steps) {
    if (!own.has(step.id)) continue;
    const instruction = matched.get(step.id);
    // one that the builder put there itself, as for a label, belongs to the stage that it stands in
    stage = instruction?.stage ?? (isSaid ? (step.stage ?? '').toLowerCase() : stage);
    const before = lastOfStage.get(stage);
    const other = instruction?.from === undefined ? undefined : lastOf(instruction.from.toLowerCase());
    const inOrder = [before, other].filter((id) => id !== undefined && id !== step.id) as string[];
    upstream.set(step.id, isSaid ? (step.needs ?? []).filter((id) => own.has(id)) : inOrder);
    // a stage that begins with another one goes on where that ended
    lastOfStage.set(stage, instruction?.keyword === 'FROM' && other ? other : step.id);
  }
  return upstream;
}
