import type { BuildProgress, BuildStep } from '../../../contract/build.ts';
import type { Instruction } from './read-instructions.ts';

/** The instruction that each of the Dockerfile's own steps comes from, by the step's id; uncertain steps are left out. */
export function matchSteps({ builder, steps }: BuildProgress, instructions: Instruction[]): Map<string, Instruction> {
  const own = steps.filter(({ number }) => number !== undefined);
  const find = builder === 'buildkit' ? findByNumber(instructions, own) : findInOrder(instructions);
  const found = own.map((step, place): [string, Instruction | undefined] => [step.id, find(step, place)]);
  return new Map(found.filter((pair): pair is [string, Instruction] => pair[1] !== undefined));
}

// BuildKit numbers only instructions that make a step, separately in each stage, and does not name a single stage
function findByNumber(instructions: Instruction[], own: BuildStep[]) {
  const stages = [...new Set(instructions.filter(({ keyword }) => keyword === 'FROM').map(({ stage }) => stage))];
  const only = stages.length === 1 ? stages[0] : undefined;
  const seen = Map.groupBy(own, ({ stage }) => stage);
  return (step: BuildStep): Instruction | undefined => {
    // the last of several stages may have no name either
    const stage = step.stage === '' ? (only ?? stages.at(-1)) : step.stage?.toLowerCase();
    const ofStage = instructions.filter((one) => one.stage === stage && one.stepNumber !== undefined);
    // an ONBUILD in the base puts its own steps before them
    if (seen.get(step.stage)?.some(({ number = 0 }) => number > ofStage.length)) return undefined;
    const found = ofStage.find((one) => one.stepNumber === step.number);
    return found && isOf(step, found) ? found : undefined;
  };
}

// the classic builder takes the instructions in the order they are written; Podman leaves out stages that nothing needs
function findInOrder(all: Instruction[]) {
  // instructions before the first FROM have no number
  const instructions = all.filter(({ stage }) => stage !== '');
  let leftOut = 0;
  return (step: BuildStep, place: number): Instruction | undefined => {
    const begun = instructions.findIndex(
      (one, at) => at >= place + leftOut && one.keyword === 'FROM' && one.stage === step.stage?.toLowerCase(),
    );
    if (/^FROM\s/i.test(step.instruction) && begun >= 0) leftOut = begun - place;
    const found = instructions[place + leftOut];
    return found && isOf(step, found) ? found : undefined;
  };
}

const isOf = (step: BuildStep, { keyword }: Instruction): boolean => step.instruction.trim().toUpperCase().startsWith(keyword);

/**
 * Ids of the Dockerfile's own steps that each step directly builds on. BuildKit reports them; with the classic builder they are
 * the step before and the stages that files are taken from.
 */
export function upstreamSteps({ steps }: BuildProgress, matched: ReadonlyMap<string, Instruction>): Map<string, string[]> {
  const own = new Set(steps.filter(({ number }) => number !== undefined).map(({ id }) => id));
  // in written order, as `--from=0` counts them
  const lastOfStage = new Map<string, string>();
  const lastOf = (from: string) => lastOfStage.get(from) ?? [...lastOfStage.values()][/^\d+$/.test(from) ? Number(from) : -1];
  const upstream = new Map<string, string[]>();
  // a builder that reports it for some steps does so for all: the others build on nothing, whatever their order
  const isSaid = steps.some(({ needs }) => needs !== undefined);
  let stage = '';
  for (const step of steps) {
    if (!own.has(step.id)) continue;
    const instruction = matched.get(step.id);
    // a step that the builder added itself, as for a label, belongs to the stage it is in
    stage = instruction?.stage ?? (isSaid ? (step.stage ?? '').toLowerCase() : stage);
    const before = lastOfStage.get(stage);
    const other = instruction?.from === undefined ? undefined : lastOf(instruction.from.toLowerCase());
    const previous = [before, other].filter((id) => id !== undefined && id !== step.id) as string[];
    upstream.set(step.id, isSaid ? (step.needs ?? []).filter((id) => own.has(id)) : previous);
    // a stage that starts from another one continues where that one ended
    lastOfStage.set(stage, instruction?.keyword === 'FROM' && other ? other : step.id);
  }
  return upstream;
}
