import c from './Ring.module.css';

type Props = {
  /** From 0 to 1; without it the ring turns, because the end is not known. */
  fraction?: number;
  size?: number;
  label?: string;
};

/** A measured ring if the total is known, a turning one if not. */
export function Ring({ fraction, size = 14, label }: Props) {
  const radius = size / 2 - 1.25;
  const length = 2 * Math.PI * radius;
  const middle = size / 2;
  return (
    <svg
      width={size}
      height={size}
      className={fraction === undefined ? c.turning : c.ring}
      role="img"
      aria-label={label}
      aria-hidden={!label}
    >
      <circle cx={middle} cy={middle} r={radius} className={c.track} />
      <circle
        cx={middle}
        cy={middle}
        r={radius}
        className={c.fill}
        strokeDasharray={`${length * (fraction ?? 0.28)} ${length}`}
        transform={`rotate(-90 ${middle} ${middle})`}
      />
    </svg>
  );
}
