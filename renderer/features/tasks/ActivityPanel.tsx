import { ActionIcon, Button } from '@mantine/core';
import { useFocusTrap } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { isRunning } from '../../connection/use-task.ts';
import { attempt } from '../../desk/attempt.ts';
import { showActivity } from '../../desk/navigation.ts';
import { useNow } from '../../ui/use-now.ts';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import c from './ActivityPanel.module.css';
import { groupTasks } from './group-tasks.ts';
import { TaskItem } from './TaskItem.tsx';

const close = () => showActivity(false);

/** Every task that runs, waits, failed or has ended: on any page, and without an engine, too. */
export function ActivityPanel() {
  const trap = useFocusTrap();
  useReturnFocus();
  const tasks = useMirror((mirror) => mirror.tasks);
  const groups = useMemo(() => groupTasks(tasks), [tasks]);
  const now = useNow(tasks.some(isRunning) ? 1000 : 60_000);
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape and the close button do the same */}
      <div className={c.away} onMouseDown={close} />
      <section
        className={c.panel}
        role="dialog"
        aria-labelledby="activity-title"
        ref={trap}
        onKeyDown={(event) => event.key === 'Escape' && close()}
      >
        <div className={c.head}>
          <h2 id="activity-title" className="h2 grow">
            Activity
          </h2>
          {tasks.some((task) => !isRunning(task)) && (
            <Button size="xs" variant="subtle" onClick={() => void attempt(() => client.tasks.dismissEnded())}>
              Clear finished
            </Button>
          )}
          <ActionIcon size={26} aria-label="Close" onClick={close} data-autofocus>
            <IconX size={15} />
          </ActionIcon>
        </div>
        <div className={`scroll ${c.list}`}>
          {groups.length === 0 && <p className={`t2 ${c.none}`}>Nothing has run yet. Builds, pushes and everything else show up here.</p>}
          {groups.map((group) => (
            <section key={group.name} aria-label={group.name}>
              <h3 className={c.group}>{group.name}</h3>
              <ul>
                {group.tasks.map((task) => (
                  <TaskItem key={task.id} task={task} now={now} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      </section>
    </>
  );
}
