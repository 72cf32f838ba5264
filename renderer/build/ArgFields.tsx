import { TextInput } from '@mantine/core';
import type { Dockerfile } from '../../contract/build.ts';
import c from './BuildDialog.module.css';

type Props = { args: Dockerfile['args']; values: Record<string, string>; onChange(values: Record<string, string>): void };

/** The Dockerfile's ARGs with their defaults. */
export function ArgFields({ args, values, onChange }: Props) {
  if (args.length === 0) return null;
  return (
    <fieldset className={c.args}>
      <legend className={c.label}>Build arguments</legend>
      {args.map(({ name, default: preset }) => (
        <TextInput
          key={name}
          label={name}
          value={values[name] ?? ''}
          placeholder={preset ? undefined : 'no default'}
          onChange={(event) => onChange({ ...values, [name]: event.currentTarget.value })}
          spellCheck={false}
          classNames={{ root: c.arg, label: c.argLabel }}
        />
      ))}
    </fieldset>
  );
}
