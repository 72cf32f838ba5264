import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Trial } from '../../../contract/trial.ts';
import { client } from '../../connection/client.ts';
import { attempt } from '../../desk/attempt.ts';
import { openDialog } from '../../desk/dialogs.ts';
import { Ring } from '../../ui/Ring.tsx';

const icon = { size: 15, stroke: 1.6, 'aria-hidden': true };

type Doing = 'stop' | 'start';

/** What can be done with a trial. One that takes its time to end can be ended at once. */
export function TrialActs({ trial: { containerId, state, image } }: { trial: Trial }) {
  const [doing, setDoing] = useState<Doing>();
  const runs = state !== 'ended' && state !== 'new';
  const act = (what: Doing, doIt: () => Promise<void>) => () => {
    setDoing(what);
    void attempt(doIt).finally(() => setDoing(undefined));
  };
  const stop = (isAtOnce: boolean) => () => client.trials.stop({ container: containerId, isAtOnce });
  const start = act('start', () => client.trials.startAgain({ container: containerId }));
  return (
    <>
      {doing === 'stop' ? (
        <>
          <span className="row t2" role="status">
            <Ring size={14} /> Ending
          </span>
          <Button aria-label={`End it at once: ${image}`} onClick={() => void attempt(stop(true))}>
            End it at once
          </Button>
        </>
      ) : runs ? (
        <>
          <Button
            disabled={doing !== undefined}
            leftSection={<IconRefresh {...icon} />}
            aria-label={`Start again: ${image}`}
            onClick={start}
          >
            Start again
          </Button>
          <Button leftSection={<IconPlayerStop {...icon} />} aria-label={`Stop: ${image}`} onClick={act('stop', stop(false))}>
            Stop
          </Button>
        </>
      ) : (
        <Button
          disabled={doing !== undefined}
          leftSection={<IconPlayerPlay {...icon} />}
          aria-label={`Start again: ${image}`}
          onClick={start}
        >
          Start again
        </Button>
      )}
      <Button
        leftSection={<IconTrash {...icon} />}
        aria-label={`Remove…: ${image}`}
        onClick={() => openDialog({ name: 'remove-trial', container: containerId })}
      >
        Remove…
      </Button>
    </>
  );
}
