import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { Ring } from './Ring.tsx';
import c from './StateIcon.module.css';

export type IconState = 'waiting' | 'running' | 'done' | 'there-already' | 'failed' | 'cancelled';

type Props = {
  state: IconState;
  fraction?: number;
  /** Only where no text nearby says the state. */
  label?: string;
};

/** States differ in shape first, in colour second. */
export function StateIcon({ state, fraction, label }: Props) {
  if (state === 'running') return <Ring size={16} fraction={fraction} />;
  return (
    <span className={c.icon} data-state={state} {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
      {state === 'failed' && <IconX size={11} stroke={2.6} />}
      {state === 'done' && <IconCheck size={11} stroke={2.8} />}
      {state === 'there-already' && <IconCheck size={11} stroke={2.4} />}
      {state === 'cancelled' && <IconMinus size={11} stroke={2.4} />}
    </span>
  );
}
