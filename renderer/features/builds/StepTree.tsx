import { useMemo, useState } from 'react';
import type { BuildStep } from '../../../contract/build.ts';
import type { LogLine, TaskState } from '../../../contract/task.ts';
import { iconOf } from '../../desk/states.ts';
import { StateIcon } from '../../ui/StateIcon.tsx';
import c from './BuildPage.module.css';
import { groupSteps, type StepGroup } from './group-steps.ts';
import { StepGroupView } from './StepGroupView.tsx';

type Props = {
  steps: BuildStep[];
  /** What happens before the first step is known. */
  beginning: string;
  /** What to say if the build ended without any step. */
  ended: string;
  state: TaskState;
  selected: string | undefined;
  onSelect(id: string): void;
  lines: LogLine[];
  explained: ReadonlySet<string>;
  onWhy(id: string): void;
};

export function StepTree({ steps, beginning, ended, state, ...shared }: Props) {
  const groups = useMemo(() => groupSteps(steps), [steps]);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const isOpen = (group: StepGroup) => toggled.get(group.key) ?? opensByItself(group, groups);
  return (
    <section className={`scroll ${c.steps}`} aria-label="Steps">
      {groups.length === 0 && (
        <p className={`row t2 ${c.starting}`} role="status">
          {state !== 'running' && state !== 'queued' ? (
            ended
          ) : (
            <>
              <StateIcon state={iconOf(state)} /> {beginning}
            </>
          )}
        </p>
      )}
      {groups.map((group) => (
        <StepGroupView
          key={group.key}
          group={group}
          isOpen={isOpen(group)}
          onToggle={() => setToggled((before) => new Map(before).set(group.key, !isOpen(group)))}
          {...shared}
        />
      ))}
    </section>
  );
}

/** The builder's own work, and stages that came from the cache as a whole, stay closed unless something failed in them. */
function opensByItself(group: StepGroup, groups: StepGroup[]): boolean {
  if (group.state === 'failed') return true;
  if (group.isInternal) return false;
  const stages = groups.filter(({ isInternal }) => !isInternal);
  return group.state !== 'cached' || stages.length === 1;
}
