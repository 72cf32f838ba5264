import type { BackupResult, RestorePart, RestoreResult } from '../../../../contract/registry-backup.ts';
import type { Task } from '../../../../contract/task.ts';
import { bytes, bytesOf, count, speed, timeLeft } from '../../../ui/format.ts';

/** `registry-localhost-5001.tar`. */
export const backupName = (registry: string): string => `registry-${registry.replace(/[^\w.-]+/g, '-').slice(0, 120)}.tar`;

/** How far a backup or a restore is: what it does, how much, how fast and how long yet. */
export function runningWords({ kind, progress, pace }: Pick<Task, 'kind' | 'progress' | 'pace'>): string {
  const { phase, bytes: amount } = progress;
  if (kind === 'restore-registry') {
    const sent = amount && amount.done > 0 ? ` · ${bytes(amount.done)} sent` : '';
    return ['Restoring', sent, pace ? ` · ${speed(pace.bytesPerSecond)}` : ''].join('');
  }
  if (phase === 'reading')
    return amount?.total ? `Checking the unfinished file · ${bytesOf(amount.done, amount.total)}` : 'Reading the list of repositories';
  if (phase === 'comparing') return 'Reading tags and what they lead to';
  if (phase === 'finishing') return 'Writing the end of the file';
  const much = amount?.total === undefined ? '' : ` · ${bytesOf(amount.done, amount.total)}`;
  const fast = pace && pace.bytesPerSecond > 0 ? ` · ${speed(pace.bytesPerSecond)}` : '';
  const left = pace?.secondsLeft === undefined ? '' : ` · ${timeLeft(pace.secondsLeft)}`;
  return `Reading layers${much}${fast}${left}`;
}

export function backedUpWords({ tags, repositories, manifests, blobs, bytes: size, fetchedBytes }: BackupResult): string {
  const what = `${count(tags, 'tag')} of ${count(repositories, 'repository', 'repositories')}, ${count(manifests, 'image or list', 'images and lists')}, ${count(blobs, 'layer and configuration', 'layers and configurations')}`;
  return `${what}. ${bytes(size)} in the file, ${bytes(fetchedBytes)} read from the registry.`;
}

export function restoredWords({ tags, same, sentBytes, moved }: RestoreResult): string {
  const were = same > 0 ? ` ${count(same, 'tag')} ${same === 1 ? 'was' : 'were'} there already.` : '';
  const moves = moved.length > 0 ? ` ${count(moved.length, 'tag')} moved.` : '';
  return `${bytes(sentBytes)} sent, ${count(tags, 'tag')} put.${were}${moves}`;
}

/** "12 tags are new, 3 are there already, 1 leads to something else." */
export function previewWords({ fresh, same, moves }: Extract<RestorePart, { kind: 'preview' }>): string {
  const are = (number: number) => (number === 1 ? 'is' : 'are');
  const parts = [
    ...(fresh > 0 ? [`${count(fresh, 'tag')} ${are(fresh)} new`] : []),
    ...(same > 0 ? [`${count(same, 'tag')} ${are(same)} there already`] : []),
    ...(moves.length > 0 ? [`${count(moves.length, 'tag')} ${moves.length === 1 ? 'leads' : 'lead'} to something else there`] : []),
  ];
  return `${parts.join(', ')}.`;
}
