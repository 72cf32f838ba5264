import type { ReactNode } from 'react';
import c from './FailureNote.module.css';
import { Folded } from './Folded.tsx';
import { StateIcon } from './StateIcon.tsx';

type Props = {
  failure: { title: string; detail: string; hint?: string; cause?: string };
  /** Between the words and the folded details. */
  children?: ReactNode;
};

/** What happened, what to do next, and the original message folded away. */
export const FailureNote = ({ failure, children }: Props) => (
  <section className={c.note} aria-label={failure.title} role="alert">
    <StateIcon state="failed" />
    <div className={c.words}>
      <p className={c.title}>{failure.title}</p>
      <p className="t2">{failure.detail}</p>
      {failure.hint && <p className="t2">{failure.hint}</p>}
      {children}
      {failure.cause && (
        <Folded summary="Details">
          <code>{failure.cause}</code>
        </Folded>
      )}
    </div>
  </section>
);
