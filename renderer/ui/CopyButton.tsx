import { Button, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import c from './CopyButton.module.css';

type Props = {
  /** For screen readers and the tooltip: "Copy the full id". */
  label: string;
  copy(): Promise<void>;
  /** What stands before the icon; part of the button. */
  children?: ReactNode;
  look?: 'inline' | 'button';
};

/** Copies, and says so for a moment. */
export function CopyButton({ label, copy, children, look = 'inline' }: Props) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  const act = () => void copy().then(() => setCopied(true));
  const icon = copied ? <IconCheck size={13} stroke={2} aria-hidden /> : <IconCopy size={13} stroke={1.7} aria-hidden />;
  if (look === 'button') {
    return (
      <Button size="xs" leftSection={icon} onClick={act} aria-label={label}>
        {copied ? 'Copied' : (children ?? 'Copy')}
      </Button>
    );
  }
  return (
    <Tooltip label={copied ? 'Copied' : label}>
      <button type="button" className={c.copy} onClick={act}>
        {children}
        {icon}
        <span className="hidden">{label}</span>
      </button>
    </Tooltip>
  );
}
