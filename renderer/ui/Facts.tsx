import type { ReactNode } from 'react';
import c from './Facts.module.css';

export type FactRow = { name: string; value: ReactNode; mono?: boolean };

/** Names and values, one line each. */
export const Facts = ({ rows, wide }: { rows: FactRow[]; wide?: boolean }) => (
  <dl className={`${c.facts} num`} data-wide={wide || undefined}>
    {rows.map(({ name, value, mono }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd className={mono ? 'mono' : undefined}>{value}</dd>
      </div>
    ))}
  </dl>
);
