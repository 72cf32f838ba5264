import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import c from './Notice.module.css';

type Props = { tone: 'warn' | 'bad' | 'quiet'; title?: ReactNode; children?: ReactNode };

/** Something to know before acting. */
export function Notice({ tone, title, children }: Props) {
  const Icon = tone === 'quiet' ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={c.notice} data-tone={tone} role="note">
      <Icon size={16} stroke={1.7} aria-hidden />
      <div className={c.words}>
        {title && <p className="strong">{title}</p>}
        {children}
      </div>
    </div>
  );
}
