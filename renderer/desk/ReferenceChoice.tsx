import { Checkbox } from '@mantine/core';
import { LongList } from '../ui/LongList.tsx';
import c from './dialogs.module.css';

type Props = { references: string[]; chosen: string[]; onChange(chosen: string[]): void };

/** A choice among names, of which there may be thousands; with one name there is nothing to ask. */
export function ReferenceChoice({ references, chosen, onChange }: Props) {
  if (references.length === 1) return <p className={`mono strong ${c.only}`}>{references[0]}</p>;
  return (
    <Checkbox.Group label="Which names" value={chosen} onChange={onChange}>
      <div className={`scroll ${c.names}`}>
        <LongList items={references} keyOf={(reference) => reference} rowHeight={24} isVaried label="Names">
          {(reference) => <Checkbox value={reference} label={reference} classNames={{ root: c.nameRow, label: c.name }} />}
        </LongList>
      </div>
    </Checkbox.Group>
  );
}
