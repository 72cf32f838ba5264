import { Autocomplete } from '@mantine/core';
import c from './CheckedField.module.css';
import select from './SelectField.module.css';

type Props = {
  label: string;
  hideLabel?: boolean;
  data: string[];
  value: string;
  onChange(value: string): void;
  placeholder?: string;
  problem?: string;
  description?: string;
};

/** Typed, or taken from a list. */
export const SuggestField = ({ label, hideLabel, data, value, onChange, placeholder, problem, description }: Props) => (
  <Autocomplete
    label={hideLabel ? undefined : label}
    aria-label={hideLabel ? label : undefined}
    description={description}
    data={data}
    withScrollArea={false}
    // what is there narrows nothing down: the list is there to change one's mind
    filter={({ options, search }) =>
      data.includes(search) ? options : options.filter((option) => 'value' in option && option.value.includes(search))
    }
    value={value}
    onChange={onChange}
    placeholder={placeholder}
    error={problem}
    spellCheck={false}
    autoComplete="off"
    classNames={{
      input: `${select.input} ${value ? c.input : ''}`,
      label: select.label,
      description: select.description,
      dropdown: select.dropdown,
      option: select.option,
      error: c.error,
    }}
  />
);
