import type { ReactNode } from 'react';
import c from './Chip.module.css';

type Props = { children: ReactNode; tone?: 'warn' | 'new'; title?: string };

export const Chip = ({ children, tone, title }: Props) => (
  <span className={c.chip} data-tone={tone} title={title}>
    {children}
  </span>
);
