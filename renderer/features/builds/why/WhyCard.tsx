import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { BuildStep } from '../../../../contract/build.ts';
import type { BuildExplanation, StepCause, StepExplanation } from '../../../../contract/explanation.ts';
import { openPage } from '../../../desk/navigation.ts';
import { ago } from '../../../ui/format.ts';
import { useNow } from '../../../ui/use-now.ts';
import { shortened } from '../describe-step.ts';
import { SideCard } from '../SideCard.tsx';
import { BeforeAfter } from './BeforeAfter.tsx';
import { beforeAndAfter, causeSentence } from './cause-words.ts';
import { FileChanges } from './FileChanges.tsx';
import { followWords } from './follow-words.ts';
import { Remedy } from './Remedy.tsx';
import c from './WhyCard.module.css';

type Props = { build: string; isOver: boolean; step: BuildStep; steps: BuildStep[]; explanation: BuildExplanation; onClose(): void };

/** Why a step was built again: what changed, and what followed from it. It says that it is inferred. */
export function WhyCard({ build, isOver, step, steps, explanation, onClose }: Props) {
  const now = useNow(60_000);
  const why = explanation.steps.find((one) => one.step === step.id);
  const before = explanation.comparedWith;
  if (!why) return null;
  return (
    <SideCard titleId="why-title">
      <div className={c.top}>
        <h2 id="why-title" className="h2 grow">
          Why was step {step.number} {before ? 'built again' : 'built'}?
        </h2>
        <ActionIcon aria-label="Close the explanation" onClick={onClose}>
          <IconX size={15} stroke={1.7} />
        </ActionIcon>
      </div>
      <p className="t2">
        <span className="mono">{shortened(step.instruction)}</span>
        {before ? `, compared with the last build, ${ago(before.at, now)}:` : '. There is no build of this folder to compare with.'}
      </p>
      {why.causes.map((cause) => (
        <Fragment key={JSON.stringify(cause)}>
          <Cause cause={cause} now={now} />
          <Remedy build={build} isOver={isOver} cause={cause} />
        </Fragment>
      ))}
      <Follows why={why} steps={steps} explanation={explanation} />
      <div className={c.actions}>
        {before && (
          <Button size="xs" disabled={!isOver} onClick={() => openPage({ page: 'compare', ids: [before.id, build] })}>
            Compare the two builds
          </Button>
        )}
        <span className="sm t3">Inferred from what {before ? 'Layerdeck recorded of both builds' : 'the engine has'}.</span>
      </div>
    </SideCard>
  );
}

export function Cause({ cause, now }: { cause: StepCause; now: number }) {
  const both = beforeAndAfter(cause);
  return (
    <div className={c.cause}>
      <p>{causeSentence(cause, now)}</p>
      {both && <BeforeAfter {...both} />}
      {cause.kind === 'files-changed' && <FileChanges changes={cause.changes} total={cause.total} />}
    </div>
  );
}

const Follows = ({ why, steps, explanation }: { why: StepExplanation; steps: BuildStep[]; explanation: BuildExplanation }) => (
  <p className={`t2 ${c.follows}`}>{followWords(why, steps, explanation)}</p>
);
