import { isLoopback, isReference, parseReference, repositoryKey } from '../../../contract/reference.ts';
import type { RegistryContainer } from '../../../contract/registry.ts';
import { registryOf } from '../../desk/image-name.ts';
import { bytes, count, listed } from '../../ui/format.ts';
import { registryName } from './transfer-words.ts';

/** Names that one push may have. */
export const mostNames = 1000;

/** Whether Docker Hub reserves the name for its official images, so that nobody else can publish it there. */
export const isOfficialOnly = (reference: string): boolean =>
  isReference(reference) && !repositoryKey(parseReference(reference)).includes('/');

/** One name for every image, if possible one that can be published. */
export function pickNameOfEach(references: string[], imageOf: ReadonlyMap<string, string>): string[] {
  const byImage = new Map<string, string>();
  for (const reference of references) {
    const image = imageOf.get(reference) ?? reference;
    const known = byImage.get(image);
    if (known === undefined || (isOfficialOnly(known) && !isOfficialOnly(reference))) byImage.set(image, reference);
  }
  return [...byImage.values()];
}

/** "Push 3 images, 42.0 MB": how many, and how many bytes if that is known. */
export function pushAction(chosen: string[], imageOf: ReadonlyMap<string, string>, toSend: number | undefined): string {
  const images = new Set(chosen.map((reference) => imageOf.get(reference) ?? reference)).size;
  const what = chosen.length > 1 ? ` ${images === chosen.length ? count(images, 'image') : count(chosen.length, 'name')}` : '';
  return `Push${what}${toSend ? `${what && ','} ${bytes(toSend)}` : ''}`;
}

/** Whether every name begins with this registry, by whichever of its names: pushed to either, it goes to the same place. */
export const areAllAt = ({ address, alias }: Pick<RegistryContainer, 'address' | 'alias'>, chosen: string[]): boolean =>
  chosen.length > 0 &&
  chosen.map(registryOf).every((host) => host === alias || (address !== undefined && sameHost(host) === sameHost(address)));

// every loopback address is this computer
const sameHost = (host: string): string => (isLoopback(host) ? `localhost${/:\d+$/.exec(host)?.[0] ?? ''}` : host);

/** The registries that the names belong to, and why. */
export function ownPlace(chosen: string[]): { label: string; words: string } {
  if (chosen.length === 0) return { label: 'Its own registry', words: 'The registry that the name begins with' };
  const label = listed([...new Set(chosen.map(registryOf))].map(registryName));
  const official = chosen.find(isOfficialOnly);
  if (official) {
    const words = `Nobody can publish ${official} there: names without a “/” are reserved for official images. Add a tag such as “your-name/${repositoryKey(parseReference(official))}” to push it there.`;
    return { label, words };
  }
  const podmans = chosen.find((reference) => registryOf(reference) === 'localhost');
  if (podmans) {
    const words = `Podman writes “localhost/” before a name that begins with no registry, so usually nothing answers there. Choose the registry on this computer, or add a tag such as “your.registry/${podmans.slice('localhost/'.length)}”.`;
    return { label, words };
  }
  const named = chosen.filter((reference) => isReference(reference) && parseReference(reference).registry !== undefined);
  if (named.length === 0)
    return { label, words: `Because the ${chosen.length === 1 ? 'name doesn’t' : 'names don’t'} begin with a registry` };
  if (named.length < chosen.length) return { label, words: 'The registry that each name begins with, or Docker Hub' };
  return { label, words: chosen.length === 1 ? 'The registry that the name begins with' : 'The registries that the names begin with' };
}
