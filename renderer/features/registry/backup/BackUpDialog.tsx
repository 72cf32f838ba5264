import { Checkbox, Radio } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../../connection/client.ts';
import { attempt } from '../../../desk/attempt.ts';
import dialogs from '../../../desk/dialogs.module.css';
import { closeDialog } from '../../../desk/dialogs.ts';
import { startTask } from '../../../desk/start-task.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { count } from '../../../ui/format.ts';
import { LongList } from '../../../ui/LongList.tsx';
import { SearchBox } from '../../../ui/SearchBox.tsx';
import { registryName } from '../browse/remote-names.ts';
import { useRepositories } from '../browse/use-browse.ts';
import c from './backup.module.css';
import { backupName } from './backup-words.ts';

type Props = { registry: string; repository?: string | undefined };

/** Asks what of a registry goes into a backup, and where that is written. */
export function BackUpDialog({ registry, repository }: Props) {
  const { value, failure, isReading } = useRepositories(registry);
  const isListed = value.unlisted === undefined;
  const [isAll, setIsAll] = useState(repository === undefined);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(repository === undefined ? [] : [repository]));
  const [text, setText] = useState('');
  const all = [...new Set([...(repository === undefined ? [] : [repository]), ...value.names])];
  const shown = all.filter((name) => name.includes(text.trim().toLowerCase()));
  const takesAll = isAll && isListed;
  const toggle = (name: string) => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    setChosen(next);
  };
  const act = async () => {
    const target = await attempt(() => client.files.chooseSaveTarget({ suggestedName: backupName(registry) }));
    if (!target) return;
    closeDialog();
    const repositories = takesAll ? {} : { repositories: [...chosen] };
    await startTask({ kind: 'back-up-registry', registry, target: target.grant, ...repositories });
  };
  return (
    <Dialog
      title={`Back up ${registryName(registry)}`}
      lead="All tags with their images, lists and what is attached to them go into one file, each layer once and checked."
      onClose={closeDialog}
      action="Choose a place…"
      disabled={takesAll ? isReading || all.length === 0 : chosen.size === 0 || chosen.size > most}
      onAct={() => void act()}
      size={560}
      note="A backup that was stopped goes on if you choose the same file."
    >
      {failure && <FailureNote failure={failure} />}
      <Radio.Group label="What goes into it" value={takesAll ? 'all' : 'some'} onChange={(what) => setIsAll(what === 'all')}>
        <div className={dialogs.targets}>
          <Radio
            value="all"
            label="Everything in the registry"
            description={isListed ? count(value.names.length, 'repository', 'repositories') : 'It doesn’t list its repositories.'}
            disabled={!isListed}
          />
          <Radio
            value="some"
            label="Chosen repositories"
            description={takesAll ? undefined : `${count(chosen.size, 'repository', 'repositories')} chosen`}
          />
        </div>
      </Radio.Group>
      {!takesAll && (
        <div>
          <SearchBox className="" label="Find a repository" placeholder="Find a repository" text={text} onText={setText} />
          <div className={`scroll ${c.repositories}`}>
            <LongList items={shown} keyOf={(name) => name} rowHeight={32} label="Repositories to back up">
              {(name) => (
                <div className={c.repository}>
                  <Checkbox size="xs" label={name} checked={chosen.has(name)} onChange={() => toggle(name)} />
                </div>
              )}
            </LongList>
          </div>
        </div>
      )}
      <p className="sm t2">Images without a tag that no list names aren’t in it: registries don’t list them.</p>
    </Dialog>
  );
}

/** As many as main takes by name. */
const most = 10_000;
