import type { ReactNode } from 'react';

type Props = { title: ReactNode; summary?: ReactNode; children?: ReactNode; before?: ReactNode; className?: string };

/** Title and one summary line left, actions right. */
export const PageHead = ({ title, summary, children, before, className }: Props) => (
  <header className={`head ${className ?? ''}`}>
    {before}
    <div className="grow">
      <h1 className="h1 cut">{title}</h1>
      {summary && <div className="t2 num summary">{summary}</div>}
    </div>
    {children}
  </header>
);
