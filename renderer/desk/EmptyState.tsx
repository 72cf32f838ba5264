import type { ReactNode } from 'react';
import c from './EmptyState.module.css';
import { PageTitle } from './PageTitle.tsx';

type Props = {
  title: string;
  /** It is the whole page, and its title is the page's. */
  isPage?: boolean;
  children?: ReactNode;
  actions?: ReactNode;
};

/** A page with nothing on it yet says what would be here and how it gets here. */
export const EmptyState = ({ title, isPage, children, actions }: Props) => (
  <div className={c.empty}>
    <Art />
    {isPage ? <PageTitle className={c.title}>{title}</PageTitle> : <h2 className={c.title}>{title}</h2>}
    <div className={`t2 ${c.words}`}>{children}</div>
    {actions && <div className={c.actions}>{actions}</div>}
  </div>
);

/** A deck whose top layer is still missing. */
export const Art = () => (
  <svg width="72" height="66" viewBox="0 0 72 66" aria-hidden className={c.art}>
    <path d="M36 62 6 47l30-15 30 15z" />
    <path d="M36 48 6 33l30-15 30 15z" />
    <path d="M36 34 6 19 36 4l30 15z" data-top />
  </svg>
);
