import { Kbd, Tooltip, UnstyledButton } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { bridge } from '../connection/bridge.ts';
import { useMirror } from '../connection/mirror.ts';
import { showActivity, useNavigation } from '../desk/navigation.ts';
import { ThemeMenu } from '../features/settings/ThemeMenu.tsx';
import { count, grouped } from '../ui/format.ts';
import { Ring } from '../ui/Ring.tsx';
import c from './Shell.module.css';

export const TitleBar = () => (
  <header className={c.bar}>
    <UnstyledButton className={c.search} onClick={spotlight.open}>
      <IconSearch size={15} stroke={1.7} aria-hidden />
      <span className="grow">Search or do anything</span>
      <Kbd size="xs" className={c.kbd} aria-hidden>
        {bridge().platform === 'darwin' ? '⌘ K' : 'Ctrl K'}
      </Kbd>
    </UnstyledButton>
    <div className={c.right}>
      <ActivityButton />
      <ThemeMenu />
    </div>
  </header>
);

function ActivityButton() {
  const isOpen = useNavigation((navigation) => navigation.activityOpen);
  const running = useMirror((mirror) => mirror.tasks.filter(({ state }) => state === 'running').length);
  const failed = useMirror((mirror) => mirror.tasks.filter(({ state }) => state === 'failed').length);
  const waiting = useMirror((mirror) => mirror.tasks.filter(({ state }) => state === 'queued').length);
  const words = runningWords(running, waiting);
  const trouble = failed > 0 ? `, ${count(failed, 'task')} failed` : '';
  return (
    <UnstyledButton
      className={c.activity}
      data-open={isOpen || undefined}
      aria-expanded={isOpen}
      aria-haspopup="dialog"
      aria-label={`Activity: ${words}${trouble}`}
      onClick={() => showActivity(!isOpen)}
    >
      {running > 0 && <Ring size={14} />}
      <span className="num">{words}</span>
      {failed > 0 && (
        <Tooltip label={`${count(failed, 'task')} failed`}>
          <span className={c.failed} />
        </Tooltip>
      )}
    </UnstyledButton>
  );
}

/** "6 running, 2 waiting" */
function runningWords(running: number, waiting: number): string {
  const parts = [running > 0 && `${grouped(running)} running`, waiting > 0 && `${grouped(waiting)} waiting`].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : 'Nothing running';
}
