import { Select } from '@mantine/core';
import c from './SelectField.module.css';

type Props = {
  label: string;
  hideLabel?: boolean;
  data: (string | { value: string; label: string })[];
  value: string;
  onChange(value: string): void;
  description?: string;
  className?: string;
  onOpen?(): void;
};

/** One of several, always one. */
export const SelectField = ({ label, hideLabel, data, value, onChange, description, className, onOpen }: Props) => (
  <Select
    label={hideLabel ? undefined : label}
    aria-label={hideLabel ? label : undefined}
    description={description}
    data={data}
    value={value}
    onChange={(chosen) => chosen !== null && onChange(chosen)}
    onDropdownOpen={onOpen}
    allowDeselect={false}
    withScrollArea={false}
    className={className}
    classNames={{ input: c.input, label: c.label, description: c.description, dropdown: c.dropdown, option: c.option, section: c.section }}
  />
);
