import { useState } from 'react';
import type { PushTarget } from '../../contract/transfer.ts';
import { closeDialog, type PushChoice } from '../connection/dialogs.ts';
import { useMirror } from '../connection/mirror.ts';
import { startTask } from '../connection/start-task.ts';
import { useReferenceTargets } from '../connection/use-reference-targets.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { grouped } from '../ui/format.ts';
import { sumOf } from './in-order.ts';
import { PushForecasts } from './PushForecasts.tsx';
import { PushTargets } from './PushTargets.tsx';
import { isOfficialOnly, mostNames, oneNameEach, pushAction } from './push-choice.ts';
import { ReferenceChoice } from './ReferenceChoice.tsx';
import { mostAsked, type NamedForecast, usePushForecasts } from './use-push-forecasts.ts';

/** Publishes names, and says before it does exactly where each goes and what is sent. */
export function PushDialog({ references, choice }: { references: string[]; choice?: PushChoice | undefined }) {
  const imageOf = useReferenceTargets();
  const [chosen, setChosen] = useState<string[]>(() => choice?.chosen ?? oneNameEach(references, imageOf));
  const [wanted, setWanted] = useState<PushTarget>(choice?.to ?? 'own-registry');
  // a place that turns everybody away is never the choice
  const to = chosen.some(isOfficialOnly) ? 'local-registry' : wanted;
  const isReady = useMirror(({ registry }) => to === 'own-registry' || registry.state === 'running');
  const asked = usePushForecasts(chosen, to, isReady);
  const act = () => {
    closeDialog();
    void startTask({ kind: 'push', references: chosen, to });
  };
  return (
    <Dialog
      title="Push"
      lead="Sends an image to a registry, from where others can get it. Layers that are there already are not sent again."
      onClose={closeDialog}
      action={pushAction(chosen, imageOf, isReady ? toSend(chosen, asked.answer) : undefined)}
      disabled={chosen.length === 0 || chosen.length > mostNames || !isReady || isRefused(asked.answer)}
      onAct={act}
      note={note(chosen.length)}
    >
      <ReferenceChoice references={references} chosen={chosen} onChange={setChosen} />
      <PushTargets chosen={chosen} to={to} onChange={setWanted} />
      <PushForecasts asked={asked} dialog={{ name: 'push', references, choice: { chosen, to: wanted } }} />
    </Dialog>
  );
}

// a registry that only this window cannot reach may still be reached by the engine
const isRefused = (answer: NamedForecast[] = []): boolean =>
  answer.some(({ failure }) => failure?.kind === 'sign-in' || failure?.kind === 'registry-refused');

// a sum without those that nobody was asked about, or nobody could tell of, would be too small
const toSend = (chosen: string[], answer: NamedForecast[] = []): number | undefined =>
  answer.length < chosen.length ? undefined : sumOf(answer.map(({ forecast }) => forecast?.toSend));

function note(chosen: number): string | undefined {
  if (chosen > mostNames) return `One push takes at most ${grouped(mostNames)} names, and ${grouped(chosen)} are chosen.`;
  return chosen > mostAsked ? `Registries are asked about the first ${mostAsked} names only.` : undefined;
}
