import type { ReactNode } from 'react';
import c from './SideCard.module.css';

type Props = { titleId: string; isAlert?: boolean; children: ReactNode };

/** Something about a step, shown over the foot of the Dockerfile. */
export const SideCard = ({ titleId, isAlert, children }: Props) => (
  <section className={c.card} aria-labelledby={titleId} role={isAlert ? 'alert' : undefined}>
    {children}
  </section>
);
