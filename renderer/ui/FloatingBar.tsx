import type { ReactNode } from 'react';
import c from './FloatingBar.module.css';
import floating from './floating.module.css';

/** What can be done with what is selected, floating over a list. `<i />` separates groups of buttons. */
export const FloatingBar = ({ label, summary, children }: { label: string; summary: ReactNode; children: ReactNode }) => (
  <div className={`${floating.floating} ${c.bar}`} role="toolbar" aria-label={label}>
    <span className={`${c.text} num`} role="status">
      {summary}
    </span>
    <i />
    {children}
  </div>
);
