import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { EngineState } from '../../contract/engine.ts';
import { attempt } from '../connection/attempt.ts';
import { bridge } from '../connection/bridge.ts';
import { chooseArchives } from '../connection/choose-archives.ts';
import { client } from '../connection/client.ts';
import { copyText } from '../connection/copy-text.ts';
import { openDialog } from '../connection/dialogs.ts';
import { useMirror } from '../connection/mirror.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Art } from '../ui/EmptyState.tsx';
import { Folded } from '../ui/Folded.tsx';
import { count } from '../ui/format.ts';
import { showActivity } from '../ui/navigation.ts';
import { PageTitle } from '../ui/PageTitle.tsx';
import { Ring } from '../ui/Ring.tsx';
import c from './EngineMissing.module.css';
import { engineAdvice, type Way } from './engine-advice.ts';

type Missing = Extract<EngineState, { state: 'missing' }>;

/** Nothing answers: how to get an engine, and what was tried. Goes away by itself. */
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
        {/* Who has an engine that stopped, or that refuses, need not install one. */}
        {isNone(engine) && <WayChoice ways={ways} chosen={chosen} onChange={setChosen} />}
        {isNone(engine) && way && <WaySteps way={way} />}
        <SearchLine />
        {engine.tried.length > 0 && <Tried tried={engine.tried} />}
        <div className={c.also}>
          <p className="sm t2">Works without an engine:</p>
          <Button variant="subtle" size="xs" onClick={() => openDialog({ name: 'copy' })}>
            Copy an image between registries and files
          </Button>
          <Button variant="subtle" size="xs" onClick={() => void chooseArchives()}>
            Look into an image file
          </Button>
          <Button variant="subtle" size="xs" onClick={() => showActivity(true)}>
            Activity
          </Button>
        </div>
      </div>
    </div>
  );
}

const isNone = ({ failure }: Missing): boolean => failure.kind === 'engine-missing';

const titleFor = (engine: Missing): string => (isNone(engine) ? 'One thing is missing: an engine' : engine.failure.title);

const leadFor = (engine: Missing): string =>
  !isNone(engine)
    ? [engine.failure.detail, engine.failure.hint].filter(Boolean).join(' ')
    : 'Layerdeck shows and moves container images. A small program called an engine builds and runs them. None is answering on this computer yet.';

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
      Looking for an engine. This page goes away by itself when one answers.
    </p>
    <Button size="xs" leftSection={<IconRefresh size={14} stroke={1.7} />} onClick={() => void attempt(() => client.engine.searchAgain())}>
      Search again
    </Button>
  </div>
);

const Tried = ({ tried }: { tried: Missing['tried'] }) => (
  <div className={c.tried}>
    <Folded summary={`What was tried: ${count(tried.length, 'place')}`}>
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
