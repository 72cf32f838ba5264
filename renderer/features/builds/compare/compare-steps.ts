import type { BuildStep } from '../../../../contract/build.ts';
import type { BuildPair, BuildRecord } from '../../../../contract/build-record.ts';
import { groupSteps } from '../group-steps.ts';

/** One step of two builds side by side; absent if a build lacks it. */
export type StepPair = {
  key: string;
  /** As the later build has it, or else the earlier one. */
  instruction: string;
  /** As the earlier build has it, if that is different. */
  was?: string;
  stage: string;
  before?: ComparedStep;
  after?: ComparedStep;
};

export type ComparedStep = Pick<BuildStep, 'state' | 'seconds' | 'number'> & {
  /** Bytes of its layer; absent if that isn’t known, or the image has no such layer. */
  size?: number;
};

/** The Dockerfile's own steps of two builds, in the later one's order; steps that only the earlier one has come at the end of their stage. */
export function compareSteps({ records: [before, after], samePlaces }: BuildPair): StepPair[] {
  const [old, own] = [ownSteps(before), ownSteps(after)];
  const partners = partnersOf(own, old, new Map(samePlaces.map(([was, is]) => [is, was])));
  const pairs = own.map((step): StepPair => {
    const partner = partners.get(step);
    const was = partner && partner.instruction !== step.instruction ? { was: partner.instruction } : {};
    return { ...pairOf(step), ...was, after: compared(step, after), ...(partner && { before: compared(partner, before) }) };
  });
  const taken = new Set(partners.values());
  const rest = old.filter((step) => !taken.has(step));
  const gone = rest.map((step): StepPair => ({ ...pairOf(step), key: `gone ${step.id}`, before: compared(step, before) }));
  for (const pair of gone) {
    const lastOfStage = pairs.findLastIndex(({ stage }) => stage === pair.stage);
    pairs.splice(lastOfStage < 0 ? pairs.length : lastOfStage + 1, 0, pair);
  }
  return pairs;
}

/** The earlier step for each: the one in the same place of the Dockerfile or, if the line isn’t certain, one that reads the same. */
function partnersOf(own: BuildStep[], others: BuildStep[], samePlaces: ReadonlyMap<string, string>): Map<BuildStep, BuildStep> {
  const partners = new Map<BuildStep, BuildStep>();
  const rest = new Set(others);
  const pair = (areOne: (other: BuildStep, step: BuildStep) => boolean) => {
    for (const step of own) {
      const partner = partners.has(step) ? undefined : [...rest].find((other) => areOne(other, step));
      if (!partner) continue;
      partners.set(step, partner);
      rest.delete(partner);
    }
  };
  pair((other, step) => samePlaces.get(step.id) === other.id);
  pair((other, step) => other.instruction === step.instruction && (other.stage === step.stage || isBase(step)));
  return partners;
}

// stage by stage, which is not the order in which builders announce them
const ownSteps = ({ task }: BuildRecord): BuildStep[] =>
  groupSteps(task.progress.build?.steps ?? []).flatMap(({ isInternal, steps }) => (isInternal ? [] : steps));

// a base that several stages begin with is announced once, in any of them
const isBase = ({ instruction }: BuildStep): boolean => /^FROM\b/i.test(instruction);

const pairOf = ({ id, instruction, stage = '' }: BuildStep) => ({ key: id, instruction, stage });

function compared({ id, state, seconds, number }: BuildStep, { sizes }: BuildRecord): ComparedStep {
  const size = sizes.find(({ step }) => step === id)?.bytes;
  return { state, ...(seconds !== undefined && { seconds }), ...(number !== undefined && { number }), ...(size !== undefined && { size }) };
}

/** Sums of a build's own steps. */
export function totals(pairs: StepPair[], side: 'before' | 'after'): { seconds: number; cached: number; steps: number } {
  const steps = pairs.flatMap((pair) => pair[side] ?? []);
  return {
    seconds: steps.reduce((sum, step) => sum + (step.state === 'cached' ? 0 : (step.seconds ?? 0)), 0),
    cached: steps.filter(({ state }) => state === 'cached').length,
    steps: steps.length,
  };
}
