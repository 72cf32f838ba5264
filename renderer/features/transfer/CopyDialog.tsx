import { Radio } from '@mantine/core';
import { useState } from 'react';
import { withDefaultTag } from '../../../contract/reference.ts';
import type { CopySource } from '../../../contract/transfer.ts';
import { client } from '../../connection/client.ts';
import type { Asked } from '../../connection/use-asked.ts';
import { attempt } from '../../desk/attempt.ts';
import { ChosenReceipt } from '../../desk/ChosenReceipt.tsx';
import { describeSource, isRemoteName, nameProblem } from '../../desk/describe-reference.ts';
import c from '../../desk/dialogs.module.css';
import { type CopyFrom, closeDialog } from '../../desk/dialogs.ts';
import { useEngineScope } from '../../desk/engine-scope.ts';
import { ReceiptOffer } from '../../desk/ReceiptOffer.tsx';
import { useReceipt } from '../../desk/receipt.ts';
import { startTask } from '../../desk/start-task.ts';
import { suggestFileName } from '../../desk/suggest-file-name.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { CopyForecastView } from './CopyForecastView.tsx';
import { ReferenceField } from './ReferenceField.tsx';
import { useCopyForecast } from './use-copy-forecast.ts';

type Place = 'registry' | 'archive';

type Props = { from?: CopyFrom | undefined; to?: string | undefined; isIntoFile?: boolean | undefined };

/** Copies an image from one place to another in one go; no engine is needed between registries and files. */
export function CopyDialog({ from, to = '', isIntoFile }: Props) {
  const at = useEngineScope();
  const [source, setSource] = useState(from?.kind === 'registry' ? from.reference : '');
  const [target, setTarget] = useState(to);
  const [place, setPlace] = useState<Place>(isIntoFile ? 'archive' : 'registry');
  const [platform, setPlatform] = useState('');
  const copied = sourceOf(from, source, platform);
  const reference = place === 'registry' && isRemoteName(target) ? withDefaultTag(target.trim()) : undefined;
  const isSame = copied?.kind === 'registry' && copied.reference === reference;
  const isReady = copied !== undefined && !isSame && (place === 'archive' || reference !== undefined);
  const receipt = useReceipt((store) => (place === 'archive' ? store.receipt : undefined));
  const asked = useCopyForecast(isReady ? copied : undefined, reference, receipt?.grant);
  const act = async () => {
    if (!copied || !isReady) return;
    const there = reference ? ({ kind: 'registry', reference } as const) : await chooseFile(source, receipt?.grant);
    if (!there) return;
    closeDialog();
    await startTask({ kind: 'copy', from: copied, to: there }, at);
  };
  return (
    <Dialog
      title="Copy an image"
      lead="From one place to another in one go. What the other side already has isn’t sent again."
      onClose={closeDialog}
      action={place === 'archive' ? 'Choose a place…' : 'Copy'}
      disabled={!isReady || mustFail(asked)}
      onAct={() => void act()}
      note={from?.kind === 'image' ? undefined : 'Needs no engine.'}
    >
      {from && from.kind !== 'registry' ? (
        <FixedSource from={from} />
      ) : (
        <ReferenceField
          label="From"
          value={source}
          onChange={(value) => {
            setSource(value);
            setPlatform(''); // another image may not have this platform
          }}
          problem={nameProblem(source)}
          says={describeSource(source)}
          placeholder="ghcr.io/owner/app:2.0"
        />
      )}
      <Radio.Group label="To" value={place} onChange={(value) => setPlace(value as Place)}>
        <div className={c.targets}>
          <Radio value="registry" label="A registry" description="Under the name below" />
          {(!from || from.kind === 'registry') && (
            <Radio value="archive" label="A file" description="For a computer that can’t reach a registry" />
          )}
        </div>
      </Radio.Group>
      {place === 'registry' && (
        <ReferenceField
          label="Name there"
          value={target}
          onChange={setTarget}
          problem={nameProblem(target)}
          says={
            isSame
              ? 'That is where it comes from.'
              : isRemoteName(target)
                ? describeTarget(target)
                : 'It begins with the registry, such as registry.example.com/team/app:1.0.'
          }
          placeholder="registry.example.com/team/app:1.0"
        />
      )}
      {place === 'archive' && (receipt ? <ChosenReceipt receipt={receipt} /> : <ReceiptOffer />)}
      <CopyForecastView
        asked={asked}
        dialog={{
          name: 'copy',
          ...(from && from.kind !== 'registry' ? { from } : isRemoteName(source) && { from: { kind: 'registry', reference: source } }),
          to: target,
          isIntoFile: place === 'archive',
          at,
        }}
        source={source}
        platform={platform}
        isOne={place === 'archive'}
        onPlatform={setPlatform}
      />
    </Dialog>
  );
}

const FixedSource = ({ from }: { from: Exclude<CopyFrom, { kind: 'registry' }> }) => (
  <div>
    <p className={c.label}>From</p>
    <p className="mono strong">{from.kind === 'image' ? from.reference : from.name}</p>
    <p className="sm t2">{from.kind === 'image' ? 'in this engine' : from.file.name}</p>
  </div>
);

function sourceOf(from: CopyFrom | undefined, typed: string, platform: string): CopySource | undefined {
  if (from?.kind === 'image') return from;
  if (from?.kind === 'archive') return { kind: 'archive', archive: from.file.grant, image: from.image, ...(from.id && { id: from.id }) };
  return isRemoteName(typed) ? { kind: 'registry', reference: withDefaultTag(typed.trim()), ...(platform && { platform }) } : undefined;
}

/** The copy would fail for the same reason; a registry that is only out of reach may answer a moment later. */
const mustFail = ({ failure }: Asked<unknown>): boolean =>
  failure?.kind === 'sign-in' || failure?.kind === 'registry-refused' || failure?.kind === 'not-found';

const describeTarget = (target: string): string | undefined => describeSource(target)?.replace(/^From/, 'To');

async function chooseFile(source: string, receipt: string | undefined) {
  const suggestedName = suggestFileName([withDefaultTag(source.trim())]);
  const target = await attempt(() => client.files.chooseSaveTarget({ suggestedName }));
  return target ? ({ kind: 'archive', target: target.grant, ...(receipt && { receipt }) } as const) : undefined;
}
