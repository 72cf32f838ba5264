import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { EngineStarter } from '../../../contract/engine.ts';
import type { Task } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { isRunning } from '../../connection/use-task.ts';
import { useTaskLog } from '../../connection/use-task-log.ts';
import { copyText } from '../../desk/copy-text.ts';
import { cancelTask, startTask } from '../../desk/start-task.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { Folded } from '../../ui/Folded.tsx';
import { LogPane } from '../../ui/LogPane.tsx';
import { Ring } from '../../ui/Ring.tsx';
import c from './StartEngines.module.css';

/** What is installed here that can start an engine, each with its button; nothing where there is nothing. */
export function StartEngines() {
  const state = useMirror((mirror) => mirror.engine.state);
  const { answer: starters = [] } = useAsked('starters', (signal) => client.engine.starters(undefined, { signal }), { since: state });
  const task = useMirror((mirror) => mirror.tasks.findLast(({ kind }) => kind === 'start-engine'));
  if (starters.length === 0) return null;
  return (
    <section className={c.starters} aria-label="Start an engine">
      <h2 className="h3">Installed here</h2>
      <ul>
        {starters.map((starter) => (
          <StarterRow
            key={starter.id}
            starter={starter}
            task={isAbout(task, starter) ? task : undefined}
            isBusy={!!task && isRunning(task)}
          />
        ))}
      </ul>
    </section>
  );
}

const isAbout = (task: Task | undefined, { id }: EngineStarter): boolean =>
  task?.request.kind === 'start-engine' && task.request.starter === id;

function StarterRow({ starter: { id, name, command }, task, isBusy }: { starter: EngineStarter; task: Task | undefined; isBusy: boolean }) {
  const isStarting = task !== undefined && isRunning(task);
  return (
    <li className={c.starter} aria-label={name}>
      <div className="row">
        <div className="grow">
          <p className="strong">{name}</p>
          <p className="mono sm t3 cut">{command}</p>
        </div>
        {isStarting && (
          <Button size="xs" leftSection={<IconPlayerStop size={14} stroke={1.6} />} onClick={() => void cancelTask(task.id)}>
            Stop
          </Button>
        )}
        <Button
          size="xs"
          variant="filled"
          disabled={isBusy}
          leftSection={isStarting ? <Ring size={13} /> : <IconPlayerPlay size={14} stroke={1.7} />}
          onClick={() => void startTask({ kind: 'start-engine', starter: id })}
        >
          {isStarting ? `Starting ${name}` : `Start ${name}`}
        </Button>
      </div>
      {task?.failure && <FailureNote failure={task.failure} />}
      {task && <StartLog task={task} />}
    </li>
  );
}

/** Its own words: people who start a virtual machine want to see it move. */
function StartLog({ task: { id, state } }: { task: Task }) {
  const lines = useTaskLog(id);
  if (state === 'succeeded') return null;
  return (
    <Folded summary="Log">
      <div className={c.log}>
        <LogPane lines={lines} copy={() => copyText(lines.map(({ text }) => text).join('\n'))} empty="Nothing was printed yet." />
      </div>
    </Folded>
  );
}
