import type { Task } from '../../../contract/task.ts';
import { bytes, bytesOf, elapsed, speed, timeLeft } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { Ring } from '../../ui/Ring.tsx';
import { useNow } from '../../ui/use-now.ts';
import c from './TransferPage.module.css';

/** Progress in numbers: how much, how fast, how long. If the end isn’t known, only the time so far. */
export function TotalProgress({ task, words }: { task: Task; words: string }) {
  const { progress, pace, startedAt } = task;
  const now = useNow(1000);
  const amount = progress.bytes && (progress.bytes.done > 0 || progress.bytes.total) ? progress.bytes : undefined;
  const isMeasured = progress.fraction !== undefined;
  const left = pace?.secondsLeft !== undefined && isMeasured ? timeLeft(pace.secondsLeft) : undefined;
  return (
    <section className={c.total} aria-label="Progress">
      <div className={`${c.numbers} num`}>
        <span className="row">
          {!isMeasured && <Ring size={15} />}
          <span>
            <b>{amount ? amountWords(amount) : words}</b>
            {amount?.estimated && <span className="t3"> (the total is a guess)</span>}
          </span>
        </span>
        <span>{pace && pace.bytesPerSecond > 0 && speed(pace.bytesPerSecond)}</span>
        <span className={c.left}>{left ?? (startedAt ? elapsed((now - startedAt) / 1000) : '')}</span>
      </div>
      {progress.fraction !== undefined && <ProgressBar className={c.totalBar} fraction={progress.fraction} label={task.title} />}
      {/* spoken only when the words change, not with every byte */}
      <p className="hidden" role="status">
        {words}
        {left ? `, ${roughly(progress.fraction ?? 0)}` : ''}
      </p>
    </section>
  );
}

const amountWords = ({ done, total }: { done: number; total?: number }): string =>
  total && done <= total ? bytesOf(done, total) : bytes(done);

/** Quarters are enough for the ear. */
const roughly = (fraction: number): string => `${Math.floor(fraction * 4) * 25} percent`;
