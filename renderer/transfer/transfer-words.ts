import type { Task, TaskPhase } from '../../contract/task.ts';
import { registryOf } from '../connection/image-name.ts';
import { count, listed } from '../ui/format.ts';

/** Where from or where to, in a line under the title. */
export function describeRoute({ request }: Task): string {
  switch (request.kind) {
    case 'pull':
      return `from ${registryName(registryOf(request.reference))}`;
    case 'push': {
      if (request.to === 'local-registry') return 'to the registry on this computer';
      return `to ${listed([...new Set(request.references.map(registryOf))].map(registryName))}`;
    }
    case 'save':
      return `${count(request.references.length, 'name')} into one file`;
    case 'load':
      return 'from a file into the engine';
    default:
      return '';
  }
}

export const registryName = (registry: string): string => (registry === 'docker.io' ? 'Docker Hub (docker.io)' : registry);

const stopped = {
  pull: 'Stopped. What had arrived is kept for the next time.',
  push: 'Stopped. Nothing half published was left.',
};

/** The big line of a pull or push. */
export function headline(task: Task, counts: { moving: number; all: number }): string {
  if (task.kind !== 'pull' && task.kind !== 'push') return '';
  if (task.state === 'failed') return task.kind === 'pull' ? 'It did not arrive' : 'It was not published';
  if (task.result?.kind === 'pull' && task.result.alreadyUpToDate) return 'Nothing to download, it was already up to date';
  if (task.result?.kind === 'pull') return 'It is here now';
  if (task.result?.kind === 'push') return publishedWords(task.result.pushed.map(({ reference }) => reference));
  if (task.state === 'cancelled') return stopped[task.kind];
  if (task.state === 'queued') return 'Starts when there is room for it';
  if (counts.all === 0) return task.kind === 'pull' ? 'On its way here' : 'On its way to the registry';
  const verb = task.kind === 'pull' ? 'downloaded' : 'sent';
  return `${counts.moving} of ${count(counts.all, 'layer')} ${counts.moving === 1 ? 'is' : 'are'} being ${verb}`;
}

const phases: Partial<Record<TaskPhase, string>> = {
  downloading: 'Downloading',
  unpacking: 'Unpacking',
  uploading: 'Sending',
  finishing: 'Finishing',
};

/** What happens as a whole, where there are no bytes to tell it by. */
export const phaseWords = ({ kind, progress }: Task): string =>
  phases[progress.phase] ?? (kind === 'pull' ? 'Asking the registry' : 'Getting the layers ready');

// the registry on this computer answers nobody else
const publishedWords = (references: string[]): string =>
  references.every((reference) => /^(?:localhost|127\.0\.0\.1)[:/]/.test(reference))
    ? `Everybody on this computer can now get ${namesWords(references)}`
    : `Anyone who reaches this registry can now get ${namesWords(references)}`;

const namesWords = (references: string[]): string => (references.length <= 2 ? listed(references) : count(references.length, 'name'));
