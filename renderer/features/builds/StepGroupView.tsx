import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { LogLine } from '../../../contract/task.ts';
import { iconOf } from '../../desk/states.ts';
import { StateIcon } from '../../ui/StateIcon.tsx';
import c from './BuildPage.module.css';
import { describeStep } from './describe-step.ts';
import { describeGroup, groupTime, type StepGroup } from './group-steps.ts';
import { StepRow } from './StepRow.tsx';
import { amountWords } from './step-words.ts';

type Props = {
  group: StepGroup;
  isOpen: boolean;
  onToggle(): void;
  selected: string | undefined;
  onSelect(id: string): void;
  lines: LogLine[];
  /** Steps that can be explained: why they were built again. */
  explained: ReadonlySet<string>;
  onWhy(id: string): void;
};

export function StepGroupView({ group, isOpen, onToggle, selected, onSelect, lines, explained, onWhy }: Props) {
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  const line = isOpen ? '' : closedLine(group);
  return (
    <div className={c.group}>
      <button type="button" className={c.groupHead} aria-expanded={isOpen} onClick={onToggle}>
        <StateIcon state={iconOf(group.state)} />
        <span className="grow">
          <b>{group.title}</b>
          {group.base && <span className={`t3 ${c.base}`}>from {group.base}</span>}
          {line && <span className={`${c.closed} cut`}>{line}</span>}
        </span>
        <span className="t3 sm num">{groupTime(group)}</span>
        <Chevron size={14} className={c.chevron} aria-hidden />
      </button>
      {isOpen && (
        <ol className={c.tree}>
          {group.steps.map((step) => (
            <StepRow
              key={step.id}
              step={step}
              isSelected={step.id === selected}
              onWhy={explained.has(step.id) ? onWhy : undefined}
              onSelect={onSelect}
              lines={lines}
            />
          ))}
        </ol>
      )}
    </div>
  );
}

/** What the builder does now, or a summary of the group. */
function closedLine(group: StepGroup): string {
  const running = group.steps.find(({ state }) => state === 'running') ?? (group.isInternal ? group.steps.at(-1) : undefined);
  if (!running) return describeGroup(group);
  return [describeStep(running.instruction), running.state === 'running' && amountWords(running.bytes)].filter(Boolean).join(' · ');
}
