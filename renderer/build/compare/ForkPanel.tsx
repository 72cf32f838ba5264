import { Button } from '@mantine/core';
import type { RowFork } from '../../../contract/cache-fork.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { Ring } from '../../ui/Ring.tsx';
import c from './ComparePage.module.css';
import { accountOf } from './fork-words.ts';
import { useForks } from './use-forks.ts';

const labels = { 'not-asked': 'Look into the layers', reading: 'Stop', told: 'Look once more', failed: 'Try again' } as const;

/** Looks into the layers at which images part, and says for certain what differs. */
export function ForkPanel({ ids }: { ids: string[] }) {
  const { forks, start, stop } = useForks(ids);
  return (
    <section className={c.forks} aria-label="Cause">
      <div className={`row ${c.asking}`}>
        {/* one button all the time, so that the keyboard's place is not lost */}
        <Button size="xs" variant="default" className={c.ask} onClick={forks.state === 'reading' ? stop : start}>
          {labels[forks.state]}
        </Button>
        {forks.state === 'not-asked' && (
          <p className="t2">Reads the images from the engine and says for certain what differs where they part. Large ones take a while.</p>
        )}
        {forks.state === 'reading' &&
          (forks.fraction > 0 ? (
            <ProgressBar fraction={forks.fraction} label="Reading the layers" className={c.readingBar} />
          ) : (
            <p className="row t2">
              <Ring /> The engine puts the images together
            </p>
          ))}
      </div>
      {forks.state === 'failed' && <FailureNote failure={forks.failure} />}
      <div aria-live="polite">{forks.state === 'told' && forks.rows.map((row) => <Fork key={row.id} row={row} />)}</div>
    </section>
  );
}

function Fork({ row }: { row: RowFork }) {
  const { lead, details } = accountOf(row);
  return (
    <article className={c.fork} aria-label={row.title}>
      <h3 className={c.forkName}>
        {row.title} compared with {row.firstTitle}
      </h3>
      <p>{lead}</p>
      {details.length > 0 && (
        <ul className={`t2 ${c.details}`}>
          {details.map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      )}
    </article>
  );
}
