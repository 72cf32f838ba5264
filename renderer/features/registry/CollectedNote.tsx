import type { Task, TaskResult } from '../../../contract/task.ts';
import { useMirror } from '../../connection/mirror.ts';
import { bytes, clockTime, count } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { checkedWords } from './registry-words.ts';

/** What the last collection did, for as long as its task is remembered. */
export function CollectedNote() {
  const last = useMirror(({ tasks }) => tasks.filter(({ kind }) => kind === 'collect-registry').toSorted(byTime)[0]);
  if (last?.result?.kind !== 'collect-registry') return null;
  const { broken } = last.result;
  const time = last.endedAt === undefined ? '' : ` at ${clockTime(last.endedAt, Date.now())}`;
  return (
    <Notice tone={broken.length > 0 ? 'warn' : 'quiet'} title={`${freedWords(last.result)}${time}`}>
      {broken.length > 0 ? brokenWords(broken) : checkedWords(last.result.checked)}
    </Notice>
  );
}

type Result = Extract<TaskResult, { kind: 'collect-registry' }>;

const byTime = (a: Task, b: Task): number => b.createdAt - a.createdAt;

const freedWords = ({ blobs, bytes: freed, images }: Result): string =>
  blobs === 0 ? 'Nothing had to go' : `${bytes(freed)} freed${images > 0 ? ` with ${count(images, 'image')} that no tag led to` : ''}`;

const brokenWords = (broken: string[]): string =>
  `${count(broken.length, 'image')} can’t be got any more: ${broken.slice(0, 3).join(', ')}. Push them again from an engine that has them.`;
