import type { ReactNode } from 'react';
import c from './CheckedField.module.css';

/** What a field's text means, said under it while one types. */
export const Says = ({ children }: { children: ReactNode }) => (
  <p className={`sm t2 ${c.says}`} aria-live="polite">
    {children}
  </p>
);
