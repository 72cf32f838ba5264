import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { withDefaultTag } from '../../../../contract/reference.ts';
import { describeName, isName, newNameProblem } from '../../../desk/describe-reference.ts';
import { useReferenceTargets } from '../../../desk/use-reference-targets.ts';
import { AddButton } from '../../../ui/AddButton.tsx';
import { CheckedField } from '../../../ui/CheckedField.tsx';
import { shortId } from '../../../ui/format.ts';
import c from './BuildDialog.module.css';
import { type Line, nextKey, withRow } from './build-draft.ts';
import { NameProposals, type ProposalProps } from './NameProposals.tsx';

type Props = { names: Line[]; onChange(names: Line[]): void } & Omit<ProposalProps, 'name' | 'onChoose'>;

/** The names of the image: one is needed, more cost nothing. */
export function NameFields({ names, onChange, ...proposals }: Props) {
  const [first, ...others] = names;
  if (!first) return null;
  const change = (key: number, text: string) => onChange(withRow(names, key, { text }));
  return (
    <div className={c.names}>
      <div>
        <NameField label="Name and tag" text={first.text} onChange={(text) => change(first.key, text)} />
        <NameProposals name={first.text} onChoose={(text) => change(first.key, text)} {...proposals} />
      </div>
      {others.map(({ key, text }, index) => (
        <div key={key} className={c.name}>
          <div className="grow">
            <NameField label={`Name and tag ${index + 2}`} text={text} onChange={(value) => change(key, value)} />
          </div>
          <ActionIcon
            aria-label={`Remove name ${index + 2}`}
            className={c.leaveOut}
            onClick={() => onChange(names.filter((name) => name.key !== key))}
          >
            <IconX size={15} stroke={1.7} />
          </ActionIcon>
        </div>
      ))}
      {/* together with the usual tags, this is as many as main takes */}
      {names.length < 17 && <AddButton onClick={() => onChange([...names, { key: nextKey(names), text: '' }])}>Add another name</AddButton>}
    </div>
  );
}

function NameField({ label, text, onChange }: { label: string; text: string; onChange(text: string): void }) {
  const targets = useReferenceTargets();
  const problem = newNameProblem(text);
  const pointsTo = isName(text) && !problem ? targets.get(withDefaultTag(text.trim())) : undefined;
  const moves = pointsTo ? ` The name moves here from ${shortId(pointsTo)}.` : '';
  return (
    <CheckedField
      label={label}
      value={text}
      onChange={onChange}
      problem={problem}
      says={describeName(text) && `${describeName(text)}${moves}`}
      placeholder="my-app:1.0"
      // the first one, and one that was just added
      autoFocus={label === 'Name and tag' || text === ''}
    />
  );
}
