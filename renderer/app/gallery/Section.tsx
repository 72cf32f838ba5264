import { type ReactNode, useId } from 'react';
import c from './Gallery.module.css';

type Props = { title: string; children: ReactNode; isStacked?: boolean };

/** One kind of piece, its states side by side or under each other. */
export function Section({ title, children, isStacked }: Props) {
  const id = useId();
  return (
    <section className={c.section} aria-labelledby={id}>
      <h2 className="h2" id={id}>
        {title}
      </h2>
      <div className={isStacked ? c.stack : c.line}>{children}</div>
    </section>
  );
}
