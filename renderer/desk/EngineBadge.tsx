import c from './EngineBadge.module.css';

/** An engine's colour and first letter, where things of several engines stand together. The name has to stand nearby, or `label` says it. */
export const EngineBadge = ({ name, hue, label }: { name: string; hue: number; label?: string }) => (
  <span className={c.badge} data-hue={hue} title={label} {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
    {name.charAt(0).toUpperCase()}
  </span>
);
