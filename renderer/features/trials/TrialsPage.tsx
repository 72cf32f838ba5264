import { Button } from '@mantine/core';
import type { Trial } from '../../../contract/trial.ts';
import { useMirror } from '../../connection/mirror.ts';
import { EmptyState } from '../../desk/EmptyState.tsx';
import { formatRoute, openPage } from '../../desk/navigation.ts';
import { PageHead } from '../../desk/PageHead.tsx';
import { count } from '../../ui/format.ts';
import { TrialActs } from './TrialActs.tsx';
import { StateLine } from './TrialPage.tsx';
import c from './Trials.module.css';

/** All images that are tried. */
export function TrialsPage() {
  const trials = useMirror((mirror) => mirror.trials);
  if (trials.length === 0) {
    return (
      <EmptyState isPage title="Nothing is being tried" actions={<Button onClick={() => openPage({ page: 'images' })}>Show images</Button>}>
        Open an image and press “Try it” to see what it does. It runs in a container of its own, and nothing of it is left when you close
        it.
      </EmptyState>
    );
  }
  return (
    <div className="page">
      <PageHead title="Running" summary={`${count(trials.length, 'container')} in which you try images`} />
      <div className="scroll">
        <ul className={c.list} aria-label="Containers">
          {trials.map((trial) => (
            <TrialRow key={trial.containerId} trial={trial} />
          ))}
        </ul>
      </div>
    </div>
  );
}

function TrialRow({ trial }: { trial: Trial }) {
  const { containerId, image, ports, answering, stays } = trial;
  return (
    <li className={c.row} aria-label={image}>
      <div className="grow">
        <a href={formatRoute({ page: 'trial', id: containerId })} className={c.name}>
          {image}
        </a>
        <div className="t2 sm num">
          <StateLine trial={trial} />
        </div>
      </div>
      <span className="t2 sm num">
        {ports.map(({ here }) => (answering.includes(here) ? `localhost:${here}` : '')).join(' ')}
        {stays ? ' · keeps running' : ''}
      </span>
      <div className={c.acts}>
        <TrialActs trial={trial} />
      </div>
    </li>
  );
}
