import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Asked } from '../../connection/use-asked.ts';
import { type OpenDialog, openDialog } from '../../desk/dialogs.ts';
import { registryThatMayLetIn } from '../../desk/registry-that-may-let-in.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { Folded } from '../../ui/Folded.tsx';
import { bytes, count } from '../../ui/format.ts';
import { Ring } from '../../ui/Ring.tsx';
import c from './ForecastCard.module.css';

type ForecastProps<T> = {
  asked: Asked<T>;
  /** Opened again after a sign-in. */
  dialog: OpenDialog;
  /** What is said meanwhile. */
  asking?: string;
  children(forecast: T): ReactNode;
};

/** What will happen: while the registry is asked, what it said, or why it gave no answer. */
export function Forecast<T>({
  asked: { answer, failure, isAsking, again },
  dialog,
  asking = 'Asking the registry what it has',
  children,
}: ForecastProps<T>) {
  if (failure) {
    const registry = registryThatMayLetIn(failure);
    return (
      <FailureNote failure={failure}>
        {registry && (
          <Button size="xs" onClick={() => openDialog({ name: 'sign-in', registry, next: dialog })}>
            Sign in…
          </Button>
        )}
        {!registry && again && (
          <Button size="xs" onClick={again}>
            Ask again
          </Button>
        )}
      </FailureNote>
    );
  }
  if (isAsking) {
    return (
      <p className={`row t2 ${c.asking}`} role="status">
        <Ring size={14} /> {asking}
      </p>
    );
  }
  return answer === undefined ? null : children(answer);
}

type CardProps = { words: string; place?: string | undefined; layers: ForecastLayer[]; children?: ReactNode };

export type ForecastLayer = { id: string; words: string; size?: number | undefined; isFree: boolean };

export const ForecastCard = ({ words, place, layers, children }: CardProps) => (
  <section className={c.card} aria-label="Forecast">
    <p className={c.words} role="status">
      {words}
    </p>
    {place && <p className="sm t2">{place}</p>}
    {children}
    {layers.length > 0 && (
      <Folded summary={count(layers.length, 'layer')}>
        <ul className={c.layers}>
          {layers.map(({ id, words: state, size, isFree }) => (
            <li key={id} className={c.layer} data-free={isFree || undefined}>
              <span className="mono">{id}</span>
              <span className="grow">{state}</span>
              <span className="num">{size === undefined ? 'size unknown' : bytes(size)}</span>
            </li>
          ))}
        </ul>
      </Folded>
    )}
  </section>
);
