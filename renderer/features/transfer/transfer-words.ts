import { isOnThisComputer } from '../../../contract/reference.ts';
import type { Task, TaskPhase, TaskRequest } from '../../../contract/task.ts';
import type { LayerTransfer } from '../../../contract/transfer.ts';
import { registryOf } from '../../desk/image-name.ts';
import { bytes, count, listed, loadedWords } from '../../ui/format.ts';
import { isFree, type LayerCounts, sizeOf } from './describe-layer.ts';

/** Where from and where to, in a line under the title. */
export function describeRoute({ request }: Task): string {
  switch (request.kind) {
    case 'pull':
      return `from ${registryName(registryOf(request.reference))}${request.platform ? `, for ${request.platform}` : ''}`;
    case 'push': {
      if (request.to === 'local-registry') return 'to the registry on this computer';
      return `to ${listed([...new Set(request.references.map(registryOf))].map(registryName))}`;
    }
    case 'copy':
      return `${copiedFrom(request)} ${request.to.kind === 'archive' ? 'into a file' : `to ${registryName(registryOf(request.to.reference))}`}`;
    case 'save':
      return `${count(request.references.length, 'name')} into one file`;
    case 'send':
      return 'from one engine to another';
    case 'load':
      return 'from a file into the engine';
    case 'import':
      return 'from a file, as a new image';
    default:
      return '';
  }
}

function copiedFrom({ from }: Extract<TaskRequest, { kind: 'copy' }>): string {
  if (from.kind === 'archive') return 'from a file';
  return from.kind === 'image'
    ? `${from.reference} from this engine`
    : `${from.reference} from ${registryName(registryOf(from.reference))}`;
}

export const registryName = (registry: string): string => (registry === 'docker.io' ? 'Docker Hub (docker.io)' : registry);

type Moved = 'pull' | 'push' | 'copy' | 'send';

const isMoved = (kind: string): kind is Moved => kind === 'pull' || kind === 'push' || kind === 'copy' || kind === 'send';

const words: Record<Moved, { stopped: string; failed: string; begins: string; moved: string }> = {
  pull: {
    stopped: 'Stopped. What had arrived is kept for next time.',
    failed: 'It did not arrive',
    begins: 'On its way here',
    moved: 'downloaded',
  },
  push: {
    stopped: 'Stopped. Nothing half published was left.',
    failed: 'It was not published',
    begins: 'On its way to the registry',
    moved: 'sent',
  },
  copy: { stopped: 'Stopped. Nothing half copied was left.', failed: 'It was not copied', begins: 'On its way', moved: 'copied' },
  send: {
    stopped: 'Stopped. If every layer had arrived, the other engine may still finish it.',
    failed: 'It was not sent',
    begins: 'On its way to the other engine',
    moved: 'sent',
  },
};

/** The headline of a pull, a push or a copy. */
export function headline({ kind, state, result, request, failure }: Task, counts: Pick<LayerCounts, 'moving' | 'open' | 'all'>): string {
  if (!isMoved(kind)) return '';
  if (failure?.kind === 'interrupted') return 'It isn’t known how it ended';
  if (state === 'failed') return isOfMany(request) ? 'Not every name was published' : words[kind].failed;
  if (result?.kind === 'pull') return result.alreadyUpToDate ? 'Nothing to download: it was up to date' : 'The image is here now';
  if (result?.kind === 'push') return publishedWords(result.pushed.map(({ reference }) => reference));
  if (result?.kind === 'copy') return result.reference ? publishedWords([result.reference]) : 'The image is in the file now';
  if (result?.kind === 'send') return `${loadedWords(result.loaded.length)} on the other engine`;
  if (state === 'cancelled') return isOfMany(request) ? 'Stopped. Names that were already published stay published.' : words[kind].stopped;
  if (state === 'queued') return 'Waiting for other tasks to finish';
  if (counts.all === 0) return words[kind].begins;
  if (counts.moving === 0)
    return counts.open > 0 ? 'Comparing with what is already there' : `Every layer is already ${kind === 'pull' ? 'here' : 'there'}`;
  return `${counts.moving} of ${count(counts.all, 'layer')} ${counts.moving === 1 ? 'is' : 'are'} being ${words[kind].moved}`;
}

// earlier names may have arrived
const isOfMany = (request: TaskRequest): boolean => request.kind === 'push' && request.references.length > 1;

const phases: Partial<Record<TaskPhase, string>> = {
  comparing: 'Comparing with what is already there',
  downloading: 'Downloading',
  unpacking: 'Unpacking',
  uploading: 'Sending',
  copying: 'Copying',
  writing: 'Reading from the first engine',
  sending: 'Sending to the other engine',
  finishing: 'Finishing',
};

/** What happens now, in words, if there are no bytes to show. */
export const phaseWords = ({ kind, progress }: Task): string =>
  phases[progress.phase] ?? (kind === 'pull' ? 'Asking the registry' : 'Getting the layers ready');

/** Whether what is moved becomes visible to others. */
export const toRegistry = ({ request }: Task): boolean =>
  request.kind === 'push' || (request.kind === 'copy' && request.to.kind === 'registry');

/** The registry that refused a task because of a missing sign-in. */
export function registryToSignInTo({ failure, request }: Task): string | undefined {
  if (failure?.kind !== 'sign-in') return undefined;
  if (failure.registry) return failure.registry;
  if (request.kind === 'pull') return registryOf(request.reference);
  if (request.kind === 'push' && request.to === 'own-registry') return registryOf(request.references[0] ?? '');
  return request.kind === 'copy' && request.to.kind === 'registry' ? registryOf(request.to.reference) : undefined;
}

// the registry on this computer answers nobody else
const publishedWords = (references: string[]): string =>
  references.every(isOnThisComputer)
    ? `Everyone on this computer can now get ${namesWords(references)}`
    : `Anyone who can reach this registry can now get ${namesWords(references)}`;

const namesWords = (references: string[]): string => (references.length <= 2 ? listed(references) : count(references.length, 'name'));

/** What a pull brought, counted as its forecast counts: "3 of 9 layers downloaded, 42.0 MB. 6 were already here." */
export function downloadedWords(layers: LayerTransfer[]): string {
  const moved = layers.filter((layer) => !isFree(layer));
  const here = layers.length - moved.length;
  if (moved.length === 0)
    return `Nothing had to be downloaded: ${here === 1 ? 'the layer was' : `all ${count(here, 'layer')} were`} already here.`;
  const size = moved.reduce((sum, layer) => sum + (sizeOf(layer) ?? 0), 0);
  const which = here === 0 ? count(moved.length, 'layer') : `${moved.length} of ${count(layers.length, 'layer')}`;
  const rest = here > 0 ? ` ${here} ${here === 1 ? 'was' : 'were'} already here.` : '';
  return `${which} downloaded${size > 0 ? `, ${bytes(size)}` : ''}.${rest}`;
}
