import { TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Dockerfile } from '../../contract/build.ts';
import { isSecretive } from '../../contract/secretive.ts';
import c from './BuildOptions.module.css';
import { missedWords } from './missed-words.ts';

type Props = {
  args: Dockerfile['args'];
  values: Record<string, string>;
  /** Those whose values of the last build were not kept. */
  missed: string[];
  onChange(values: Record<string, string>): void;
};

/** The Dockerfile's ARGs with their defaults. */
export const ArgFields = ({ args, values, missed, onChange }: Props) =>
  args.map(({ name, default: preset }) => (
    <TextInput
      key={name}
      label={name}
      description={
        (missed.includes(name) || isSecretive(name)) && (
          <>
            {missed.includes(name) && <Warning>{missedWords([name])}</Warning>}
            {isSecretive(name) && <Warning>{visible}</Warning>}
          </>
        )
      }
      inputWrapperOrder={['label', 'input', 'description']}
      value={values[name] ?? ''}
      placeholder={preset ? `empty instead of ${preset}` : 'no default'}
      onChange={(event) => onChange({ ...values, [name]: event.currentTarget.value })}
      spellCheck={false}
      autoComplete="off"
      classNames={{ root: c.arg, label: c.argLabel, input: c.mono, description: c.warnLines }}
    />
  ));

const visible = 'Everybody who has the image can read its arguments. For a password or key use a secret, which only its step can see.';

const Warning = ({ children }: { children: ReactNode }) => (
  <span className={c.warnLine}>
    <IconAlertTriangle size={14} stroke={1.8} aria-hidden />
    <span>{children}</span>
  </span>
);
