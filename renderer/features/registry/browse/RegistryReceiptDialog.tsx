import { Radio } from '@mantine/core';
import { useState } from 'react';
import type { ReceiptPart } from '../../../../contract/receipt.ts';
import { client } from '../../../connection/client.ts';
import { useStream } from '../../../connection/use-stream.ts';
import c from '../../../desk/dialogs.module.css';
import { closeDialog } from '../../../desk/dialogs.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { count } from '../../../ui/format.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';

/** How many repositories one receipt is made of. */
const most = 1000;

type Props = { registry: string; repositories: string[]; chosen: string | undefined };

/** Writes down which layers a registry has, so that another computer packs only what it lacks. */
export function RegistryReceiptDialog({ registry, repositories, chosen }: Props) {
  const [isAll, setAll] = useState(chosen === undefined);
  const [round, setRound] = useState(0);
  const wanted = isAll || chosen === undefined ? repositories.slice(0, most) : [chosen];
  const writing = useStream<ReceiptPart, ReceiptPart | undefined>(round === 0 ? undefined : `${round}`, {
    open: (signal) => client.registry.saveReceipt({ registry, repositories: wanted }, { signal }),
    empty: undefined,
    add: (_, part) => part,
  });
  const { value, failure, isReading } = writing;
  const isSaved = value?.kind === 'saved';
  return (
    <Dialog
      title="A receipt of this registry"
      lead="It lists the layers that are here. By it, a file for this registry holds only what it lacks."
      onClose={closeDialog}
      {...(!isSaved && { action: 'Choose a place…' })}
      disabled={(round > 0 && isReading) || wanted.length === 0}
      onAct={() => setRound(round + 1)}
    >
      {failure && <FailureNote failure={failure} />}
      {!isSaved && chosen !== undefined && repositories.length > 1 && (
        <Radio.Group label="Of which images" value={isAll ? 'all' : 'one'} onChange={(value) => setAll(value === 'all')}>
          <div className={c.targets}>
            <Radio value="one" label={`Those of ${chosen}`} />
            <Radio value="all" label={`All in ${count(Math.min(repositories.length, most), 'repository', 'repositories')}`} />
          </div>
        </Radio.Group>
      )}
      {repositories.length > most && isAll && (
        <Notice tone="quiet">One receipt holds the first {count(most, 'repository', 'repositories')}.</Notice>
      )}
      {value?.kind === 'reading' && isReading && (
        <>
          <p className="t2" role="status">
            Reading {value.done} of {count(value.total, 'tag')}
          </p>
          <ProgressBar fraction={value.total > 0 ? value.done / value.total : 0} label="Reading tags" />
        </>
      )}
      {isSaved && <Saved part={value} />}
    </Dialog>
  );
}

const Saved = ({ part: { path, layers, unreadable } }: { part: Extract<ReceiptPart, { kind: 'saved' }> }) => (
  <>
    <p role="status">
      It lists {count(layers, 'layer')}. Drop it on Layerdeck where the images are; what that saves is copied here with “Copy to a
      registry…”.
    </p>
    <p className="mono sm t2">{path}</p>
    {unreadable > 0 && (
      <Notice tone="warn" title={`${count(unreadable, 'tag')} could not be read`}>
        Their layers are packed though they are here.
      </Notice>
    )}
  </>
);
