import { Button } from '@mantine/core';
import type { OpenedFiles } from '../../../contract/layer-files.ts';
import type { Task } from '../../../contract/task.ts';
import { isRunning } from '../../connection/use-task.ts';
import { Art } from '../../desk/EmptyState.tsx';
import { cancelTask } from '../../desk/start-task.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { bytes, bytesOf, count, elapsed, speed, timeLeft } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { Ring } from '../../ui/Ring.tsx';
import { useNow } from '../../ui/use-now.ts';
import c from './FilesTab.module.css';

type Props = { opened: OpenedFiles; task: Task | undefined; onRead(): void };

/** What has to be read before the files can be shown, said before it happens. */
export function ReadFirst({ opened, task, onRead }: Props) {
  if (task && isRunning(task)) return <Reading task={task} />;
  const { toRead } = opened;
  const failure = task?.failure;
  const action = toRead?.isDownload ? 'Download' : 'Read';
  return (
    <div className={c.first}>
      <Art />
      <h2 className={c.title}>{titleOf(opened)}</h2>
      <p className={`t2 ${c.words}`}>{wordsOf(opened)}</p>
      {failure && (
        <div className={c.failed}>
          <FailureNote failure={failure} />
        </div>
      )}
      <Button variant="filled" onClick={onRead}>
        {failure ? 'Try again' : toRead ? `${action} ${bytes(toRead.bytes)}` : `${action} the layers`}
      </Button>
    </div>
  );
}

function titleOf({ missing, layers }: OpenedFiles): string {
  if (missing.length < layers.length)
    return `${count(missing.length, 'layer')} of ${layers.length} ${missing.length === 1 ? 'is' : 'are'} new`;
  return 'See every file in this image';
}

function wordsOf({ missing, layers, toRead }: OpenedFiles): string {
  const known = missing.length < layers.length ? 'The others were read before, with another image. ' : '';
  const once = 'Each layer is read only once: afterwards its files are there at once, also for other images that have it.';
  if (toRead?.isDownload) return `${known}The layers are downloaded from the registry, and no engine gets the image. ${once}`;
  return `${known}Nothing is downloaded, and no container is made. ${once}`;
}

function Reading({ task }: { task: Task }) {
  const { progress, pace, startedAt } = task;
  const now = useNow(1000);
  const amount = progress.bytes && progress.bytes.done > 0 ? progress.bytes : undefined;
  const left = pace?.secondsLeft !== undefined && progress.fraction !== undefined ? timeLeft(pace.secondsLeft) : undefined;
  return (
    <div className={c.first}>
      <section className={c.reading} aria-label="Reading the files">
        <p className={`num ${c.numbers}`}>
          {progress.fraction === undefined && <Ring size={15} />}
          <b className="grow">{amount ? readWords(amount) : 'The engine is preparing the data'}</b>
          {pace && pace.bytesPerSecond > 0 && <span className="t2">{speed(pace.bytesPerSecond)}</span>}
          <span className="t2">{left ?? (startedAt ? elapsed((now - startedAt) / 1000) : '')}</span>
        </p>
        {progress.fraction !== undefined && <ProgressBar fraction={progress.fraction} label={task.title} />}
        <p className="hidden" role="status">
          Reading the files{left ? `, ${Math.floor((progress.fraction ?? 0) * 4) * 25} percent` : ''}
        </p>
      </section>
      <p className={`t2 ${c.words}`}>You can go elsewhere meanwhile. What was read of whole layers stays, also if you stop.</p>
      <Button onClick={() => void cancelTask(task.id)}>Stop</Button>
    </div>
  );
}

const readWords = ({ done, total }: { done: number; total?: number }): string =>
  `${total && done <= total ? bytesOf(done, total) : bytes(done)} read`;
