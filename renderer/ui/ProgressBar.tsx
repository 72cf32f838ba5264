import c from './Bar.module.css';

type Props = {
  fraction: number;
  /** What screen readers call it; without it, it is hidden from them, as the words beside it say the same. */
  label?: string;
  className?: string;
};

/** How far something is. It moves without a new layout of the page, which would cost the cores that do the work. */
export const ProgressBar = ({ fraction, label, className }: Props) => (
  <span className={`${c.bar} ${className ?? ''}`} {...(label === undefined ? { 'aria-hidden': true } : spoken(label, fraction))}>
    <span data-kind="accent" className={c.moving} style={{ transform: `scaleX(${Math.min(1, fraction)})` }} />
  </span>
);

const spoken = (label: string, fraction: number) => ({
  role: 'progressbar',
  'aria-label': label,
  'aria-valuemin': 0,
  'aria-valuemax': 100,
  'aria-valuenow': Math.floor(fraction * 100),
});
