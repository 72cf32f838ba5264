import { Popover, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { EngineState } from '../../contract/engine.ts';
import { useMirror } from '../connection/mirror.ts';
import { BuilderChoice } from '../features/settings/BuilderChoice.tsx';
import { Facts } from '../ui/Facts.tsx';
import c from './EngineStatus.module.css';

/** Which engine does the work, at the foot of every page. */
export function EngineStatus() {
  const engine = useMirror((mirror) => mirror.engine);
  const [open, setOpen] = useState(false);
  const { title, line } = words(engine);
  const face = (
    <>
      <span className={c.dot} data-state={engine.state} />
      <span className="grow">
        <span className={`${c.title} cut`}>
          <span className="hidden">Engine: </span>
          {title}
        </span>
        <span className={`${c.line} num cut`}>{line}</span>
      </span>
    </>
  );
  if (engine.state !== 'connected') {
    return (
      <div className={c.engine} role="status" aria-label={`Engine: ${title}`}>
        {face}
      </div>
    );
  }
  return (
    <Popover opened={open} onChange={setOpen} position="top-start" width={300} offset={6} trapFocus>
      <Popover.Target>
        <UnstyledButton className={c.engine} onClick={() => setOpen(!open)}>
          {face}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="Engine" className={c.more}>
        <EngineFacts engine={engine} />
        <BuilderChoice />
      </Popover.Dropdown>
    </Popover>
  );
}

const EngineFacts = ({ engine }: { engine: Extract<EngineState, { state: 'connected' }> }) => (
  <Facts
    rows={[
      { name: 'Engine', value: `${engine.product} ${engine.version}` },
      { name: 'Found by', value: engine.candidate.label },
      { name: 'Address', value: engine.candidate.address, mono: true },
      { name: 'Platform', value: engine.platform },
      { name: 'API', value: apiWords(engine) },
      { name: 'Builder', value: engine.builder === 'buildkit' ? 'BuildKit' : 'classic' },
    ]}
  />
);

// an engine may know newer versions than the one that is spoken with it
const apiWords = ({ apiVersion, spokenVersion }: { apiVersion: string; spokenVersion: string }): string =>
  apiVersion === spokenVersion ? apiVersion : `${spokenVersion} (the engine knows ${apiVersion})`;

function words(engine: EngineState): { title: string; line: string } {
  if (engine.state === 'connected') return { title: `${engine.product} is running`, line: `${engine.version} · ${engine.candidate.label}` };
  if (engine.state === 'searching') return { title: 'Looking for an engine', line: 'One moment' };
  if (engine.failure.kind === 'engine-unsupported') return { title: 'Engine not supported', line: 'Layerdeck keeps looking' };
  if (engine.failure.kind === 'engine-asks') return { title: 'Engine not connected', line: 'It waits for you' };
  return { title: 'No engine found', line: 'Layerdeck keeps looking' };
}
