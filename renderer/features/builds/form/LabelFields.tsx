import { TextInput } from '@mantine/core';
import c from './BuildOptions.module.css';
import { type LabelDraft, nextKey, withRow } from './build-draft.ts';
import { LineFields } from './LineFields.tsx';

type Props = { labels: LabelDraft[]; onChange(labels: LabelDraft[]): void };

/** Notes that stay with the image. */
export const LabelFields = ({ labels, onChange }: Props) => (
  <LineFields
    rows={labels}
    onChange={onChange}
    make={() => ({ key: nextKey(labels), name: '', value: '' })}
    add="Add a label"
    nameOf={({ name }) => `the label ${name.trim()}`.trim()}
  >
    {({ key, name, value }) => (
      <>
        <TextInput
          aria-label="Name of the label"
          value={name}
          onChange={(event) => onChange(withRow(labels, key, { name: event.currentTarget.value }))}
          error={value.trim() && !name.trim() ? 'A label needs a name.' : undefined}
          placeholder="maintainer"
          spellCheck={false}
          className="grow"
          classNames={{ input: c.mono }}
        />
        <TextInput
          aria-label={`Value of the label ${name}`.trim()}
          value={value}
          onChange={(event) => onChange(withRow(labels, key, { value: event.currentTarget.value }))}
          placeholder="value"
          spellCheck={false}
          className="grow"
          classNames={{ input: c.mono }}
        />
      </>
    )}
  </LineFields>
);
