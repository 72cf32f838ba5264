import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import c from './Warning.module.css';

/** Something that needs a thought, in one line. */
export const Warning = ({ children }: { children: ReactNode }) => (
  <span className={c.warning}>
    <IconAlertTriangle size={13} stroke={1.8} aria-hidden />
    {children}
  </span>
);
