import { memo, useMemo } from 'react';
import type { BuildStep } from '../../../contract/build.ts';
import type { LogLine } from '../../../contract/task.ts';
import { iconOf, wordOf } from '../../desk/states.ts';
import { StateIcon } from '../../ui/StateIcon.tsx';
import { useNow } from '../../ui/use-now.ts';
import c from './BuildPage.module.css';
import { describeStep, shortened } from './describe-step.ts';
import { lastLines, stepFraction, stepTime } from './step-words.ts';

type Props = {
  step: BuildStep;
  isSelected: boolean;
  onSelect(id: string): void;
  lines: LogLine[];
  /** Given if it can be explained why the step was built again. */
  onWhy: ((id: string) => void) | undefined;
};

export const StepRow = memo(function StepRow({ step, isSelected, onSelect, lines, onWhy }: Props) {
  const { id, state, instruction, number } = step;
  const words = describeStep(instruction);
  return (
    <li className={c.item}>
      <button type="button" className={c.step} data-state={state} aria-pressed={isSelected} onClick={() => onSelect(id)}>
        <StateIcon state={iconOf(state)} fraction={stepFraction(step)} />
        <span className={`${c.number} num`}>{number}</span>
        <span className="grow">
          <span className={`${c.what} cut`}>{words}</span>
          {words !== instruction && <span className={`${c.command} mono cut`}>{shortened(instruction)}</span>}
        </span>
        <span className="hidden">{wordOf(state)}</span>
        {onWhy && <span className={c.whySpace} />}
        <StepTime step={step} />
      </button>
      {onWhy && (
        <button type="button" className={c.why} onClick={() => onWhy(id)} aria-label={`Why was step ${number} built again?`}>
          Why?
        </button>
      )}
      {state === 'running' && <Tail step={id} lines={lines} />}
    </li>
  );
});

function StepTime({ step }: { step: BuildStep }) {
  const now = useNow(step.state === 'running' ? 1000 : undefined);
  return <span className={`${c.time} num`}>{stepTime(step, now)}</span>;
}

/** The last lines that a running step has printed. */
function Tail({ step, lines }: { step: string; lines: LogLine[] }) {
  const tail = useMemo(() => lastLines(lines, step, 3), [lines, step]);
  if (tail.length === 0) return null;
  return <pre className={`mono ${c.tail}`}>{tail.join('\n')}</pre>;
}
