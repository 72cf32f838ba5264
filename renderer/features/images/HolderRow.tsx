import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import type { Holder } from '../../../contract/holder.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { dateAndTime } from '../../ui/format.ts';
import { Ring } from '../../ui/Ring.tsx';
import { useNow } from '../../ui/use-now.ts';
import { holderKindWords, holderStateWords, lostWords } from './holder-words.ts';
import c from './RemovalDetails.module.css';

type Props = { holder: Holder; ids: string[]; at: string | undefined };

/** One container: what it is, what would be lost of it, and a press that asks once more before it goes. */
export function HolderRow({ holder, ids, at }: Props) {
  const { id: container, name, what, startedAt, since } = holder;
  const now = useNow(60_000);
  const [state, setState] = useState<'asking' | 'removing' | 'removed'>();
  const [failure, setFailure] = useState<Failure>();
  const row = useRef<HTMLLIElement>(null);
  // the engine adds it up file by file
  const { answer: written } = useAsked(container, (signal) => client.images.writtenByHolder({ ids, container, at }, { signal }));
  const remove = () => {
    setState('removing');
    setFailure(undefined);
    focusKeep(row.current);
    client.images.removeHolder({ ids, container, startedAt, at }).then(
      () => setState('removed'),
      (error) => {
        setFailure(failureOf(error));
        setState(undefined);
      },
    );
  };
  return (
    <li ref={row} className={c.item} aria-label={`Container ${name}`}>
      <div className={c.holder}>
        <span className="strong cut">{name}</span>
        <span className={`sm t2 ${c.state}`} title={since === undefined ? undefined : dateAndTime(since)}>
          {holderStateWords(holder, now)}
        </span>
      </div>
      <p className="sm t2">{holderKindWords(what)}</p>
      {what.kind !== 'own-registry' && <p className="sm t2">{lostWords(holder, written?.bytes)}</p>}
      {failure && <FailureNote failure={failure} />}
      <div className={c.acts}>
        {what.kind === 'own-registry' && <span className="sm t2">Remove it on the Registry page.</span>}
        {what.kind !== 'own-registry' && state === undefined && (
          <Button size="xs" onClick={() => setState('asking')}>
            Remove the container…
          </Button>
        )}
        {state === 'asking' && <AskOnce holder={holder} onKeep={() => setState(undefined)} onRemove={remove} />}
        {state === 'removing' && (
          <span className="row sm t2" role="status">
            <Ring size={13} /> {holder.isRunning ? 'Ending and removing' : 'Removing'} {name}
          </span>
        )}
        {state === 'removed' && (
          <span className="row sm t2" role="status">
            <Ring size={13} /> Removed. Looking again
          </span>
        )}
      </div>
    </li>
  );
}

type AskProps = { holder: Holder; onKeep(): void; onRemove(): void };

function AskOnce({ holder: { name, isRunning }, onKeep, onRemove }: AskProps) {
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a question about one container of several
    <div role="group" aria-label={`Remove ${name}?`} className={c.ask}>
      <span className="sm">{isRunning ? 'What runs in it will be ended.' : 'It can’t be brought back.'}</span>
      <Button ref={keep} size="xs" onClick={onKeep}>
        Keep it
      </Button>
      <Button size="xs" data-tone="bad" onClick={onRemove}>
        {isRunning ? 'End and remove it' : 'Remove it'}
      </Button>
    </div>
  );
}

/** The pressed button goes away: the dialog's safe one has the focus next. */
const focusKeep = (row: HTMLElement | null): void =>
  row?.closest('[role="dialog"]')?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
