import type { BuildStep } from '../../../../contract/build.ts';
import type { BuildExplanation, StepExplanation } from '../../../../contract/explanation.ts';
import { capitalised, listed } from '../../../ui/format.ts';
import { stageTitle } from '../group-steps.ts';

/** What a rebuilt step follows, and what follows it: "Steps 6 and 7 follow it, so they are built again, too." */
export function followWords(why: StepExplanation, steps: BuildStep[], explanation: BuildExplanation): string {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const name = (id: string) => stepName(byId.get(id), byId.get(why.step));
  const words: string[] = [];
  if (why.follows.length > 0) {
    const names = listed(why.follows.map(name));
    words.push(
      `It builds on ${names}, which ${why.follows.length === 1 ? 'was' : 'were'} built again${why.causes.length > 0 ? ', too' : ''}.`,
    );
  }
  const after = explanation.steps.filter(({ follows }) => follows.includes(why.step));
  if (after.length > 0) {
    const isOne = after.length === 1;
    const names = listed(after.map(({ step }) => name(step)));
    words.push(`${capitalised(names)} ${isOne ? 'follows' : 'follow'} it, so ${isOne ? 'it is' : 'they are'} built again, too.`);
  }
  return words.join(' ');
}

/** "step 5", with its stage if that is another one. */
function stepName(step: BuildStep | undefined, beside: BuildStep | undefined): string {
  if (!step) return 'a step before it';
  const stage = step.stage && step.stage !== beside?.stage ? ` of ${stageTitle(step.stage)}` : '';
  return `step ${step.number}${stage}`;
}
