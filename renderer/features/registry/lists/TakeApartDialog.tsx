import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { tag as tagForm } from '../../../../contract/grammar.ts';
import type { ListPlatform } from '../../../../contract/image-list.ts';
import { parseReference } from '../../../../contract/reference.ts';
import type { TagAnswer } from '../../../../contract/registry-browse.ts';
import { client } from '../../../connection/client.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { closeDialog } from '../../../desk/dialogs.ts';
import { startTask } from '../../../desk/start-task.ts';
import { CheckedField } from '../../../ui/CheckedField.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { count, shortId } from '../../../ui/format.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Ring } from '../../../ui/Ring.tsx';
import { platformWords } from './list-words.ts';
import c from './lists.module.css';

type Props = { reference: string; digest: string };

/** Gives the platforms of a list tags of their own. */
export function TakeApartDialog({ reference, digest }: Props) {
  const { registry = 'docker.io', repository, tag = 'latest' } = parseReference(reference);
  const place = { registry, repository };
  const [names, setNames] = useState<Record<string, string>>({});
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [withStatements, setWithStatements] = useState(false);
  const { answer: platforms, failure } = useAsked(`${reference}@${digest}`, (signal) =>
    client.registry.platforms({ ...place, digest, tag }, { signal }),
  );
  const nameOf = (one: ListPlatform) => names[one.digest] ?? one.proposed;
  const chosen = platforms?.filter((one) => !left.has(one.digest)) ?? [];
  const tags = chosen.map((one) => nameOf(one).trim());
  const isUsable = tags.length > 0 && new Set(tags).size === tags.length && tags.every((one) => tagForm.test(one));
  const there = useAsked(isUsable ? tags.join(' ') : undefined, (signal) => whereTheyLead({ ...place, tags }, signal), { pause: 250 });
  const leads = there.answer;
  const trouble = failure ?? there.failure;
  const unread = chosen.find((one) => leads?.get(nameOf(one).trim()) === 'unread');
  const statements = chosen.reduce((sum, one) => sum + one.statements, 0);
  const act = () => {
    const items = chosen.map((one) => ({ digest: one.digest, tag: nameOf(one).trim(), from: leads?.get(nameOf(one).trim()) ?? null }));
    closeDialog();
    void startTask({ kind: 'take-apart', ...place, list: digest, items, withStatements: withStatements && statements > 0 });
  };
  return (
    <Dialog
      title={`Take ${tag} apart`}
      lead="Each platform gets a tag of its own in the same repository. The list stays, and no layer is sent."
      onClose={closeDialog}
      action={chosen.length > 0 ? `Put ${count(chosen.length, 'tag')}` : 'Put the tags'}
      disabled={!isUsable || leads === undefined || there.isAsking || unread !== undefined}
      onAct={act}
      size={560}
    >
      {trouble && <FailureNote failure={trouble} />}
      {!platforms && !failure && (
        <p className="row t2" role="status">
          <Ring /> Reading the list
        </p>
      )}
      {platforms && (
        <ul className={`scroll ${c.items}`} aria-label="Platforms">
          {platforms.map((one) => (
            <li key={one.digest} className={c.item}>
              <Checkbox
                size="xs"
                label={<span className="strong">{platformWords(one)}</span>}
                checked={!left.has(one.digest)}
                onChange={() => setLeft((before) => toggled(before, one.digest))}
              />
              {!left.has(one.digest) && (
                <div className={c.field}>
                  <CheckedField
                    label={`Tag for ${one.platform}`}
                    hideLabel
                    value={nameOf(one)}
                    onChange={(text) => setNames((before) => ({ ...before, [one.digest]: text }))}
                    problem={problemOf(nameOf(one).trim(), tags)}
                    says={leadWords(leads?.get(nameOf(one).trim()), one.digest)}
                  />
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {statements > 0 && (
        <Checkbox
          size="xs"
          label="Keep what is stated about their builds"
          description={
            withStatements
              ? 'Tags of images with statements lead to a small list: the image, and what is stated about it.'
              : `${count(statements, 'statement')} about builds stay${statements === 1 ? 's' : ''} with the list only.`
          }
          checked={withStatements}
          onChange={(event) => setWithStatements(event.currentTarget.checked)}
        />
      )}
      {unread && <Notice tone="warn">It isn’t known where {nameOf(unread)} leads now. Choose another tag, or try again later.</Notice>}
    </Dialog>
  );
}

function toggled(before: ReadonlySet<string>, digest: string): ReadonlySet<string> {
  const next = new Set(before);
  if (!next.delete(digest)) next.add(digest);
  return next;
}

function problemOf(tag: string, tags: string[]): string | undefined {
  if (!tagForm.test(tag)) return 'A tag has up to 128 letters, digits, “_”, “.” and “-”, and can’t start with “.” or “-”.';
  return tags.filter((one) => one === tag).length > 1 ? 'Another platform has this tag.' : undefined;
}

function leadWords(lead: string | null | undefined, digest: string): string | undefined {
  if (lead === undefined || lead === 'unread') return undefined;
  if (lead === null) return 'A new tag.';
  return lead === digest ? 'It leads to this image already.' : `It leads to ${shortId(lead)} now, and moves from there.`;
}

/** Where tags lead now: a digest, null for nowhere, `unread` for what the registry doesn't say. */
async function whereTheyLead(asked: { registry: string; repository: string; tags: string[] }, signal: AbortSignal) {
  const leads = new Map<string, string | null>();
  for await (const answers of await client.registry.details({ ...asked, depth: 'digest' }, { signal })) {
    for (const answer of answers) leads.set(answer.tag, leadOf(answer));
  }
  return leads;
}

const leadOf = (answer: TagAnswer): string | null => ('details' in answer ? answer.details.digest : 'isGone' in answer ? null : 'unread');
