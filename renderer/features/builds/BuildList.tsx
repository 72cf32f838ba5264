import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { BuildSummary } from '../../../contract/build-record.ts';
import { isRunning, useBuildTask } from '../../connection/use-task.ts';
import { formatRoute } from '../../desk/navigation.ts';
import { iconOf } from '../../desk/states.ts';
import { clockTime, duration, elapsed } from '../../ui/format.ts';
import { RowCheckbox } from '../../ui/RowCheckbox.tsx';
import { StateIcon } from '../../ui/StateIcon.tsx';
import { useNow } from '../../ui/use-now.ts';
import c from './BuildsPage.module.css';
import { describeOutcome, namesOf, originWords, outcomeWords } from './build-words.ts';

type Props = { builds: BuildSummary[]; selected: ReadonlySet<string>; onToggle(id: string): void };

const rowHeight = 52;

/** One build a row; only the visible rows are in the page. */
export function BuildList({ builds, selected, onToggle }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const now = useNow(builds.some(({ state }) => state === 'running') ? 1000 : 60_000);
  const virtual = useVirtualizer({
    count: builds.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    getItemKey: (place) => builds[place]?.id ?? place,
  });
  return (
    <div ref={box} className={`scroll ${c.list}`}>
      <ul aria-label="Builds" className={c.space} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const build = builds[index];
          return (
            build && (
              <li
                key={key}
                aria-label={`Build ${namesOf(build)}`}
                aria-posinset={index + 1}
                aria-setsize={builds.length}
                data-state={build.state}
                className={c.row}
                style={{ transform: `translateY(${start}px)` }}
              >
                <BuildItem build={build} now={now} isSelected={selected.has(build.id)} onToggle={() => onToggle(build.id)} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

function BuildItem({ build, now, isSelected, onToggle }: { build: BuildSummary; now: number; isSelected: boolean; onToggle(): void }) {
  const task = useBuildTask(build.id);
  const name = namesOf(build);
  return (
    <>
      <RowCheckbox label={`Select the build of ${name}`} checked={isSelected} onToggle={onToggle} tabIndex={0} />
      <a className={c.item} href={formatRoute({ page: 'build', id: build.id })}>
        <StateIcon state={iconOf(build.state)} fraction={task && isRunning(task) ? task.progress.fraction : undefined} />
        <span className="grow">
          <span className={`strong cut ${c.line}`}>{name}</span>
          <span className={`sm t2 cut ${c.line}`}>{task && isRunning(task) ? describeOutcome(task) : outcomeWords(build)}</span>
        </span>
        <span className={`sm t3 cut ${c.folder}`} title={build.folder.path}>
          {build.origin ? originWords[build.origin] : build.folder.name}
        </span>
        <span className={`num t2 ${c.time}`}>{timeOf(build, now)}</span>
        <span className={`num t3 ${c.when}`}>{clockTime(build.createdAt, now)}</span>
      </a>
    </>
  );
}

function timeOf({ startedAt, seconds }: BuildSummary, now: number): string {
  if (seconds !== undefined) return duration(seconds);
  return startedAt ? elapsed((now - startedAt) / 1000) : '';
}
