import { useState } from 'react';
import type { PushTarget } from '../../../contract/transfer.ts';
import { useMirror } from '../../connection/mirror.ts';
import { closeDialog, type PushChoice } from '../../desk/dialogs.ts';
import { useEngineScope } from '../../desk/engine-scope.ts';
import { ReferenceChoice } from '../../desk/ReferenceChoice.tsx';
import { startTask } from '../../desk/start-task.ts';
import { useReferenceTargets } from '../../desk/use-reference-targets.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { grouped } from '../../ui/format.ts';
import { sumOf } from './adjust-forecasts.ts';
import { PushForecasts } from './PushForecasts.tsx';
import { PushTargets } from './PushTargets.tsx';
import { areAllAt, isOfficialOnly, mostNames, pickNameOfEach, pushAction } from './push-choice.ts';
import { mostAsked, type NamedForecast, usePushForecasts } from './use-push-forecasts.ts';

/** `first`: where they go until a person chooses. */
type Props = { references: string[]; first?: PushTarget | undefined; choice?: PushChoice | undefined };

/** Publishes names, and says beforehand exactly where each goes and what is sent. */
export function PushDialog({ references, first, choice }: Props) {
  const at = useEngineScope();
  const imageOf = useReferenceTargets();
  const [chosen, setChosen] = useState<string[]>(() => choice?.chosen ?? pickNameOfEach(references, imageOf));
  const [wanted, setWanted] = useState<PushTarget>(choice?.to ?? first ?? 'own-registry');
  const to = useTarget(chosen, wanted);
  const isReady = useMirror(({ registry }) => to === 'own-registry' || registry.state === 'running');
  const asked = usePushForecasts(chosen, to, isReady);
  const act = () => {
    closeDialog();
    void startTask({ kind: 'push', references: chosen, to }, at);
  };
  return (
    <Dialog
      title="Push"
      lead="Sends an image to a registry, where others can get it. Layers that are already there aren’t sent again."
      onClose={closeDialog}
      action={pushAction(chosen, imageOf, isReady ? toSend(chosen, asked.answer) : undefined)}
      disabled={chosen.length === 0 || chosen.length > mostNames || !isReady || isRefused(asked.answer)}
      onAct={act}
      note={note(chosen.length)}
    >
      <ReferenceChoice references={references} chosen={chosen} onChange={setChosen} />
      <PushTargets chosen={chosen} to={to} onChange={setWanted} />
      <PushForecasts asked={asked} dialog={{ name: 'push', references, choice: { chosen, to: wanted }, at }} />
    </Dialog>
  );
}

/** Where the chosen names go: never to a place that refuses everybody, and names at the local registry as they are. */
function useTarget(chosen: string[], wanted: PushTarget): PushTarget {
  const registry = useMirror((mirror) => mirror.registry);
  if (registry.state === 'running' && areAllAt(registry, chosen)) return 'own-registry';
  return chosen.some(isOfficialOnly) ? 'local-registry' : wanted;
}

// a registry that can’t be reached from here may still answer the engine
const isRefused = (answer: NamedForecast[] = []): boolean =>
  answer.some(({ failure }) => failure?.kind === 'sign-in' || failure?.kind === 'registry-refused');

// without the names that have no forecast, the sum would be too small
const toSend = (chosen: string[], answer: NamedForecast[] = []): number | undefined =>
  answer.length < chosen.length ? undefined : sumOf(answer.map(({ forecast }) => forecast?.toSend));

function note(chosen: number): string | undefined {
  if (chosen > mostNames) return `One push takes at most ${grouped(mostNames)} names, and ${grouped(chosen)} are chosen.`;
  return chosen > mostAsked ? `Registries are asked about the first ${mostAsked} names only.` : undefined;
}
