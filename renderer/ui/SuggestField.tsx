import { Autocomplete } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import c from './CheckedField.module.css';
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
  /** What it means as it is, live. */
  says?: ReactNode;
  /** The list fits what is typed already. */
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
        // a list of nothing new would still take the Escape that is meant for the dialog, and hide what stands below
        dropdownOpened={wantsList && data.some((one) => offersMore(one, value.trim()))}
        onDropdownOpen={() => setWantsList(true)}
        onDropdownClose={() => setWantsList(false)}
        // a list that arrives late would open over what has the keyboard now
        onBlur={() => setWantsList(false)}
        openOnFocus={false}
        // what is there narrows nothing down: the list is there to change one's mind
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
      {!problem && says && (
        <p className={`sm t2 ${c.says}`} aria-live="polite">
          {says}
        </p>
      )}
    </div>
  );
};

const offersMore = (one: string | { items: string[] }, typed: string): boolean =>
  typeof one === 'string' ? one !== typed : one.items.some((item) => item !== typed);
