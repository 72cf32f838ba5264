import { Button } from '@mantine/core';
import { IconAdjustments, IconBuildingWarehouse, IconPlayerPlay, IconPlayerStop, IconRefresh, IconStack2 } from '@tabler/icons-react';
import type { BuildExplanation } from '../../../contract/explanation.ts';
import type { Task } from '../../../contract/task.ts';
import { isRunning } from '../../connection/use-task.ts';
import { BackButton } from '../../desk/BackButton.tsx';
import { buildAgain, changeAndTryAgain } from '../../desk/build-again.ts';
import { openDialog } from '../../desk/dialogs.ts';
import { useEnginePlace } from '../../desk/engine-scope.ts';
import { imageName } from '../../desk/image-name.ts';
import { openPage } from '../../desk/navigation.ts';
import { PageHead } from '../../desk/PageHead.tsx';
import { cancelTask } from '../../desk/start-task.ts';
import { duration, elapsed } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import c from './BuildPage.module.css';
import { buildTitle, cacheWords, originWords, paceWords, placeWords } from './build-words.ts';
import { useOrigin } from './use-origin.ts';

export const BuildHead = ({ task, explanation }: { task: Task; explanation: BuildExplanation | undefined }) => (
  <PageHead
    className={c.head}
    before={<BackButton label="Back to builds" otherwise={{ page: 'builds' }} />}
    title={buildTitle(task)}
    summary={<Meta task={task} saved={explanation?.savedSeconds} />}
  >
    {/* screen readers do not announce a heading that changes */}
    <p className="hidden" role="status">
      {isRunning(task) ? '' : buildTitle(task)}
    </p>
    <Actions task={task} />
  </PageHead>
);

function Meta({ task, saved = 0 }: { task: Task; saved: number | undefined }) {
  const now = useNow(isRunning(task) ? 1000 : undefined);
  const { startedAt, endedAt, state } = task;
  // if nobody saw the end of the build, the time isn’t known
  const until = endedAt ?? (isRunning(task) ? now : undefined);
  const seconds = startedAt && until ? (until - startedAt) / 1000 : undefined;
  const place = placeWords(task);
  const pace = paceWords(task);
  const builder = task.progress.build?.builder;
  const origin = useOrigin(task.id);
  return (
    <div className={c.meta}>
      {place && (
        <span className={state === 'failed' ? c.bad : undefined} role="status">
          {place}
        </span>
      )}
      {seconds !== undefined && <span>{endedAt ? duration(seconds) : `${elapsed(seconds)} so far`}</span>}
      {isRunning(task) && pace && <span>{pace}</span>}
      <span className={c.saved}>{cacheWords(task)}</span>
      {saved >= 0.5 && <span className={c.saved}>saved about {duration(saved)}</span>}
      {task.request.kind === 'build' && task.request.ssh && <span className="t3">steps may use your SSH keys</span>}
      {origin && <span className="t3">{originWords[origin]}</span>}
      {builder && <span className="t3">{builder === 'buildkit' ? 'with BuildKit' : 'with the classic builder'}</span>}
    </div>
  );
}

function Actions({ task }: { task: Task }) {
  const { id, result } = task;
  // the engine does not know the folder that another tool built
  const isOwn = useOrigin(id) === undefined;
  // the local registry belongs to the engine in use
  const isHere = useEnginePlace() === task.at;
  if (isRunning(task) && !isOwn) return <span className="sm t3">Stop it where it was started</span>;
  if (isRunning(task)) {
    return (
      <Button leftSection={<IconPlayerStop size={15} stroke={1.6} />} onClick={() => void cancelTask(id)}>
        Stop
      </Button>
    );
  }
  const isBuilt = result?.kind === 'build' && result.imageId !== '';
  return (
    <>
      {isOwn && (
        <Button leftSection={<IconAdjustments size={15} stroke={1.6} />} onClick={() => void changeAndTryAgain(id)}>
          Change…
        </Button>
      )}
      {isOwn && (
        <Button
          variant={isBuilt ? 'default' : 'filled'}
          leftSection={<IconRefresh size={15} stroke={1.7} />}
          onClick={() => void buildAgain(id)}
        >
          Build again
        </Button>
      )}
      {isBuilt && isHere && (
        <Button
          leftSection={<IconPlayerPlay size={15} stroke={1.6} />}
          onClick={() =>
            openDialog({
              name: 'try',
              image: result.imageId,
              called: imageName({ id: result.imageId, references: result.references }),
              reference: result.references[0],
            })
          }
        >
          Try it…
        </Button>
      )}
      {isBuilt && isHere && result.references.length > 0 && (
        <Button
          leftSection={<IconBuildingWarehouse size={15} stroke={1.6} />}
          onClick={() => openDialog({ name: 'push', references: result.references, to: 'local-registry' })}
        >
          Publish to my registry…
        </Button>
      )}
      {isBuilt && (
        <Button
          variant="filled"
          leftSection={<IconStack2 size={15} stroke={1.7} />}
          onClick={() => openPage({ page: 'image', id: result.imageId })}
        >
          Show the image
        </Button>
      )}
    </>
  );
}
