import type { Task, TaskResult } from '../../../contract/task.ts';
import { bytes, clockTime, count, listed, loadedWords, shortId } from '../../ui/format.ts';

/** One line for a task that has ended well: "1 image loaded · 09:41". */
export function describeResult(task: Task, now: number): string {
  const time = task.endedAt ? clockTime(task.endedAt, now) : '';
  return [task.result ? resultWords(task.result) : '', time].filter(Boolean).join(' · ');
}

function resultWords(result: TaskResult): string {
  switch (result.kind) {
    case 'build':
      return `${result.cachedSteps} of ${count(result.steps, 'step')} from cache`;
    case 'pull':
      return result.alreadyUpToDate ? 'Nothing to download: it was up to date' : 'The image is here now';
    case 'push':
      if (result.sentLayers + result.presentLayers === 0) return 'Published';
      return result.sentLayers === 0
        ? 'Nothing to send: every layer was there'
        : `${count(result.sentLayers, 'layer')} sent, ${bytes(result.sentBytes)}`;
    case 'copy':
      return result.sentLayers === 0
        ? 'Nothing to copy: every layer was there'
        : `${count(result.sentLayers, 'layer')} copied, ${bytes(result.sentBytes)}`;
    case 'send':
      return result.sentLayers === 0
        ? 'Nothing to send: every layer was there'
        : `${count(result.sentLayers, 'layer')} sent, ${bytes(result.sentBytes)}`;
    case 'commit':
      return `Saved as ${result.reference}`;
    case 'import':
      return `Imported as ${result.reference}`;
    case 'save':
      return `${result.name}, ${bytes(result.bytes)}`;
    case 'load':
      return result.loaded.length <= 2 ? listed(result.loaded) : loadedWords(result.loaded.length);
    case 'index':
      return result.layers === 0 ? 'Every layer was known' : `${count(result.layers, 'layer')} read`;
    case 'save-files':
      return result.leftOut === 0 ? result.name : `${result.name}; ${count(result.leftOut, 'link or device', 'links or devices')} left out`;
    case 'tag':
      return `${result.reference} points to it now`;
    case 'untag':
      return `${result.reference} is gone`;
    case 'move-tag':
    case 'move-registry-tag':
      return `${result.reference} is ${shortId(result.to)} now`;
    case 'remove-registry-tags':
      return result.refused.length === 0
        ? `${count(result.removed.length, 'tag')} removed from ${result.registry}`
        : `${count(result.removed.length, 'tag')} removed, ${count(result.refused.length, 'tag')} stayed`;
    case 'put-back-registry-tags':
      return `${count(result.restored.length, 'tag')} put back`;
    case 'put-together':
      return `${result.reference} has ${count(result.platforms.length, 'platform')} now`;
    case 'take-apart':
      return `${count(result.put.length, 'tag')} put in ${result.repository}`;
    case 'back-up-registry':
      return `${count(result.tags, 'tag')} of ${count(result.repositories, 'repository', 'repositories')}, ${bytes(result.bytes)}${leftWords(result.leftOut.length)}`;
    case 'restore-registry':
      return `${count(result.tags, 'tag')} put${leftWords(result.leftOut.length + result.stayed.length)}`;
    case 'clean-up':
      return result.freed ? `${result.freed.isAtMost ? 'At most ' : ''}${bytes(result.freed.bytes)} freed` : 'Cleaned up';
    case 'bring-back':
      return 'The image is here again';
    case 'remove':
      return removedWords(result.deletedLayers, result.untagged.length);
    case 'start-engine':
      return `${result.name} was started`;
    case 'start-registry':
    case 'restart-registry':
      return `Answers at ${result.address}`;
    case 'start-cache':
      return `Caches ${result.remote} at ${result.address}`;
    case 'stop-cache':
      return `${result.name} is stopped, and keeps what is in it`;
    case 'remove-cache':
      return `${result.name} is gone`;
    case 'store-registry':
      return result.copied
        ? `${bytes(result.copied.bytes)} copied to ${result.folder}`
        : `Its images are in ${result.folder ?? result.bucket ?? 'its volume'}`;
    case 'stop-registry':
      return 'Its images stay on disk';
    case 'collect-registry':
      return result.blobs === 0 ? 'Nothing had to go' : `${bytes(result.bytes)} freed`;
    case 'remove-registry':
      return result.withImages ? `${result.name} and its images are gone` : `${result.name} is gone, its images are kept`;
  }
}

// containerd's store doesn’t say which layers it removed
const removedWords = (layers: number, names: number): string =>
  layers > 0 ? `${count(layers, 'layer')} and ${count(names, 'name')} removed` : `${count(names, 'name')} removed`;

const leftWords = (left: number): string => (left === 0 ? '' : `, ${count(left, 'name')} left out`);
