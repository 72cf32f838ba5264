import { TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Dockerfile } from '../../contract/build.ts';
import { isSecretive } from '../../contract/secretive.ts';
import c from './BuildOptions.module.css';

type Props = { args: Dockerfile['args']; values: Record<string, string>; onChange(values: Record<string, string>): void };

/** The Dockerfile's ARGs with their defaults. */
export const ArgFields = ({ args, values, onChange }: Props) =>
  args.map(({ name, default: preset }) => (
    <div key={name} className={c.fields}>
      <TextInput
        label={name}
        value={values[name] ?? ''}
        placeholder={preset ? `empty instead of ${preset}` : 'no default'}
        onChange={(event) => onChange({ ...values, [name]: event.currentTarget.value })}
        spellCheck={false}
        autoComplete="off"
        aria-describedby={isSecretive(name) ? `visible-${name}` : undefined}
        classNames={{ root: c.arg, label: c.argLabel, input: c.mono }}
      />
      {isSecretive(name) && (
        <p className={`sm ${c.warnLine}`} id={`visible-${name}`}>
          <IconAlertTriangle size={14} stroke={1.8} aria-hidden />
          <span>Everybody who has the image can read its arguments. For a password or key use a secret, which only its step can see.</span>
        </p>
      )}
    </div>
  ));
