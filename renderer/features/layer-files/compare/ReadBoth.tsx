import { Button } from '@mantine/core';
import type { ComparedImages } from '../../../../contract/compare.ts';
import { isRunning } from '../../../connection/use-task.ts';
import { Art } from '../../../desk/EmptyState.tsx';
import { cancelTask } from '../../../desk/start-task.ts';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { bytes, bytesOf, capitalised, count, listed } from '../../../ui/format.ts';
import { PlainText } from '../../../ui/PlainText.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { Ring } from '../../../ui/Ring.tsx';
import tab from '../FilesTab.module.css';
import c from './ReadBoth.module.css';
import type { ComparisonState, SideState } from './use-comparison.ts';

type Props = { state: ComparisonState; names: [string, string] };

/** What has to be read before files and packages can be compared, said before it happens, and how far it is. */
export function ReadBoth({ state: { sides, about, isReading, read }, names }: Props) {
  const wanted = sides.filter((_, at) => (about?.missing[at] ?? 0) > 0);
  const failed = wanted.filter(({ task }) => task?.state === 'failed');
  // one reading is about both
  const nameOf = ({ side, task }: SideState) => (isOfBoth(task) ? listed(sides.map((one) => one.side.name)) : side.name);
  if (isReading) {
    return (
      <div className={tab.first}>
        <section className={c.readings} aria-label="Reading both images">
          {sides.map((side) => side.task && isRunning(side.task) && <Reading key={side.task.id} name={nameOf(side)} task={side.task} />)}
        </section>
        <p className={`t2 ${tab.words}`}>You can go elsewhere meanwhile. What was read of whole layers stays, also if you stop.</p>
        <Button onClick={() => sides.map(({ task }) => task && isRunning(task) && cancelTask(task.id))}>Stop</Button>
      </div>
    );
  }
  if (!about || wanted.length === 0) {
    return (
      <div className={tab.wait}>
        <Ring label="Finding the layers" />
      </div>
    );
  }
  return (
    <div className={tab.first}>
      <Art />
      <h2 className={tab.title}>Files and packages come from the layers</h2>
      <p className={`t2 ${tab.words}`}>
        {about.missing
          .flatMap((layers, at) => (layers > 0 ? [missingWords(layers, names[at] ?? '', about.images[at]?.layers.length ?? 0)] : []))
          .join(' ')}{' '}
        Each layer is read only once, also one that both have.
      </p>
      {failed.map(
        (side) =>
          side.task?.failure && (
            <div key={side.task.id} className={tab.failed}>
              <p className="sm t2">
                <PlainText text={nameOf(side)} />
              </p>
              <FailureNote failure={side.task.failure} />
            </div>
          ),
      )}
      <Button variant="filled" onClick={read}>
        {failed.length > 0 ? 'Try again' : buttonWords(about.toRead)}
      </Button>
    </div>
  );
}

const isOfBoth = (task: SideState['task']): boolean => task?.request.kind === 'index' && task.request.also !== undefined;

const missingWords = (missing: number, name: string, all: number): string =>
  missing === all
    ? `All ${count(all, 'layer')} of ${name} are new.`
    : `${capitalised(count(missing, 'layer'))} of ${name} ${missing === 1 ? 'is' : 'are'} new.`;

/** "Read 340 MB and download 41 MB" */
function buttonWords(toRead: ComparedImages['toRead']): string {
  const amount = (isDownload: boolean) => toRead.reduce((sum, one) => sum + (one && one.isDownload === isDownload ? one.bytes : 0), 0);
  const [read, download] = [amount(false), amount(true)];
  const parts = [...(read > 0 ? [`read ${bytes(read)}`] : []), ...(download > 0 ? [`download ${bytes(download)}`] : [])];
  return parts.length === 0 ? 'Read the layers' : capitalised(listed(parts));
}

function Reading({ name, task }: { name: string; task: NonNullable<SideState['task']> }) {
  const { progress } = task;
  const done = progress.bytes?.done ?? 0;
  const total = progress.bytes?.total;
  return (
    <div>
      <p className={`num ${tab.numbers}`}>
        {progress.fraction === undefined && <Ring size={15} />}
        <b className="grow cut">
          <PlainText text={name} />
        </b>
        <span className="t2">
          {done === 0 ? 'waiting for the first bytes' : `${total && done <= total ? bytesOf(done, total) : bytes(done)} read`}
        </span>
      </p>
      {progress.fraction !== undefined && <ProgressBar fraction={progress.fraction} label={task.title} />}
    </div>
  );
}
