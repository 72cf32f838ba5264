import { Checkbox } from '@mantine/core';
import c from './dialogs.module.css';

type Props = { references: string[]; chosen: string[]; onChange(chosen: string[]): void };

/** Which of an image's names are meant; with one name there is nothing to ask. */
export function ReferenceChoice({ references, chosen, onChange }: Props) {
  if (references.length === 1) return <p className="mono strong">{references[0]}</p>;
  return (
    <Checkbox.Group label="Which names" value={chosen} onChange={onChange} classNames={{ label: c.label }}>
      <div className={c.names}>
        {references.map((reference) => (
          <Checkbox key={reference} value={reference} label={reference} classNames={{ label: c.name }} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
