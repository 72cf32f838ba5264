import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { RowFork } from '../../../../contract/cache-fork.ts';
import type { WhyDifferent } from '../../../../contract/cache-matrix.ts';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { Ring } from '../../../ui/Ring.tsx';
import c from './ComparePage.module.css';
import { accountOf } from './fork-words.ts';
import { useForks } from './use-forks.ts';

const labels = { 'not-asked': 'Look into the layers', reading: 'Stop', answered: 'Look again', failed: 'Try again' } as const;

/** Looks into the layers where images diverge, and says for certain what differs. `why`: what the records say already. */
export function ForkPanel({ ids, why }: { ids: string[]; why: WhyDifferent | undefined }) {
  const { forks, start, stop } = useForks(ids);
  const answer = useRef<HTMLDivElement>(null);
  // the answer may be below the window's edge, where nobody would see it
  useEffect(() => {
    if (forks.state === 'answered' || forks.state === 'failed') answer.current?.scrollIntoView({ block: 'nearest' });
  }, [forks.state]);
  return (
    <section className={c.forks} aria-label="Cause">
      <div className={`row ${c.asking}`}>
        {/* always the same button, so that it keeps the focus */}
        <Button size="xs" variant="default" className={c.ask} onClick={forks.state === 'reading' ? stop : start}>
          {labels[forks.state]}
        </Button>
        {forks.state === 'not-asked' && (
          <p className="t2">Reads the images from the engine and says for certain what differs. Large images take a while.</p>
        )}
        {forks.state === 'reading' &&
          (forks.fraction > 0 ? (
            <ProgressBar fraction={forks.fraction} label="Reading the layers" className={c.readingBar} />
          ) : (
            <p className="row t2">
              <Ring /> The engine is putting the images together
            </p>
          ))}
      </div>
      <div ref={answer} className={c.answer}>
        {forks.state === 'failed' && <FailureNote failure={forks.failure} />}
        <div aria-live="polite">{forks.state === 'answered' && forks.rows.map((row) => <Fork key={row.id} row={row} why={why} />)}</div>
      </div>
    </section>
  );
}

function Fork({ row, why }: { row: RowFork; why: WhyDifferent | undefined }) {
  const isCauseTold = why?.titles.includes(row.title) && why.titles.includes(row.firstTitle);
  const { lead, details } = accountOf(row, isCauseTold);
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
