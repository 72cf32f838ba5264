import type { BuildStep } from '../../../../contract/build.ts';
import type { StepCause } from '../../../../contract/explanation.ts';
import type { Instruction } from '../../../foundation/dockerfile/read-instructions.ts';
import type { MadeBuild } from './made-build.ts';

/** Whether one engine made both; undefined where it isn't known, as for a build from a file. */
export const areOfOneEngine = (before: MadeBuild, after: MadeBuild): boolean | undefined =>
  before.engine === '' || after.engine === '' ? undefined : before.engine === after.engine;

/** Causes if a different engine or builder made the step, or the same one with other options. */
export function makerCauses(before: MadeBuild, after: MadeBuild, instruction: Instruction): StepCause[] {
  if (areOfOneEngine(before, after) === false) return [{ kind: 'other-engine' }];
  const [was, is] = [before.progress.builder, after.progress.builder];
  return was === is ? changedOptions(before, after, instruction) : [{ kind: 'other-builder', before: was, after: is }];
}

function changedOptions(before: MadeBuild, after: MadeBuild, { keyword }: Instruction): StepCause[] {
  // only BuildKit compares the network, and only RUN uses it
  const isOfNetwork = keyword === 'RUN' && after.progress.builder === 'buildkit';
  return (isOfNetwork ? (['platform', 'network'] as const) : (['platform'] as const)).flatMap((option) =>
    (before.inputs[option] ?? 'default') === (after.inputs[option] ?? 'default')
      ? []
      : [optionChanged(option, before.inputs[option], after.inputs[option])],
  );
}

/** The classic builder appends the chosen labels after the Dockerfile's last line, as a separate step. */
export function labelsCause({ instruction }: BuildStep, before: MadeBuild, after: MadeBuild): StepCause[] {
  if (after.progress.builder !== 'classic' || !/^LABEL\s/i.test(instruction)) return [];
  const [was, is] = [labelWords(before), labelWords(after)];
  return was === is || is === '' ? [] : [optionChanged('labels', was, is)];
}

const labelWords = ({ inputs: { labels = {} } }: MadeBuild): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(' ');

const optionChanged = (
  option: (StepCause & { kind: 'option-changed' })['option'],
  before: string | undefined,
  after: string | undefined,
): StepCause => ({ kind: 'option-changed', option, ...(before && { before }), ...(after && { after }) });
