import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import c from './CheckedField.module.css';

type Props = {
  label: string;
  value: string;
  onChange(value: string): void;
  /** Why it cannot be used as it is; said only once something was typed. */
  problem?: string;
  /** What it means as it is, live. */
  says?: ReactNode;
  placeholder?: string;
  description?: string;
  autoFocus?: boolean;
  hideLabel?: boolean;
};

/** A field that says under itself what its text means, or why it means nothing. */
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
      {!shown && says && (
        <p className={`sm t2 ${c.says}`} aria-live="polite">
          {says}
        </p>
      )}
    </div>
  );
}
