import { Button } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import type { Trial } from '../../../contract/trial.ts';
import { client } from '../../connection/client.ts';
import { useLog } from '../../connection/use-log.ts';
import { attempt } from '../../desk/attempt.ts';
import { copyLog } from '../../desk/copy-log.ts';
import { LogPane } from '../../ui/LogPane.tsx';
import { notify } from '../../ui/notify.ts';

/** What a trial says, with the time at which it said it. */
export function TrialLog({ trial: { containerId, startedAt, state } }: { trial: Trial }) {
  const lines = useLog(`${containerId} ${startedAt}`, (signal) => client.trials.log({ container: containerId }, { signal }));
  const save = async () => {
    const saved = await attempt(() => client.trials.saveLog({ container: containerId }));
    if (saved) notify('The log is saved', `All of it is in ${saved.path}.`);
  };
  return (
    <LogPane
      lines={lines}
      copy={() => copyLog(lines)}
      empty={state === 'ended' ? 'It said nothing.' : 'It has said nothing yet.'}
      missing="All of them are in the file if you save the log."
      actions={
        <Button size="xs" leftSection={<IconDeviceFloppy size={14} stroke={1.6} />} onClick={() => void save()}>
          Save the log…
        </Button>
      }
    />
  );
}
