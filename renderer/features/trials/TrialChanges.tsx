import { ActionIcon, Button } from '@mantine/core';
import { IconDeviceFloppy, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { TrialChanges as Changes, Trial, TrialChange } from '../../../contract/trial.ts';
import { client } from '../../connection/client.ts';
import { type Asked, useAsked } from '../../connection/use-asked.ts';
import { attempt } from '../../desk/attempt.ts';
import { openDialog } from '../../desk/dialogs.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { bytes, count } from '../../ui/format.ts';
import { LongList } from '../../ui/LongList.tsx';
import { notify } from '../../ui/notify.ts';
import { PlainText } from '../../ui/PlainText.tsx';
import { Ring } from '../../ui/Ring.tsx';
import c from './Trials.module.css';
import { changesTitle } from './trial-words.ts';

const icon = { size: 15, stroke: 1.7, 'aria-hidden': true };

/** What a trial changed, asked for while it is looked at, and once more whenever it starts or ends. */
export const useChanges = ({ containerId, state, startedAt }: Trial): Asked<Changes> =>
  useAsked(containerId, (signal) => client.trials.changes({ container: containerId }, { signal }), { since: `${state} ${startedAt}` });

const kinds: { kind: TrialChange['kind']; title: string; icon: ReactNode }[] = [
  { kind: 'added', title: 'Added', icon: <IconPlus {...icon} /> },
  { kind: 'changed', title: 'Changed', icon: <IconPencil {...icon} /> },
  { kind: 'removed', title: 'Removed', icon: <IconMinus {...icon} /> },
];

/** The files that a trial has added, changed and removed against its image. */
export function TrialChanges({ trial, asked }: { trial: Trial; asked: Asked<Changes> }) {
  const { answer, failure, isAsking, again } = asked;
  if (failure) {
    return (
      <div className={c.where}>
        <FailureNote failure={failure} />
      </div>
    );
  }
  if (!answer) {
    return (
      <p className={`row t2 ${c.where}`}>
        <Ring size={14} /> Comparing it with its image
      </p>
    );
  }
  const shown = answer.changes.filter(({ byEngine }) => !byEngine);
  return (
    <>
      <div className={`scroll ${c.changes}`}>
        <p className={`t2 ${c.lead}`}>
          Compared with the image. These files are lost when the container is removed, unless you save them.
          {trial.folder && ' What is in your folder isn’t part of it: it keeps what was written there.'}{' '}
          <Button size="compact-sm" variant="subtle" onClick={again} disabled={isAsking}>
            Look again
          </Button>
        </p>
        {shown.length === 0 && <p className="t2">It has changed nothing.</p>}
        {kinds.map(({ kind, title, icon: sign }) => {
          const own = shown.filter((change) => change.kind === kind);
          return (
            own.length > 0 && (
              <section key={kind} aria-label={title}>
                <h3 className={c.changesTitle}>
                  {title} <span className="t2 num">{changesTitle(own)}</span>
                </h3>
                <LongList items={own} keyOf={({ path }) => path} rowHeight={30} label={title}>
                  {(change) => (
                    <div className={c.change}>
                      {sign}
                      <span className="mono cut grow" title={change.path}>
                        <PlainText text={change.path} />
                      </span>
                      {kind !== 'removed' && <SaveChange container={trial.containerId} path={change.path} />}
                      {change.within > 0 && <span className="t2 sm num">and {count(change.within, 'thing')} in it</span>}
                    </div>
                  )}
                </LongList>
              </section>
            )
          );
        })}
        {answer.omitted > 0 && <p className="t2 num">and {count(answer.omitted, 'more', 'more')}</p>}
      </div>
      <div className={c.changesFoot}>
        <span className="grow sm t2 num">
          {answer.bytes === undefined ? 'As a new image: one layer more.' : `As a new image: one layer more, up to ${bytes(answer.bytes)}.`}
        </span>
        <Button variant="filled" onClick={() => openDialog({ name: 'save-trial', container: trial.containerId })}>
          Save as a new image…
        </Button>
      </div>
    </>
  );
}

function SaveChange({ container, path }: { container: string; path: string }) {
  const save = async () => {
    const saved = await attempt(() => client.trials.saveChanged({ container, path }));
    if (saved) notify('Saved', `A copy is in ${saved.path}.`);
  };
  return (
    <ActionIcon size={24} aria-label={`Save a copy of ${path}…`} onClick={() => void save()}>
      <IconDeviceFloppy size={15} stroke={1.6} />
    </ActionIcon>
  );
}
