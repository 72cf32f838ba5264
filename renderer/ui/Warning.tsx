import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import c from './Warning.module.css';

/** Something to think about before going on: a few words, or with `isLong` a sentence that may wrap. */
export const Warning = ({ children, isLong }: { children: ReactNode; isLong?: boolean }) => (
  <span className={c.warning} data-long={isLong || undefined}>
    <IconAlertTriangle size={isLong ? 14 : 13} stroke={1.8} aria-hidden />
    <span>{children}</span>
  </span>
);
