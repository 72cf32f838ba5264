import type { ReactNode } from 'react';
import { pastedName } from '../../../contract/pasted-name.ts';
import type { Suggestion } from '../../../contract/transfer.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { SuggestField } from '../../ui/SuggestField.tsx';

type Props = {
  label: string;
  value: string;
  onChange(value: string): void;
  problem?: string | undefined;
  says?: ReactNode;
  placeholder?: string;
};

/** Milliseconds to wait after a key before the rest of a name is asked for. */
const pause = 200;

const sources: Record<Suggestion['from'], string> = { before: 'Used before', registry: 'In its registry', here: 'On this engine' };

/** The name of an image, completed from what was used before, what is here, and the tags that its registry has. */
export function ReferenceField({ label, value, onChange, problem, says, placeholder }: Props) {
  const { answer = [] } = useAsked(value.trim() || undefined, (signal) => client.transfer.suggest({ text: value }, { signal }), { pause });
  const groups = Object.entries(sources).map(([from, group]) => ({
    group,
    items: answer.filter((one) => one.from === from).map(({ reference }) => reference),
  }));
  return (
    <SuggestField
      label={label}
      data={groups.filter(({ items }) => items.length > 0)}
      value={value}
      onChange={(text) => onChange(pastedName(text))}
      placeholder={placeholder}
      problem={value.trim() === '' ? undefined : problem}
      says={says}
      isMatched
      autoFocus
    />
  );
}
