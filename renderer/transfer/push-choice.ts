import { isReference, parseReference, repositoryKey } from '../../contract/reference.ts';
import { registryOf } from '../connection/image-name.ts';
import { bytes, count, listed } from '../ui/format.ts';
import { registryName } from './transfer-words.ts';

/** Names that one push may have. */
export const mostNames = 1000;

/** Whether Docker Hub keeps the name for its official images: nobody else can publish it there. */
export const isOfficialOnly = (reference: string): boolean =>
  isReference(reference) && !repositoryKey(parseReference(reference)).includes('/');

/** One name of every image, one that can be published where there is such a name. */
export function oneNameEach(references: string[], imageOf: ReadonlyMap<string, string>): string[] {
  const byImage = new Map<string, string>();
  for (const reference of references) {
    const image = imageOf.get(reference) ?? reference;
    const known = byImage.get(image);
    if (known === undefined || (isOfficialOnly(known) && !isOfficialOnly(reference))) byImage.set(image, reference);
  }
  return [...byImage.values()];
}

/** "Push 3 images, 42.0 MB": how much is said, and how many bytes where they are known. */
export function pushAction(chosen: string[], imageOf: ReadonlyMap<string, string>, toSend: number | undefined): string {
  const images = new Set(chosen.map((reference) => imageOf.get(reference) ?? reference)).size;
  const what = chosen.length > 1 ? ` ${images === chosen.length ? count(images, 'image') : count(chosen.length, 'name')}` : '';
  return `Push${what}${toSend ? `${what && ','} ${bytes(toSend)}` : ''}`;
}

/** Whether every name begins with the registry at this address: pushed to either, it goes to the same place. */
export const areAllAt = (address: string | undefined, chosen: string[]): boolean =>
  address !== undefined && chosen.length > 0 && chosen.every((reference) => sameHost(registryOf(reference)) === sameHost(address));

const sameHost = (host: string): string => host.replace(/^(?:127\.0\.0\.1|\[::1\])(?=:|$)/, 'localhost');

/** The registries that the names belong to, and why. */
export function ownPlace(chosen: string[]): { label: string; words: string } {
  if (chosen.length === 0) return { label: 'Its own registry', words: 'The registry that the name begins with' };
  const label = listed([...new Set(chosen.map(registryOf))].map(registryName));
  const official = chosen.find(isOfficialOnly);
  if (official) {
    const words = `Nobody can publish ${official} there: names without a “/” are kept for official images. Add a tag such as “your-name/${repositoryKey(parseReference(official))}” to push it there.`;
    return { label, words };
  }
  const named = chosen.filter((reference) => isReference(reference) && parseReference(reference).registry !== undefined);
  if (named.length === 0) return { label, words: `Because the ${chosen.length === 1 ? 'name begins' : 'names begin'} with no registry` };
  if (named.length < chosen.length) return { label, words: 'As each name begins; without a registry it is Docker Hub' };
  return { label, words: chosen.length === 1 ? 'The registry that the name begins with' : 'The registries that the names begin with' };
}
