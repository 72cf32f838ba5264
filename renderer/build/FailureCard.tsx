import { Button } from '@mantine/core';
import type { LogLine, Task } from '../../contract/task.ts';
import { Folded } from '../ui/Folded.tsx';
import c from './BuildPage.module.css';
import { lastLines } from './step-words.ts';

type Props = { task: Task; lines: LogLine[]; onShowLog(): void };

/** What stopped the build, in words, with the last that was printed. */
export function FailureCard({ task: { failure, progress }, lines, onShowLog }: Props) {
  if (!failure) return null;
  const failed = progress.build?.steps.find(({ state }) => state === 'failed');
  const tail = failed ? lastLines(lines, failed.id, 6) : [];
  return (
    <section className={c.failure} aria-labelledby="failure-title" role="alert">
      <h2 id="failure-title" className="h2">
        {failure.title}
      </h2>
      <p className="t2">{failure.detail}</p>
      {failure.hint && <p className="t2">{failure.hint}</p>}
      {tail.length > 0 && <pre className={`mono ${c.failureTail}`}>{tail.join('\n')}</pre>}
      {failure.cause && (
        <Folded summary="Details">
          <code>{failure.cause}</code>
        </Folded>
      )}
      <div className={c.failureActions}>
        <Button size="xs" onClick={onShowLog}>
          Show the whole log
        </Button>
      </div>
    </section>
  );
}
