import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import { isReference, nameAt } from '../../contract/reference.ts';
import type { PushTarget } from '../../contract/transfer.ts';
import { closeDialog, type PushChoice } from '../connection/dialogs.ts';
import { registryOf } from '../connection/image-name.ts';
import { useMirror } from '../connection/mirror.ts';
import { startTask } from '../connection/start-task.ts';
import { isRunning } from '../connection/use-task.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { bytes, count, listed } from '../ui/format.ts';
import c from './dialogs.module.css';
import { sumOf } from './in-order.ts';
import { PushForecasts } from './PushForecasts.tsx';
import { ReferenceChoice } from './ReferenceChoice.tsx';
import { registryName } from './transfer-words.ts';
import { type NamedForecast, usePushForecasts } from './use-push-forecasts.ts';

/** Publishes names, and says before it does exactly where each goes and what is sent. */
export function PushDialog({ references, choice }: { references: string[]; choice?: PushChoice | undefined }) {
  const [chosen, setChosen] = useState<string[]>(() => choice?.chosen ?? references.slice(0, 1));
  const [to, setTo] = useState<PushTarget>(choice?.to ?? 'own-registry');
  const registry = useMirror((mirror) => mirror.registry);
  const asked = usePushForecasts(chosen, to, to === 'own-registry' || registry.state === 'running');
  const act = () => {
    closeDialog();
    void startTask({ kind: 'push', references: chosen, to });
  };
  return (
    <Dialog
      title="Push"
      lead="Sends an image to a registry, from where others can get it. Layers that are there already are not sent again."
      onClose={closeDialog}
      action={chosen.length > 1 ? `Push ${count(chosen.length, 'name')}` : 'Push'}
      disabled={chosen.length === 0 || isRefused(asked.answer)}
      onAct={act}
      note={totalWords(asked.answer)}
    >
      <ReferenceChoice references={references} chosen={chosen} onChange={setChosen} />
      <Radio.Group label="Where to" value={to} onChange={(value) => setTo(value as PushTarget)} classNames={{ label: c.label }}>
        <div className={c.targets}>
          <Radio value="own-registry" size="xs" label={ownLabel(chosen)} description="The registry that the name begins with" />
          <Radio
            value="local-registry"
            size="xs"
            label="The registry on this computer"
            disabled={registry.state !== 'running'}
            description={registry.state === 'running' ? localNames(chosen, registry.address) : 'It is not running.'}
          />
          {registry.state !== 'running' && <StartRegistry />}
        </div>
      </Radio.Group>
      <PushForecasts asked={asked} dialog={{ name: 'push', references, choice: { chosen, to } }} />
    </Dialog>
  );
}

/** One click away; the choice above opens when it answers. */
function StartRegistry() {
  const isStarting = useMirror((mirror) => mirror.tasks.some((task) => task.kind === 'start-registry' && isRunning(task)));
  return (
    <Button size="xs" className={c.start} disabled={isStarting} onClick={() => void startTask({ kind: 'start-registry' })}>
      {isStarting ? 'Starting the registry' : 'Start the registry'}
    </Button>
  );
}

// a registry that only this window cannot reach may still be reached by the engine
const isRefused = (answer: NamedForecast[] = []): boolean =>
  answer.some(({ failure }) => failure?.kind === 'sign-in' || failure?.kind === 'registry-refused');

function totalWords(answer: NamedForecast[] = []): string | undefined {
  // a sum without those nobody could tell of would be too small
  const sum = sumOf(answer.map(({ forecast }) => forecast?.toSend));
  return answer.length > 1 && sum !== undefined ? `${bytes(sum)} in all` : undefined;
}

const ownLabel = (chosen: string[]): string =>
  chosen.length === 0 ? 'Its own registry' : listed([...new Set(chosen.map(registryOf))].map(registryName));

const localNames = (chosen: string[], address: string): string => {
  const names = chosen.filter(isReference).map((reference) => nameAt(address, reference));
  return names.length === 0 ? `At ${address}` : `As ${listed(names.slice(0, 3))}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
};
