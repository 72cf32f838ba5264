import c from './Bar.module.css';

type Props = { fraction: number; label: string; className?: string };

/** How far something is, also for those who do not see it. */
export const ProgressBar = ({ fraction, label, className }: Props) => (
  <span
    className={`${c.bar} ${className ?? ''}`}
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={Math.floor(fraction * 100)}
  >
    <span data-kind="accent" style={{ width: `${Math.min(1, fraction) * 100}%` }} />
  </span>
);
