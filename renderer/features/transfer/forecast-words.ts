import type { CopyForecast, PullForecast, PushForecast, PushForecastLayer, RegistryFacts } from '../../../contract/transfer.ts';
import { bytes, count } from '../../ui/format.ts';
import { registryName } from './transfer-words.ts';

/**
 * "Downloads at most 42.0 MB: 3 of 9 layers. 6 layers are already here." In the words of the progress that follows. It may be
 * less: no engine says which layers it keeps besides those of its images, for example in the cache of builds.
 */
export function pullWords({ layers, toDownload, isHere }: PullForecast): string {
  if (isHere) return 'The image is already here. Nothing is downloaded; at most, the name moves.';
  const missing = layers.filter((layer) => !layer.isHere).length;
  const here = layers.length - missing;
  if (missing === 0) return 'Every layer is already here. Next to nothing is downloaded.';
  return `Downloads at most ${bytes(toDownload)}: ${ofAll(missing, layers.length)}.${here > 0 ? ` ${count(here, 'layer')} ${are(here)} already here.` : ''}`;
}

/** "Sends 42.0 MB: 2 of 9 layers. 7 layers are already there." */
export function pushWords({ layers, toSend }: Pick<PushForecast, 'layers' | 'toSend'>, isAtMost = false): string {
  const sent = layers.filter(({ state }) => state === 'send').length;
  const there = layers.filter(({ state }) => state === 'there-already').length;
  const mounted = layers.filter(({ state }) => state === 'mount').length;
  if (sent === 0) return mounted > 0 ? `Sends nothing. ${mountWords(mounted)}` : 'Sends nothing: every layer is already there.';
  const which = ofAll(sent, layers.length);
  const first =
    toSend === undefined ? `Sends ${which}; how many bytes isn’t known.` : `Sends ${isAtMost ? 'at most ' : ''}${bytes(toSend)}: ${which}.`;
  return [first, there > 0 && `${count(there, 'layer')} ${are(there)} already there.`, mounted > 0 && mountWords(mounted)]
    .filter(Boolean)
    .join(' ');
}

/** The same for a copy. A file gets every layer, unless it is for a computer that has some. */
export const copyWords = ({ target, layers, toSend, isAtMost }: CopyForecast): string =>
  target ? pushWords({ layers, ...(toSend !== undefined && { toSend }) }, isAtMost) : fileWords(layers, toSend);

function fileWords(layers: PushForecastLayer[], toSend: number | undefined): string {
  const there = layers.filter(({ state }) => state === 'there-already').length;
  const size = toSend === undefined ? 'an unknown number of bytes' : `about ${bytes(toSend)}`;
  const left = there > 0 ? ` ${count(there, 'layer')} ${are(there)} on that computer already.` : '';
  return `Writes ${size}: ${ofAll(layers.length - there, layers.length)}.${left}`;
}

const mountWords = (number: number): string => `The registry takes ${count(number, 'layer')} from another of its repositories.`;

const ofAll = (some: number, all: number): string => (some === all ? count(all, 'layer') : `${some} of ${count(all, 'layer')}`);

const are = (number: number): string => (number === 1 ? 'is' : 'are');

/** One line about the registry: its name, who one is there, and who else can see the image. */
export function placeWords({ registry, repository, username, visibility, isPlain }: RegistryFacts): string {
  const who = username ? `signed in as ${username}` : 'without a sign-in';
  const seen = { public: 'anyone can get it', private: 'not for everyone', unknown: '' }[visibility];
  return [`${registryName(registry)}, ${repository}`, who, seen, isPlain && 'not encrypted'].filter(Boolean).join(' · ');
}

/** What happens to one layer of a push, beside its size. */
export function layerWords({ state, mountedFrom, sentAgain }: PushForecastLayer): string {
  if (sentAgain) return 'Will be sent again: the registry has it, but this engine doesn’t know that';
  if (state === 'mount') return `Taken from ${mountedFrom}`;
  return state === 'send' ? 'Will be sent' : 'Already there';
}
