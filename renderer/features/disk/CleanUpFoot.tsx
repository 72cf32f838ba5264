import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { FreedSpace } from '../../../contract/image.ts';
import type { Task } from '../../../contract/task.ts';
import { cancelTask } from '../../desk/start-task.ts';
import { bytes, count } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import c from './DiskPage.module.css';
import { freedWords } from './disk-words.ts';

type Props = {
  number: number;
  need: number | undefined;
  freed: FreedSpace | undefined;
  isAsking: boolean;
  running: Task | undefined;
  onAct(): void;
};

/** What all that is ticked frees together, and the button that does it. */
export function CleanUpFoot({ number, need, freed, isAsking, running, onAct }: Props) {
  if (running) {
    return (
      <section className={c.foot} aria-label="What is ticked">
        <div className="grow">
          <p className="h3">Cleaning up</p>
          <ProgressBar fraction={running.progress.fraction ?? 0} label="Cleaning up" />
        </div>
        <Button onClick={() => void cancelTask(running.id)}>Stop</Button>
      </section>
    );
  }
  return (
    <section className={c.foot} aria-label="What is ticked">
      <div className="grow" role="status">
        <p className="h3">{sumWords(number, need, freed, isAsking)}</p>
        <p className="sm t2">{detailWords(number, freed)}</p>
      </div>
      <Button variant="filled" color="red" disabled={number === 0} leftSection={<IconTrash size={15} stroke={1.6} />} onClick={onAct}>
        {actionWords(number, freed)}
      </Button>
    </section>
  );
}

function sumWords(number: number, need: number | undefined, freed: FreedSpace | undefined, isAsking: boolean): string {
  if (number === 0) return 'Nothing is ticked';
  if (!freed) return isAsking ? `Adding up ${count(number, 'thing')}` : 'How much this frees isn’t known';
  const words = `Frees ${freedWords(freed)}`;
  return need === undefined ? words : `${words}, you asked for ${bytes(need)}`;
}

function detailWords(number: number, freed: FreedSpace | undefined): string {
  if (number === 0) return 'Say how much room you need, or tick what may go. Nothing is removed before you press the button.';
  const cache = (freed?.inCache ?? 0) > 0 ? ` The build cache still holds ${bytes(freed?.inCache ?? 0)} of it.` : '';
  const unsure = freed?.isAtMost ? ' The engine doesn’t tell whether the build cache keeps some of it.' : '';
  return `Together, with everything counted once.${cache}${unsure} Nothing is removed before you press the button.`;
}

export const actionWords = (number: number, freed: FreedSpace | undefined): string =>
  number === 0 ? 'Clean up' : freed && freed.bytes > 0 ? `Free ${freedWords(freed)}` : `Remove ${count(number, 'thing')}`;
