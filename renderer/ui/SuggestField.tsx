import { Autocomplete } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import c from './CheckedField.module.css';
import { Says } from './Says.tsx';
import select from './SelectField.module.css';

type Props = {
  label: string;
  hideLabel?: boolean;
  data: string[] | { group: string; items: string[] }[];
  value: string;
  onChange(value: string): void;
  placeholder?: string | undefined;
  problem?: string | undefined;
  description?: string;
  /** What the text means, said while one types. */
  says?: ReactNode;
  /** The list was made for what is typed, and needs no filter. */
  isMatched?: boolean;
  autoFocus?: boolean;
};

/** Typed, or taken from a list. */
export const SuggestField = (props: Props) => {
  const { label, hideLabel, data, value, onChange, placeholder, problem, description, says, isMatched, autoFocus } = props;
  const [wantsList, setWantsList] = useState(false);
  return (
    <div>
      <Autocomplete
        label={hideLabel ? undefined : label}
        aria-label={hideLabel ? label : undefined}
        description={description}
        data={data}
        withScrollArea={false}
        // a list with nothing new would still catch the Escape meant for the dialog, and hide what is below
        dropdownOpened={wantsList && data.some((one) => offersMore(one, value.trim()))}
        onDropdownOpen={() => setWantsList(true)}
        onDropdownClose={() => setWantsList(false)}
        // a list that arrives late would open over the field that has the focus now
        onBlur={() => setWantsList(false)}
        openOnFocus={false}
        // a complete name filters nothing out, as the list is there to choose another
        filter={({ options, search }) =>
          isMatched || data.some((one) => one === search)
            ? options
            : options.filter((option) => 'value' in option && option.value.includes(search))
        }
        value={value}
        onChange={onChange}
        placeholder={placeholder}
        error={problem}
        spellCheck={false}
        autoComplete="off"
        data-autofocus={autoFocus || undefined}
        classNames={{
          input: `${select.input} ${value ? c.input : ''}`,
          label: select.label,
          description: select.description,
          dropdown: select.dropdown,
          option: select.option,
          groupLabel: select.group,
          error: c.error,
        }}
      />
      {!problem && says && <Says>{says}</Says>}
    </div>
  );
};

const offersMore = (one: string | { items: string[] }, typed: string): boolean =>
  typeof one === 'string' ? one !== typed : one.items.some((item) => item !== typed);
