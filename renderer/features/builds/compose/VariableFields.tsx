import { TextInput } from '@mantine/core';
import { isSecretName } from '../../../../contract/secret-name.ts';
import c from './Compose.module.css';

type Props = {
  names: string[];
  values: Record<string, string>;
  onChange(values: Record<string, string>): void;
};

/** Values for variables that the files leave open. Compose would look for them in the shell that it is started from. */
export function VariableFields({ names, values, onChange }: Props) {
  if (names.length === 0) return null;
  const change = (name: string, value: string) => {
    const { [name]: _, ...others } = values;
    onChange(value === '' ? others : { ...others, [name]: value });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid with its legend
    <div role="group" className={c.variables} aria-label="Variables without a value">
      <p className="sm t2">
        {names.length === 1 ? 'This variable has' : 'These variables have'} no value in the project’s files. Compose would take one from the
        shell that it’s started in, which Layerdeck doesn’t know. What stays empty here isn’t set.
      </p>
      {names.map((name) => (
        <TextInput
          key={name}
          label={name}
          type={isSecretName(name) ? 'password' : 'text'}
          value={values[name] ?? ''}
          onChange={(event) => change(name, event.currentTarget.value)}
          spellCheck={false}
          autoComplete="off"
          classNames={{ root: c.variable, label: c.variableName }}
        />
      ))}
    </div>
  );
}
