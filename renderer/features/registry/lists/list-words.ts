import type { ListEntry, ListPlatform, ListPreview } from '../../../../contract/image-list.ts';
import { parseReference, repositoryOf } from '../../../../contract/reference.ts';
import { bytes, count, listed, listedUpTo, shortId } from '../../../ui/format.ts';

/** The end of a tag that names a platform: `-amd64`, `-linux-arm-v7`. */
const platformEnd = /[-_.](?:linux[-_])?(?:amd64|x86[-_]64|386|arm64(?:[-_]?v8)?|aarch64|arm(?:[-_]?v[5-7])?|ppc64le|riscv64|s390x)$/i;

/** A name for a list of these: what their tags have in common, without the platform. */
export function proposeName(references: readonly string[]): string {
  const [first] = references;
  if (first === undefined) return '';
  const { tag = 'latest', ...reference } = parseReference(first);
  const tags = references.map((one) => parseReference(one).tag ?? 'latest');
  const stems = new Set(tags.map((one) => one.replace(platformEnd, '')));
  const [stem = tag] = stems;
  const all = tags.includes(stem) || stems.size > 1 ? `${stem}-all` : stem;
  return `${repositoryOf(reference)}:${all}`;
}

/** Platforms that several of the chosen have: a list has one image for each. */
export function doubledIn(chosen: readonly ListEntry[]): string[] {
  const bySlot = new Map<string, ListEntry[]>();
  for (const entry of chosen) bySlot.set(entry.slot, [...(bySlot.get(entry.slot) ?? []), entry]);
  return [...bySlot.values()].flatMap(([first, ...more]) => (first && more.length > 0 ? [first.platform] : []));
}

/** Where an image of the list comes from, and what has to move for it. */
export function entryWords({ from, way, size, toSend, statements, tag }: ListEntry): string {
  const moving = toSend === undefined ? 'how much isn’t known' : toSend === 0 ? 'every layer is there' : `${bytes(toSend)} to send`;
  const how = {
    'there-already': 'it is there already',
    mount: 'the registry takes it from its other repository',
    send: toSend === 0 ? 'every layer is there' : moving,
    push: `your engine pushes it as ${tag?.name}, ${moving}`,
  }[way];
  const about = statements > 0 ? `, with ${count(statements, 'statement')} about its build` : '';
  return `${from}${size === undefined ? '' : ` · ${bytes(size)}`} · ${how}${about}`;
}

/** What goes over the line for all of them. */
export function sendWords(chosen: readonly ListEntry[]): string {
  const unknown = chosen.some(({ toSend }) => toSend === undefined);
  const total = chosen.reduce((sum, { toSend = 0 }) => sum + toSend, 0);
  if (unknown) return total > 0 ? `Sends more than ${bytes(total)}.` : 'How much has to be sent isn’t known.';
  return total === 0 ? 'No layer has to be sent.' : `Sends ${bytes(total)}.`;
}

/** What happens to the name. */
export function nameWords(name: string, { replaces }: ListPreview, chosen: readonly ListEntry[]): string {
  if (!replaces) return `${name} is new.`;
  const lost = replaces.platforms.filter(({ slot }) => !chosen.some((entry) => entry.slot === slot)).map(({ platform }) => platform);
  const names = replaces.platforms.map(({ platform }) => platform);
  const had = names.length > 0 ? ` (${listedUpTo(names)})` : '';
  const without = lost.length > 0 ? ` The list has nothing for ${listed(lost)}, which the name has now.` : '';
  return `${name} leads to ${shortId(replaces.digest)}${had}, and moves from there.${without}`;
}

export const platformWords = ({ platform, size }: ListPlatform): string =>
  [platform, size !== undefined && bytes(size)].filter(Boolean).join(' · ');
