import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { withDefaultTag } from '../../contract/reference.ts';
import { describeName, isName, nameProblem } from '../connection/describe-reference.ts';
import { useReferenceTargets } from '../connection/use-reference-targets.ts';
import { CheckedField } from '../ui/CheckedField.tsx';
import { shortId } from '../ui/short-id.ts';
import c from './BuildDialog.module.css';
import type { BuildDraft } from './build-draft.ts';

type Names = BuildDraft['names'];

/** One name is needed; further ones cost nothing. */
export function NameFields({ names, onChange }: { names: Names; onChange(names: Names): void }) {
  const change = (key: number, text: string) => onChange(names.map((name) => (name.key === key ? { key, text } : name)));
  const nextKey = Math.max(...names.map(({ key }) => key)) + 1;
  return (
    <div className={c.names}>
      {names.map(({ key, text }, index) => (
        <div key={key} className={c.name}>
          <div className="grow">
            <NameField
              label={index === 0 ? 'Name and tag' : `Name and tag ${index + 1}`}
              text={text}
              onChange={(value) => change(key, value)}
            />
          </div>
          {index > 0 && (
            <ActionIcon
              aria-label={`Leave out name ${index + 1}`}
              className={c.leaveOut}
              onClick={() => onChange(names.filter((name) => name.key !== key))}
            >
              <IconX size={15} stroke={1.7} />
            </ActionIcon>
          )}
        </div>
      ))}
      {names.length < 20 && (
        <Button
          variant="subtle"
          size="xs"
          className={c.another}
          leftSection={<IconPlus size={14} stroke={1.8} />}
          onClick={() => onChange([...names, { key: nextKey, text: '' }])}
        >
          Add another name
        </Button>
      )}
    </div>
  );
}

function NameField({ label, text, onChange }: { label: string; text: string; onChange(text: string): void }) {
  const targets = useReferenceTargets();
  const digest = isName(text) && text.includes('@') ? 'A digest comes from the content; it cannot be chosen. Name a tag.' : undefined;
  const pointsTo = isName(text) && !digest ? targets.get(withDefaultTag(text.trim())) : undefined;
  const moves = pointsTo ? ` It moves here from ${shortId(pointsTo)}.` : '';
  return (
    <CheckedField
      label={label}
      value={text}
      onChange={onChange}
      problem={digest ?? nameProblem(text)}
      says={describeName(text) && `${describeName(text)}${moves}`}
      placeholder="my-app:1.0"
      autoFocus={label === 'Name and tag'}
    />
  );
}
