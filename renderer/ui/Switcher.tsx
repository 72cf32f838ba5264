import c from './Switcher.module.css';

type Props<K extends string> = { label: string; value: NoInfer<K>; choices: Record<K, string>; onChange(value: K): void };

/** A few choices in one row, of which one counts. */
export const Switcher = <K extends string>({ label, value, choices, onChange }: Props<K>) => (
  <fieldset className={c.switcher} aria-label={label}>
    {(Object.entries(choices) as [K, string][]).map(([key, words]) => (
      <button key={key} type="button" aria-pressed={key === value} className={c.choice} onClick={() => onChange(key)}>
        {words}
      </button>
    ))}
  </fieldset>
);
