import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { ListEntry, ListPart, ListPreview } from '../../../../contract/image-list.ts';
import { parseReference, withDefaultTag } from '../../../../contract/reference.ts';
import { client } from '../../../connection/client.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { describeSource, isRemoteName, newNameProblem } from '../../../desk/describe-reference.ts';
import { closeDialog, openDialog } from '../../../desk/dialogs.ts';
import { openPage } from '../../../desk/navigation.ts';
import { startTask } from '../../../desk/start-task.ts';
import { CheckedField } from '../../../ui/CheckedField.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { count, listed } from '../../../ui/format.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Ring } from '../../../ui/Ring.tsx';
import { Warning } from '../../../ui/Warning.tsx';
import { AddPart } from './AddPart.tsx';
import { doubledIn, entryWords, nameWords, proposeName, sendWords } from './list-words.ts';
import c from './lists.module.css';

type Props = { parts: ListPart[] };

/** Puts images for several platforms into one list, after it said what that holds, what is sent and what the name loses. */
export function PutTogetherDialog({ parts: first }: Props) {
  const [parts, setParts] = useState(first);
  const [name, setName] = useState(() => proposeName(first.map(({ reference }) => reference)));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const into = isRemoteName(name) && newNameProblem(name) === undefined ? withDefaultTag(name.trim()) : undefined;
  const question = into && JSON.stringify([into, parts]);
  const asked = useAsked(question, (signal) => client.registry.previewList({ into: into ?? '', parts }, { signal }), { pause: 250 });
  const { answer: preview, failure, isAsking } = asked;
  const chosen = preview?.entries.filter(({ key }) => !left.has(key)) ?? [];
  const doubled = doubledIn(chosen);
  const act = () => {
    if (!preview || !into) return;
    const { registry = 'docker.io', repository } = parseReference(into);
    const keys = chosen.map(({ key }) => key);
    closeDialog();
    void startTask({ kind: 'put-together', into, parts, chosen: keys, replaces: preview.replaces?.digest ?? null });
    openPage({ page: 'browse', registry, repository });
  };
  return (
    <Dialog
      title="Put together a list"
      lead="One name for several platforms: whoever gets it receives the image for their own computer."
      onClose={closeDialog}
      action={chosen.length > 1 ? `Put together ${count(chosen.length, 'platform')}` : 'Put together'}
      disabled={!preview || isAsking || chosen.length < 2 || doubled.length > 0}
      onAct={act}
      size={620}
      note={chosen.length > 0 && sendWords(chosen)}
    >
      <CheckedField
        label="Name of the list"
        value={name}
        onChange={setName}
        problem={newNameProblem(name)}
        says={
          into ? describeSource(into)?.replace(/^From/, 'To') : 'It begins with the registry, such as registry.example.com/team/app:1.0.'
        }
        autoFocus
      />
      {failure && (
        <FailureNote failure={failure}>
          {failure.kind === 'sign-in' && failure.registry !== undefined && (
            <Button
              size="xs"
              onClick={() => openDialog({ name: 'sign-in', registry: failure.registry, next: { name: 'put-together', parts } })}
            >
              Sign in…
            </Button>
          )}
        </FailureNote>
      )}
      {isAsking && !preview && (
        <p className="row t2" role="status">
          <Ring /> Looking at the images
        </p>
      )}
      {preview && <Entries preview={preview} left={left} onLeft={setLeft} />}
      <AddPart onAdd={(part) => setParts((before) => (before.some((one) => isSame(one, part)) ? before : [...before, part]))} />
      {preview && into && <Effects name={into} preview={preview} chosen={chosen} doubled={doubled} />}
    </Dialog>
  );
}

const isSame = (one: ListPart, other: ListPart): boolean => one.from === other.from && one.reference === other.reference;

type EntriesProps = { preview: ListPreview; left: ReadonlySet<string>; onLeft(left: ReadonlySet<string>): void };

function Entries({ preview: { entries }, left, onLeft }: EntriesProps) {
  const toggle = (key: string) => {
    const next = new Set(left);
    if (!next.delete(key)) next.add(key);
    onLeft(next);
  };
  return (
    <ul className={`scroll ${c.items}`} aria-label="Platforms">
      {entries.map((entry) => (
        <li key={entry.key} className={c.item}>
          <Checkbox
            size="xs"
            label={<span className="strong">{entry.platform}</span>}
            checked={!left.has(entry.key)}
            onChange={() => toggle(entry.key)}
          />
          <p className={`sm t2 ${c.words}`}>{entryWords(entry)}</p>
          {entry.tag?.replaces !== undefined && !left.has(entry.key) && (
            <p className={c.words}>
              <Warning isLong>{entry.tag.name} leads to another image there, and moves from it.</Warning>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

type EffectsProps = { name: string; preview: ListPreview; chosen: ListEntry[]; doubled: string[] };

function Effects({ name, preview, chosen, doubled }: EffectsProps) {
  return (
    <>
      {doubled.length > 0 && (
        <Notice tone="warn" title={`Several images are for ${listed(doubled)}`}>
          A list has one image for each platform. Leave the others out.
        </Notice>
      )}
      {doubled.length === 0 && chosen.length < 2 && (
        <Notice tone="quiet">A list needs two images at least. Add one for another platform.</Notice>
      )}
      {preview.replaces ? (
        <Notice tone="warn">{nameWords(name, preview, chosen)} You can move it back afterwards.</Notice>
      ) : (
        <p className="sm t2">{nameWords(name, preview, chosen)}</p>
      )}
    </>
  );
}
