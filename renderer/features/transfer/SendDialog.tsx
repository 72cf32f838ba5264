import { useState } from 'react';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { EngineBadge } from '../../desk/EngineBadge.tsx';
import { useEngineScope } from '../../desk/engine-scope.ts';
import { ReferenceChoice } from '../../desk/ReferenceChoice.tsx';
import { type ShownEngine, useShownEngines } from '../../desk/shown-engines.ts';
import { startTask } from '../../desk/start-task.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { bytes, count, listedUpTo, shortId } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Forecast } from './ForecastCard.tsx';
import { pushWords } from './forecast-words.ts';
import { SendingCard } from './SendingCard.tsx';

type Props = {
  /** Names, or ids of images that have none. */
  references: string[];
  /** The place of the other engine. */
  to: string;
};

/** Moves images to another engine, and says beforehand what is sent and which names change there. */
export function SendDialog({ references, to }: Props) {
  const at = useEngineScope();
  const engines = useShownEngines();
  const target = engines.find((engine) => placeOf(engine) === to);
  const source = engines.find((engine) => engine.at === at);
  const [chosen, setChosen] = useState(references);
  const isReady = chosen.length > 0 && target?.state.state === 'connected' && target.images !== undefined;
  const asked = useAsked(isReady ? JSON.stringify([chosen, to]) : undefined, (signal) =>
    client.transfer.forecastSend({ references: chosen, at, to }, { signal }),
  );
  const act = () => {
    closeDialog();
    void startTask({ kind: 'send', references: chosen, to }, at);
  };
  const ids = references.filter(isId);
  return (
    <Dialog
      title={`Send to ${target?.name ?? 'another engine'}`}
      lead={`The images stay on ${source?.name ?? 'this engine'}, too.`}
      onClose={closeDialog}
      action={asked.answer?.toSend === undefined ? 'Send' : `Send ${bytes(asked.answer.toSend)}`}
      disabled={!isReady || asked.isAsking}
      onAct={act}
      note={target && source && <Way from={source} to={target} />}
    >
      {ids.length > 0 && (
        <Notice tone="quiet">
          {ids.length === 1 ? `The image ${shortId(ids[0] ?? '')} has no name` : `${count(ids.length, 'image')} have no names`}, and will
          have none there.
        </Notice>
      )}
      {ids.length < references.length && (
        <ReferenceChoice
          references={references.filter((one) => !isId(one))}
          chosen={chosen.filter((one) => !isId(one))}
          onChange={(names) => setChosen([...ids, ...names])}
        />
      )}
      {target && target.state.state !== 'connected' && <Notice tone="warn">{target.name} doesn’t answer now.</Notice>}
      {target && <Moves moved={asked.answer?.moves ?? []} engine={target.name} />}
      <Forecast asked={asked} dialog={{ name: 'send', references, to, at }} asking={`Asking ${target?.name ?? 'the engine'} what it has`}>
        {(forecast) => (
          <SendingCard
            words={pushWords(forecast)}
            place={forecast.isWhole ? 'This engine takes images only whole, so every layer is sent.' : undefined}
            layers={forecast.layers}
          />
        )}
      </Forecast>
    </Dialog>
  );
}

const isId = (reference: string): boolean => reference.startsWith('sha256:');

/** The place of an engine, also of the one in use. */
const placeOf = ({ at, state }: ShownEngine): string | undefined => at ?? (state.state === 'connected' ? state.candidate.id : undefined);

const Way = ({ from, to }: { from: ShownEngine; to: ShownEngine }) => (
  <span className="row">
    <EngineBadge name={from.name} hue={from.hue} /> {from.name} <span aria-hidden>→</span> <span className="hidden">to</span>
    <EngineBadge name={to.name} hue={to.hue} /> {to.name}
  </span>
);

/** Names that stand for other images there, which lose them. */
function Moves({ moved, engine }: { moved: string[]; engine: string }) {
  if (moved.length === 0) return null;
  const isOne = moved.length === 1;
  return (
    <Notice tone="warn" title={isOne ? 'A name moves there' : `${moved.length} names move there`}>
      On {engine}, {listedUpTo(moved)} {isOne ? 'stands for another image' : 'stand for other images'} now. Afterwards,{' '}
      {isOne ? 'it stands' : 'they stand'} for what is sent; the other {isOne ? 'image stays' : 'images stay'}, without{' '}
      {isOne ? 'it' : 'them'}.
    </Notice>
  );
}
