import c from './Shell.module.css';

/** Three layers, the newest on top. */
export const Mark = ({ size = 20 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden className={c.mark}>
    <path d="M10 11.6 2.6 8.1 10 4.6l7.4 3.5z" opacity=".32" transform="translate(0 5)" />
    <path d="M10 11.6 2.6 8.1 10 4.6l7.4 3.5z" opacity=".58" transform="translate(0 1.6)" />
    <path d="M10 11.6 2.6 8.1 10 4.6l7.4 3.5z" transform="translate(0 -1.8)" />
  </svg>
);
