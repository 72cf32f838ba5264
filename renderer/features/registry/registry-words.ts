import { registryPort } from '../../../contract/grammar.ts';
import type {
  LocalRegistry,
  OtherRegistry,
  OwnAddress,
  RegistryContainer,
  RegistryMaker,
  RegistryStorage,
  RestartPolicy,
} from '../../../contract/registry.ts';
import { count, dateAndTime } from '../../ui/format.ts';

/** When it starts by itself. */
export function restartWords(policy: RestartPolicy): string {
  switch (policy) {
    case 'unless-stopped':
      return 'With the engine, until you stop it';
    case 'always':
      return 'With the engine, even after you stopped it';
    case 'on-failure':
      return 'Only after its program failed';
    case 'never':
      return 'Never by itself';
  }
}

/** Why it isn't there to push to. */
export function stoppedWords(
  trouble: Extract<LocalRegistry, { state: 'stopped' }>['trouble'],
  address: string | undefined,
): { title: string; detail: string } {
  const where = address === undefined ? '' : ` It will answer at ${address} again.`;
  switch (trouble) {
    case 'keeps-ending':
      return { title: 'The registry keeps ending', detail: 'The engine starts it again and again. Its log says why it ends.' };
    case 'paused':
      return { title: 'The registry is paused', detail: `The images you pushed to it are kept.${where}` };
    case 'starting':
      return { title: 'The registry is starting', detail: `Its container runs. It hasn’t answered at ${address} yet.` };
    case 'silent':
      return {
        title: 'The registry doesn’t answer',
        detail: `Its container runs, but no registry answers at ${address}. Its log may say why.`,
      };
    default:
      return { title: 'The registry is stopped', detail: `The images you pushed to it are kept.${where}` };
  }
}

/** Who can reach it. */
export const reachWords = ({ isOpen }: Pick<RegistryContainer, 'isOpen'>): string =>
  isOpen ? 'By this computer and by others in its network' : 'By this computer only';

/** Whether its connections are encrypted. */
export function encryptionWords({ isEncrypted, certificate }: Pick<RegistryContainer, 'isEncrypted' | 'certificate'>): string {
  if (!isEncrypted) return 'No';
  return certificate ? `Yes, by a certificate that is valid until ${dateAndTime(certificate.until)}` : 'Yes';
}

/** What another registry is. */
export function makerWords(maker: RegistryMaker): string {
  switch (maker) {
    case 'layerdeck':
      return 'Layerdeck’s own registry';
    case 'person':
      return 'Started by hand or by another program';
    case 'k3d':
      return 'Made by k3d for its clusters';
    case 'kind':
      return 'Made for clusters of kind';
    case 'minikube':
      return 'Inside minikube; answers if its registry add-on is on';
  }
}

/** The same, also of a cache. */
export function whatItIs({ maker, cacheOf, cacheUser }: OtherRegistry): string {
  if (cacheOf === undefined) return makerWords(maker);
  const as = cacheUser === undefined ? '' : `, signed in as ${cacheUser}`;
  return `A cache of ${cacheOf === dockerHub ? 'Docker Hub' : cacheOf}${as}, which takes no pushes`;
}

/** How one gets images through a cache. */
export function throughWords({ cacheOf, address }: OtherRegistry): string | undefined {
  if (cacheOf === undefined || address === undefined) return undefined;
  // Docker Hub's own images are in a repository that one seldom writes
  const [there, here] = cacheOf === dockerHub ? ['alpine', `${address}/library/alpine`] : [`${cacheOf}/team/app`, `${address}/team/app`];
  return `What is called ${there} there is got through it as ${here}.`;
}

const dockerHub = 'registry-1.docker.io';

/** A cluster depends on it: its container is left to the program that made it. */
export const isOfCluster = ({ maker }: Pick<RegistryContainer, 'maker'>): boolean => maker !== 'layerdeck' && maker !== 'person';

/** Where its images are. */
export function storageWords(storage: RegistryStorage): string {
  switch (storage.kind) {
    case 'volume':
      return storage.isNamed ? `In the volume ${storage.name}` : `In a volume without a name, ${storage.name.slice(0, 12)}`;
    case 'folder':
      return `In the folder ${storage.path}`;
    case 'container':
      return 'In its container';
    case 'elsewhere':
      return storage.where === undefined ? 'In storage outside this computer' : `In S3-compatible storage, ${storage.where}`;
  }
}

/** Whether its images can stay, or go, when its container is removed. */
export function mayChooseImages(storage: RegistryStorage): boolean {
  return storage.kind === 'volume' && !storage.mayHoldMore;
}

/** What becomes of images if nothing can be chosen. */
export function fateWords(storage: RegistryStorage): string {
  switch (storage.kind) {
    case 'folder':
      return `Its images stay in the folder ${storage.path}. Layerdeck never removes a folder of yours.`;
    case 'volume':
      return `Its images stay in the volume ${storage.name}, which may hold other things as well.`;
    case 'elsewhere':
      return 'Its images stay in the storage that it uses.';
    default:
      return 'Its images are in the container, and go with it. Nothing brings them back, unless an engine or another registry has them.';
  }
}

/** Why a text is no port for a registry; undefined if it is one, or empty. */
export function portProblem(text: string, now: number | undefined): string | undefined {
  if (text.trim() === '') return undefined;
  const { least, most } = registryPort;
  const port = Number(text);
  if (!/^\d+$/.test(text.trim()) || port < least || port > most) return `A port is a number from ${least} to ${most}.`;
  return port === now ? 'The registry has this port already.' : undefined;
}

/** One sentence for the head of the page. */
export function summaryWords(registry: LocalRegistry): string {
  const words = 'A place on this computer to push images to.';
  if (!('isOpen' in registry)) return `${words} It answers on this computer only.`;
  return `${words} ${registry.isOpen ? 'Other computers in its network can reach it, too.' : 'It answers on this computer only.'}`;
}

/** In the order of a list: those that run first, each by its name. */
export const inOrder = (registries: readonly OtherRegistry[]): OtherRegistry[] =>
  registries.toSorted((a, b) => Number(b.isRunning) - Number(a.isRunning) || a.name.localeCompare(b.name));

/** What is left in the registry after space was freed there, and what happens with it. */
export function leftWords(images: number): string {
  if (images === 0) return 'No image is left then.';
  const stay = images === 1 ? 'stays, and is' : 'stay, and each is';
  return `${count(images, 'image')} ${stay} asked for afterwards, with all its layers.`;
}

/** The same once that was done. */
export function checkedWords(images: number): string {
  if (images === 0) return 'No image is left.';
  const asked = images === 1 ? 'The image that is left was' : `All ${count(images, 'image')} that are left were`;
  return `${asked} asked for, with all ${images === 1 ? 'its' : 'their'} layers.`;
}

/** Who could reach the registry if it was open, by this computer's addresses; undefined while they aren't known, when none is said to be missing. */
export const whoWords = (addresses: readonly OwnAddress[] | undefined): string =>
  addresses?.length === 0
    ? 'This computer is in no network right now. In each that it joins, everyone can reach the registry; they need the password to get in.'
    : 'Everyone in the networks that this computer is in can reach it, also in those that it joins later. They need the password to get in.';
