import { basename, join } from 'node:path';
import { compare, parse } from 'semver';
import type { NameSuggestion } from '../../../contract/build.ts';
import { isReference, parseReference, usualTags } from '../../../contract/reference.ts';
import { readGit } from './git-facts.ts';
import { readSmallText } from './read-small-file.ts';

/** Names for the image, the best first: what is tagged in git, else what the project says its version is, else the folder's. */
export async function suggestNames(folder: string): Promise<NameSuggestion[]> {
  const [git, version, manifest] = await Promise.all([readGit(folder), readVersion(folder), readManifest(folder)]);
  const [owner, project] = (git.origin ?? '').split('/');
  const base = cleanName(manifest.name ?? '') ?? cleanName(project ?? '') ?? suggestReference(basename(folder));
  const ownerName = cleanName(owner ?? '');
  const repository = base.includes('/') || !ownerName ? base : `${ownerName}/${base}`;
  const suggestions = [
    suggest(repository, tagOf(git.tags), 'git tag'),
    suggest(repository, version, 'VERSION'),
    suggest(repository, manifest.version, 'package.json'),
    suggest(suggestReference(basename(folder)), 'latest', 'folder'),
    suggest(repository, git.commit?.slice(0, 7), 'git commit'),
  ].filter((one) => one !== undefined);
  // what an earlier one gives as well, by a tick, is no choice of its own
  const isGiven = (by: NameSuggestion, reference: string): boolean => by.reference === reference || by.alsoAs.includes(reference);
  return suggestions.filter(({ reference }, place) => !suggestions.slice(0, place).some((earlier) => isGiven(earlier, reference)));
}

function suggest(repository: string, tag: string | undefined, from: NameSuggestion['from']): NameSuggestion | undefined {
  const reference = `${repository}:${tag}`;
  if (!tag || !isReference(reference) || parseReference(reference).tag !== tag) return undefined;
  return {
    reference,
    from,
    // a hash of digits alone is no version
    alsoAs: Object.values(from === 'git commit' ? {} : usualTags(tag))
      .map((also) => `${repository}:${also}`)
      .filter((also) => also !== reference),
  };
}

/** The highest version among git tags (`v1.4.2`, before `app-1.4.2`), else any tag that may be an image's. */
function tagOf(tags: string[]): string | undefined {
  const plain = highest(tags.flatMap((tag) => /^v?(\d+(?:\.\d+){1,2}(?:-[\w.-]+)?)$/.exec(tag)?.[1] ?? []));
  const named = highest(tags.flatMap((tag) => /[-/@_]v?(\d+(?:\.\d+){1,2}(?:-[\w.-]+)?)$/.exec(tag)?.[1] ?? []));
  return plain ?? named ?? tags.map((tag) => tag.replaceAll('/', '-')).find((tag) => isReference(`a:${tag}`));
}

// by the rules of semver.org, §11: a release wins over what was tried out before it
const highest = (versions: string[]): string | undefined => versions.sort((a, b) => compare(whole(a), whole(b))).at(-1);
// 1.4 stands for 1.4.0; zeros in front and the like are taken as they are meant
const whole = (version: string): string => {
  const [numbers = '', ...rest] = version.split('-');
  const padded = [...numbers.split('.'), '0', '0'].slice(0, 3).map((part) => BigInt(part).toString());
  const tried = rest.join('-');
  return parse(`${padded.join('.')}${tried ? `-${tried}` : ''}`)?.version ?? '0.0.0';
};

async function readVersion(folder: string): Promise<string | undefined> {
  const [line = ''] = (await readSmallText(join(folder, 'VERSION'))).split(/\r?\n/);
  return versionIn(line);
}

async function readManifest(folder: string): Promise<{ name?: string; version?: string }> {
  try {
    const read: unknown = JSON.parse(await readSmallText(join(folder, 'package.json')));
    const { name, version } = read as { name?: unknown; version?: unknown };
    // "@acme/app" is acme's app
    const plain = typeof name === 'string' ? name.replace(/^@/, '') : undefined;
    const known = typeof version === 'string' ? versionIn(version) : undefined;
    return { ...(plain && { name: plain }), ...(known && { version: known }) };
  } catch {
    return {};
  }
}

// `+` is for build metadata, which a tag may not have; 0.0.0 is what stands there before anybody thought of a version
function versionIn(text: string): string | undefined {
  const found = /^\s*v?(\d+(?:\.\d+){0,3}(?:-[\w.-]+)?)(?:\+\S+)?\s*$/.exec(text)?.[1];
  return found === '0.0.0' ? undefined : found;
}

/** A name for the image from the folder's: small letters, and nothing that a reference may not have. */
export const suggestReference = (folder: string): string => cleanName(folder.replaceAll('/', '-')) ?? 'my-image';

function cleanName(text: string): string | undefined {
  const name = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .split('/')
    .map((part) =>
      part
        .replace(/[^a-z0-9._-]+/g, '-')
        .replace(/[._-]{2,}/g, '-')
        .replace(/^[._-]+|[._-]+$/g, ''),
    )
    .join('/');
  return isReference(name) ? name : undefined;
}
