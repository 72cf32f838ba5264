import type { ReactNode } from 'react';
import c from './IconTile.module.css';

/** An icon on a tinted tile: what a row or a page is about. */
export const IconTile = ({ children, isLarge }: { children: ReactNode; isLarge?: boolean }) => (
  <span className={c.tile} data-large={isLarge || undefined}>
    {children}
  </span>
);
