import c from './Chip.module.css';
import { Chip } from './Chip.tsx';

type Props = { name: string; chips: string[]; small?: boolean; max?: number; warn?: string };

/** A name and what belongs to it: a repository and its tags. */
export function ChipGroup({ name, chips, small, max = 9, warn }: Props) {
  const rest = chips.length - max;
  return (
    <span className={c.group} data-small={small || undefined}>
      <span className={`${c.name} cut`} title={name}>
        {name}
      </span>
      <span className={c.chips}>
        {chips.slice(0, max).map((chip) => (
          <Chip key={chip} tone={chip === warn ? 'warn' : undefined} title={chip}>
            <span className={c.text}>{chip}</span>
          </Chip>
        ))}
        {rest > 0 && (
          <span className="t3 sm" title={chips.slice(max).join(', ')}>
            +{rest}
          </span>
        )}
      </span>
    </span>
  );
}
