import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ContextWarning } from '../../../../contract/context-map.ts';
import { bytes, count } from '../../../ui/format.ts';
import c from './ContextView.module.css';
import { warningWords } from './context-words.ts';

type Props = { warnings: ContextWarning[]; onLeaveOut(pattern: string): void; isBusy: boolean };

/** What would be sent but rarely belongs in an image, each with a button that leaves it out. */
export const WarningList = ({ warnings, onLeaveOut, isBusy }: Props) => (
  <ul className={c.warnings} aria-label="Rarely belongs in an image">
    {warnings.map((warning) => (
      <li key={`${warning.kind} ${warning.path}`} className={c.warning}>
        <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
        <span className="grow">
          <span className={`strong cut ${c.warnedPath}`} title={warning.path}>
            {warning.pattern.startsWith('**/') ? warning.pattern.slice(3) : warning.path}
          </span>
          <span className={`sm t2 ${c.why}`}>
            {warningWords(warning)}, {bytes(warning.amount.bytes)}
            {warning.amount.files > 1 && ` in ${count(warning.amount.files, 'file')}`}
          </span>
        </span>
        <Button size="xs" disabled={isBusy} onClick={() => onLeaveOut(warning.pattern)} aria-label={`Leave out ${warning.path}`}>
          Leave out
        </Button>
      </li>
    ))}
  </ul>
);
