import { TextInput } from '@mantine/core';
import type { Dockerfile } from '../../../../contract/build.ts';
import { isSecretName } from '../../../../contract/secret-name.ts';
import { Warning } from '../../../ui/Warning.tsx';
import c from './BuildOptions.module.css';
import { withheldWords } from './withheld-words.ts';

type Props = {
  args: Dockerfile['args'];
  values: Record<string, string>;
  /** Names of arguments whose values were not kept from the last build. */
  withheld: string[];
  onChange(values: Record<string, string>): void;
};

/** The Dockerfile's ARGs with their defaults. */
export const ArgFields = ({ args, values, withheld, onChange }: Props) =>
  args.map(({ name, default: preset }) => (
    <TextInput
      key={name}
      label={name}
      description={
        (withheld.includes(name) || isSecretName(name)) && (
          <>
            {withheld.includes(name) && <Warning isLong>{withheldWords([name])}</Warning>}
            {isSecretName(name) && <Warning isLong>{visible}</Warning>}
          </>
        )
      }
      inputWrapperOrder={['label', 'input', 'description']}
      value={values[name] ?? ''}
      placeholder={preset ? `empty, instead of ${preset}` : 'no default'}
      onChange={(event) => onChange({ ...values, [name]: event.currentTarget.value })}
      spellCheck={false}
      autoComplete="off"
      classNames={{ root: c.arg, label: c.argLabel, input: c.mono, description: c.warnLines }}
    />
  ));

const visible =
  'Anyone who has the image can read its arguments. For a password or a key, use a secret, which only the step that asks for it can see.';
