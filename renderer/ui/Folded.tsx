import type { ReactNode } from 'react';
import c from './Folded.module.css';

/** What only some people want to read, one click away. */
export const Folded = ({ summary, children }: { summary: string; children: ReactNode }) => (
  <details className={c.folded}>
    <summary>{summary}</summary>
    <div className={c.inside}>{children}</div>
  </details>
);
