import type { ReactNode } from 'react';
import { PageTitle } from './PageTitle.tsx';

type Props = { title: ReactNode; summary?: ReactNode; children?: ReactNode; before?: ReactNode; className?: string };

/** Title and one summary line left, actions right. */
export const PageHead = ({ title, summary, children, before, className }: Props) => (
  <header className={`head ${className ?? ''}`}>
    {before}
    <div className="grow">
      <PageTitle className="h1 cut">{title}</PageTitle>
      {summary && <div className="t2 num summary">{summary}</div>}
    </div>
    {children}
  </header>
);
