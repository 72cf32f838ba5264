import c from './Bar.module.css';

export type BarPart = { key: string; fraction: number; kind: 'accent' | 'soft' | 'neutral' | 'hatch' };

/** Parts of a whole, side by side. Hidden from screen readers, as the words beside it say the same. */
export const Bar = ({ parts, className }: { parts: BarPart[]; className?: string }) => (
  <span className={`${c.bar} ${className ?? ''}`} aria-hidden>
    {parts.map(({ key, fraction, kind }) => (
      <span key={key} data-kind={kind} style={{ width: `${Math.min(1, fraction) * 100}%` }} />
    ))}
  </span>
);
