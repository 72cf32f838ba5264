import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import c from './CheckedField.module.css';
import { Says } from './Says.tsx';

type Props = {
  label: string;
  value: string;
  onChange(value: string): void;
  /** What is wrong with the text; said only once something was typed. */
  problem?: string;
  /** What the text means, said while one types. */
  says?: ReactNode;
  placeholder?: string;
  description?: string;
  autoFocus?: boolean;
  hideLabel?: boolean;
};

/** A field that says below what its text means, or what is wrong with it. */
export function CheckedField({ label, value, onChange, problem, says, placeholder, description, autoFocus, hideLabel }: Props) {
  const shown = value.trim() !== '' ? problem : undefined;
  return (
    <div>
      <TextInput
        label={hideLabel ? undefined : label}
        aria-label={hideLabel ? label : undefined}
        description={description}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        placeholder={placeholder}
        error={shown}
        data-autofocus={autoFocus || undefined}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        classNames={{ input: c.input }}
      />
      {!shown && says && <Says>{says}</Says>}
    </div>
  );
}
