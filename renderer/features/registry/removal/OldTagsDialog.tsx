import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { OldPart, OldRule } from '../../../../contract/registry-removal.ts';
import { CheckedField } from '../../../ui/CheckedField.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { ago, count, grouped } from '../../../ui/format.ts';
import { LongList } from '../../../ui/LongList.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Ring } from '../../../ui/Ring.tsx';
import { useNow } from '../../../ui/use-now.ts';
import c from './RemoveTagsDialog.module.css';
import { ruleOf, wholeNumber } from './removal-words.ts';
import { useOldTags } from './use-removal.ts';

type Props = { registry: string; repository: string; onClose(): void; onChosen(tags: string[]): void };

/** Finds old tags by a rule; what is removed of them is asked afterwards, as of any tags. */
export function OldTagsDialog({ registry, repository, onClose, onChosen }: Props) {
  const [newest, setNewest] = useState('10');
  const [days, setDays] = useState('');
  const [named, setNamed] = useState('');
  const [asked, setAsked] = useState<OldRule>();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { value, failure, isReading } = useOldTags(registry, repository, asked);
  const rule = ruleOf({ newest, days, named });
  // what was found by another rule is no answer to this one
  const isAnswer = JSON.stringify(rule) === JSON.stringify(asked);
  const found = isAnswer && value?.kind === 'found' ? value : undefined;
  const chosen = found?.tags.filter(({ tag }) => !left.has(tag)).map(({ tag }) => tag) ?? [];
  const toggle = (tag: string) =>
    setLeft((before) => {
      const next = new Set(before);
      if (!next.delete(tag)) next.add(tag);
      return next;
    });
  const act = () => {
    if (found) onChosen(chosen.slice(0, most));
    else setAsked(rule);
  };
  return (
    <Dialog
      title={`Find old tags of ${repository}`}
      lead="Whatever you fill in has to hold for a tag. Layerdeck reads all tags of the repository for that, and removes none yet."
      onClose={onClose}
      action={found ? `Go on with ${count(Math.min(chosen.length, most), 'tag')}…` : 'Find them'}
      disabled={found ? chosen.length === 0 : rule === undefined || (isAnswer && isReading)}
      onAct={act}
      size={560}
    >
      <div className={c.fields}>
        <CheckedField
          label="Newest images to keep"
          value={newest}
          onChange={setNewest}
          placeholder="any"
          says="They stay with all their tags."
          {...(wholeNumber(newest) === null && { problem: 'This is a number of images.' })}
          autoFocus
        />
        <CheckedField
          label="Older than so many days"
          value={days}
          onChange={setDays}
          placeholder="any"
          {...(wholeNumber(days) === null && { problem: 'This is a number of days.' })}
        />
      </div>
      <CheckedField
        label="Named"
        value={named}
        onChange={setNamed}
        placeholder="nightly-*"
        says="“*” stands for anything, “?” for one letter."
      />
      {failure && isAnswer && <FailureNote failure={failure} />}
      {isAnswer && isReading && !found && <Progress part={value} />}
      {found && <Found found={found} left={left} onToggle={toggle} />}
    </Dialog>
  );
}

/** As many as one removal takes. */
const most = 5000;

function Progress({ part }: { part: OldPart | undefined }) {
  const reading = part?.kind === 'reading' && part.total > 0 ? part : undefined;
  return (
    <p className="row t2 num" role="status">
      <Ring {...(reading && { fraction: reading.done / reading.total })} />
      {reading ? `Read ${grouped(reading.done)} of ${count(reading.total, 'tag')}` : 'Reading the tags'}
    </p>
  );
}

type FoundProps = { found: Extract<OldPart, { kind: 'found' }>; left: ReadonlySet<string>; onToggle(tag: string): void };

function Found({ found: { tags, undated, unreadable }, left, onToggle }: FoundProps) {
  const now = useNow(60_000);
  return (
    <>
      <p className="strong num" role="status">
        {tags.length === 0 ? 'No tag is as you say' : `${count(tags.length, 'tag')}, the oldest first`}
      </p>
      {tags.length > 0 && (
        <div className={`scroll ${c.found}`}>
          <LongList items={tags} keyOf={({ tag }) => tag} rowHeight={32} label="Old tags">
            {({ tag, createdAt }) => (
              <div className={c.old}>
                <Checkbox size="xs" className="grow" label={tag} checked={!left.has(tag)} onChange={() => onToggle(tag)} />
                <span className="t2 num">{ago(createdAt, now)}</span>
              </div>
            )}
          </LongList>
        </div>
      )}
      {undated + unreadable > 0 && (
        <Notice tone="quiet">
          {[
            ...(undated > 0
              ? [`${count(undated, 'tag')} ${undated === 1 ? 'doesn’t say when it was built' : 'don’t say when they were built'}`]
              : []),
            ...(unreadable > 0 ? [`${count(unreadable, 'tag')} can’t be read`] : []),
          ].join(', and ')}
          . {undated + unreadable === 1 ? 'It stays' : 'They stay'}.
        </Notice>
      )}
    </>
  );
}
