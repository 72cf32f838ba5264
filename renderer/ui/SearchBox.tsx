import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';

type Props = {
  text: string;
  label: string;
  placeholder: string;
  className: string | undefined;
  id?: string;
  onText(text: string): void;
};

/** A field to search in what is shown; Escape empties it. */
export const SearchBox = ({ text, label, onText, ...field }: Props) => (
  <TextInput
    {...field}
    type="search"
    aria-label={label}
    leftSection={<IconSearch size={14} stroke={1.7} />}
    value={text}
    onChange={(event) => onText(event.currentTarget.value)}
    onKeyDown={(event) => event.key === 'Escape' && onText('')}
  />
);
