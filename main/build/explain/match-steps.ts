import type { BuildProgress, BuildStep } from '../../../contract/build.ts';
import type { Instruction } from './read-instructions.ts';

/** The instruction that each of the Dockerfile's own steps comes from, by the step's id; steps of which it is not certain are left out. */
export function matchSteps({ builder, steps }: BuildProgress, instructions: Instruction[]): Map<string, Instruction> {
  const own = steps.filter(({ number }) => number !== undefined);
  const find = builder === 'buildkit' ? findByNumber(instructions) : findInOrder(instructions);
  const found = own.map((step, place): [string, Instruction | undefined] => [step.id, find(step, place)]);
  return new Map(found.filter((pair): pair is [string, Instruction] => pair[1] !== undefined));
}

// BuildKit numbers those that make a step, each stage by itself, and names the only stage not at all
function findByNumber(instructions: Instruction[]) {
  const stages = new Set(instructions.filter(({ keyword }) => keyword === 'FROM').map(({ stage }) => stage));
  const only = stages.size === 1 ? [...stages][0] : undefined;
  return (step: BuildStep): Instruction | undefined => {
    // the last of several stages may have no name either
    const stage = step.stage === '' ? (only ?? [...stages].at(-1)) : step.stage?.toLowerCase();
    const found = instructions.find((one) => one.stage === stage && one.stepNumber === step.number);
    return found && isOf(step, found) ? found : undefined;
  };
}

// the classic builder takes one instruction after the other, as they are written
function findInOrder(instructions: Instruction[]) {
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
  const lastOfStage = new Map<string, string>();
  const upstream = new Map<string, string[]>();
  for (const step of steps) {
    if (!own.has(step.id)) continue;
    const from = matched.get(step.id)?.from?.toLowerCase();
    const before = lastOfStage.get(step.stage ?? '');
    const other = from === undefined ? undefined : (lastOfStage.get(from) ?? lastOfStage.get(`stage-${from}`));
    const inOrder = [before, other].filter((id) => id !== undefined && id !== step.id) as string[];
    upstream.set(step.id, step.needs ? step.needs.filter((id) => own.has(id)) : inOrder);
    lastOfStage.set((step.stage ?? '').toLowerCase(), step.id);
  }
  return upstream;
}
