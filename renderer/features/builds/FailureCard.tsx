import { Button } from '@mantine/core';
import type { LogLine, Task } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';
import { attempt } from '../../desk/attempt.ts';
import { buildAgain } from '../../desk/build-again.ts';
import { AnsiText } from '../../ui/AnsiText.tsx';
import { Folded } from '../../ui/Folded.tsx';
import c from './BuildPage.module.css';
import { SideCard } from './SideCard.tsx';
import { lastLines } from './step-words.ts';
import { useOrigin } from './use-origin.ts';

type Props = { task: Task; lines: LogLine[]; onShowLog(): void };

/** What stopped the build, the last lines it printed, and how to try again. */
export function FailureCard({ task: { id, failure, progress }, lines, onShowLog }: Props) {
  const isOwn = useOrigin(id) === undefined;
  if (!failure) return null;
  const failed = progress.build?.steps.find(({ state }) => state === 'failed');
  const tail = failed ? lastLines(lines, failed.id, 6) : [];
  return (
    <SideCard titleId="failure-title" isAlert>
      <h2 id="failure-title" className="h2">
        {failure.title}
      </h2>
      <p className="t2">{failure.detail}</p>
      {failure.hint && <p className="t2">{failure.hint}</p>}
      {tail.length > 0 && (
        <pre className={`mono ${c.failureTail}`}>
          <AnsiText text={tail.join('\n')} />
        </pre>
      )}
      {failure.cause && (
        <Folded summary="Details">
          <code>{failure.cause}</code>
        </Folded>
      )}
      <div className={c.failureActions}>
        {isOwn && (
          <Button size="xs" onClick={() => void attempt(() => client.build.revealDockerfile({ build: id }))}>
            Show the Dockerfile in its folder
          </Button>
        )}
        {isOwn && (
          <Button size="xs" onClick={() => void buildAgain(id)}>
            Try again
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={onShowLog}>
          Show the whole log
        </Button>
      </div>
    </SideCard>
  );
}
