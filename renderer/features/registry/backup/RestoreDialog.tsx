import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { GrantedPath } from '../../../../contract/file.ts';
import type { RestorePart } from '../../../../contract/registry-backup.ts';
import { client } from '../../../connection/client.ts';
import { useStream } from '../../../connection/use-stream.ts';
import { closeDialog } from '../../../desk/dialogs.ts';
import { startTask } from '../../../desk/start-task.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { bytes, count, grouped } from '../../../ui/format.ts';
import { LongList } from '../../../ui/LongList.tsx';
import { Ring } from '../../../ui/Ring.tsx';
import { registryName } from '../browse/remote-names.ts';
import c from './backup.module.css';
import { previewWords } from './backup-words.ts';

type Props = { registry: string; file: GrantedPath };

/** Says what a backup would bring to a registry, and asks about names that would move. */
export function RestoreDialog({ registry, file }: Props) {
  const [mayMove, setMayMove] = useState(false);
  const { value, failure } = useStream<RestorePart, RestorePart | undefined>(`${registry} ${file.grant}`, {
    open: (signal) => client.registry.previewRestore({ archive: file.grant, registry }, { signal }),
    empty: undefined,
    add: (_, part) => part,
  });
  const preview = value?.kind === 'preview' ? value : undefined;
  const moving = preview && mayMove ? preview.moves.slice(0, most) : [];
  const tags = preview ? preview.fresh + moving.length : 0;
  const act = () => {
    closeDialog();
    void startTask({ kind: 'restore-registry', archive: file.grant, registry, moving });
  };
  return (
    <Dialog
      title={`Restore ${file.name} to ${registryName(registry)}`}
      lead="Nothing is sent until you press the button. What the registry has already isn’t sent again."
      onClose={closeDialog}
      action={tags === 0 ? 'Restore' : `Restore ${count(tags, 'tag')}`}
      disabled={!preview || (tags === 0 && preview.same === 0)}
      onAct={act}
      size={560}
    >
      {failure && <FailureNote failure={failure} />}
      {!preview && !failure && (
        <p className="row t2 num" role="status">
          <Ring {...(value?.kind === 'reading' && value.total > 0 && { fraction: value.done / value.total })} />
          {value?.kind === 'reading' ? `Asking where ${grouped(value.total)} tags lead there` : 'Reading the file'}
        </p>
      )}
      {preview && (
        <>
          <div role="status">
            <p>
              {count(preview.repositories, 'repository', 'repositories')}
              {preview.from && ` of ${preview.from}`}, {bytes(preview.bytes)} in the file.
            </p>
            <p className="t2 num">{previewWords(preview)}</p>
          </div>
          {preview.moves.length > 0 && (
            <>
              <div className={`scroll ${c.moves}`}>
                <LongList items={preview.moves} keyOf={(name) => name} rowHeight={22} label="Tags that lead to something else">
                  {(name) => <span className="mono sm">{name}</span>}
                </LongList>
              </div>
              <Checkbox
                size="xs"
                label={preview.moves.length === 1 ? 'Move it to what the backup has' : 'Move them to what the backup has'}
                description={mayMoveWords(preview.moves.length, mayMove)}
                checked={mayMove}
                onChange={(event) => setMayMove(event.currentTarget.checked)}
              />
            </>
          )}
        </>
      )}
    </Dialog>
  );
}

/** As many as main moves at once. */
const most = 100_000;

function mayMoveWords(moves: number, mayMove: boolean): string {
  if (mayMove) return `What ${moves === 1 ? 'it leads' : 'they lead'} to now is told afterwards, by its digest.`;
  return moves === 1 ? 'It stays as it is.' : 'They stay as they are.';
}
