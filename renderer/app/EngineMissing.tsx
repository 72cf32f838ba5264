import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { EngineState } from '../../contract/engine.ts';
import { bridge } from '../connection/bridge.ts';
import { client } from '../connection/client.ts';
import { useMirror } from '../connection/mirror.ts';
import { attempt } from '../desk/attempt.ts';
import { chooseArchives } from '../desk/choose-archives.ts';
import { copyText } from '../desk/copy-text.ts';
import { openDialog } from '../desk/dialogs.ts';
import { Art } from '../desk/EmptyState.tsx';
import { openPage, showActivity } from '../desk/navigation.ts';
import { PageTitle } from '../desk/PageTitle.tsx';
import { StartEngines } from '../features/engines/StartEngines.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Folded } from '../ui/Folded.tsx';
import { count } from '../ui/format.ts';
import { Ring } from '../ui/Ring.tsx';
import c from './EngineMissing.module.css';
import { engineAdvice, type Way } from './engine-advice.ts';

type Missing = Extract<EngineState, { state: 'missing' }>;

/** Shown while no engine answers: how to get one, and where Layerdeck looked. */
export function EngineMissing() {
  const engine = useMirror((mirror) => mirror.engine);
  const ways = engineAdvice(bridge().platform);
  const [chosen, setChosen] = useState(ways[0]?.id);
  const way = ways.find(({ id }) => id === chosen);
  if (engine.state !== 'missing') return null;
  return (
    <div className={`scroll ${c.page}`}>
      <div className={c.box}>
        <Art />
        <PageTitle className={c.title}>{titleFor(engine)}</PageTitle>
        <p className={c.lead}>{leadFor(engine)}</p>
        <StartEngines />
        {/* someone whose engine has stopped, or refuses, doesn’t need to install one */}
        {hasNone(engine) && <WayChoice ways={ways} chosen={chosen} onChange={setChosen} />}
        {hasNone(engine) && way && <WaySteps way={way} />}
        {engine.failure.kind === 'engine-asks' ? <ConnectLine /> : <SearchLine />}
        {engine.tried.length > 0 && <Tried tried={engine.tried} />}
        <div className={c.also}>
          <p className="sm t2">Works without an engine:</p>
          <Button variant="subtle" size="xs" onClick={() => openDialog({ name: 'copy' })}>
            Copy an image between registries and files
          </Button>
          <Button variant="subtle" size="xs" onClick={() => void chooseArchives()}>
            Look into an image file
          </Button>
          <Button variant="subtle" size="xs" onClick={() => openPage({ page: 'engines' })}>
            Choose or add an engine
          </Button>
          <Button variant="subtle" size="xs" onClick={() => showActivity(true)}>
            Activity
          </Button>
        </div>
      </div>
    </div>
  );
}

const hasNone = ({ failure }: Missing): boolean => failure.kind === 'engine-missing';

const titleFor = (engine: Missing): string => (hasNone(engine) ? 'One thing is missing: an engine' : engine.failure.title);

const leadFor = (engine: Missing): string =>
  !hasNone(engine)
    ? [engine.failure.detail, engine.failure.hint].filter(Boolean).join(' ')
    : 'Layerdeck shows and moves container images. A small program called an engine builds and runs them. No engine answers on this computer yet.';

type ChoiceProps = { ways: Way[]; chosen: string | undefined; onChange(id: string): void };

const WayChoice = ({ ways, chosen, onChange }: ChoiceProps) => (
  <fieldset className={c.ways} aria-label="Choose an engine">
    {ways.map(({ id, name, note }) => (
      <label key={id} className={c.way} data-on={chosen === id || undefined}>
        <input type="radio" name="way" checked={chosen === id} onChange={() => onChange(id)} className={c.radio} />
        <span>
          <span className={c.name}>{name}</span>
          <span className="sm t2">{note}</span>
        </span>
      </label>
    ))}
  </fieldset>
);

const WaySteps = ({ way: { steps, command } }: { way: Way }) => (
  <div className={c.steps}>
    {steps.map((step, index) => (
      <p key={step} className="t2">
        {steps.length > 1 && `${index + 1}. `}
        {step}
      </p>
    ))}
    {command && (
      <div className={c.terminal}>
        <pre className="mono">{command}</pre>
        <CopyButton look="button" label="Copy the lines" copy={() => copyText(command)} />
      </div>
    )}
  </div>
);

const SearchLine = () => (
  <div className={c.look}>
    <Ring size={13} />
    <p className="t2 grow" role="status">
      Looking for an engine. This page closes by itself when one answers.
    </p>
    <Button size="xs" leftSection={<IconRefresh size={14} stroke={1.7} />} onClick={() => void attempt(() => client.engine.searchAgain())}>
      Search again
    </Button>
  </div>
);

// an engine that asks something waits for a person, who may be anywhere
const ConnectLine = () => (
  <div className={c.look}>
    <p className="t2 grow" role="status">
      Layerdeck tries again when you say so, as it may have to ask you something.
    </p>
    <Button size="xs" variant="filled" onClick={() => void attempt(() => client.engine.searchAgain())}>
      Connect
    </Button>
  </div>
);

const Tried = ({ tried }: { tried: Missing['tried'] }) => (
  <div className={c.tried}>
    <Folded summary={`Where Layerdeck looked: ${count(tried.length, 'place')}`}>
      <ul className={c.triedList}>
        {tried.map(({ candidate, failure }) => (
          <li key={candidate.id}>
            <p>
              <span className="strong">{candidate.label}</span> <span className="mono t3">{candidate.address}</span>
            </p>
            <p>
              {failure.title}. {failure.detail}
            </p>
            {failure.cause && <code>{failure.cause}</code>}
          </li>
        ))}
      </ul>
    </Folded>
  </div>
);
