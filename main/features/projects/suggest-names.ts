import { basename, join } from 'node:path';
import { longestWritten, type NameSuggestion } from '../../../contract/build.ts';
import { isReference, parseReference, usualTags } from '../../../contract/reference.ts';
import { readSmallText } from '../../foundation/files/read-small-file.ts';
import { readGit } from './git-facts.ts';
import { isMore, type Version, versionIn, versionOfTags } from './versions.ts';

/**
 * Names for the image, the best first: from the git tag, else from the project's version, else from the folder. Each source has
 * its own suggestion, even if two are the same, so that later changes of each source can be noticed.
 */
export async function suggestNames(folder: string): Promise<NameSuggestion[]> {
  const [git, version, manifest] = await Promise.all([readGit(folder), readVersion(folder), readManifest(folder)]);
  const [owner, project] = (git.origin ?? '').split('/');
  const base = cleanName(manifest.name ?? '') ?? cleanName(project ?? '') ?? suggestReference(basename(folder));
  const ownerName = cleanName(owner ?? '');
  const repository = base.includes('/') || !ownerName ? base : `${ownerName}/${base}`;
  const tagged = suggest(repository, versionOfTags(git.tags), 'git tag');
  const files = [suggest(repository, version, 'VERSION'), suggest(repository, manifest.version, 'package.json')];
  const said = files.filter((one) => one !== undefined);
  // a file with a higher version than the tag was written for the next release
  const isAhead = (one: NameSuggestion): boolean => tagged !== undefined && isMore(tagIn(one), tagIn(tagged));
  return [
    ...said.filter(isAhead),
    tagged,
    ...said.filter((one) => !isAhead(one)),
    suggest(suggestReference(basename(folder)), asWritten('latest'), 'folder'),
    suggest(repository, git.commit ? asWritten(git.commit.slice(0, 7)) : undefined, 'git commit'),
  ].filter((one) => one !== undefined);
}

const tagIn = ({ reference }: NameSuggestion): string => parseReference(reference).tag ?? '';

const asWritten = (tag: string): Version => ({ tag, written: tag });

function suggest(repository: string, version: Version | undefined, from: NameSuggestion['from']): NameSuggestion | undefined {
  if (!version) return undefined;
  const { tag, written } = version;
  const reference = `${repository}:${tag}`;
  if (!isReference(reference) || parseReference(reference).tag !== tag) return undefined;
  return {
    reference,
    from,
    written: written.slice(0, longestWritten),
    // a hash made only of digits is not a version
    alsoAs: Object.values(from === 'git commit' ? {} : usualTags(tag))
      .map((also) => `${repository}:${also}`)
      .filter((also) => also !== reference),
  };
}

async function readVersion(folder: string): Promise<Version | undefined> {
  const [line = ''] = (await readSmallText(join(folder, 'VERSION'))).split(/\r?\n/);
  return versionIn(line);
}

async function readManifest(folder: string): Promise<{ name?: string; version?: Version }> {
  try {
    // like npm, ignore the byte order mark that some editors write
    const read: unknown = JSON.parse((await readSmallText(join(folder, 'package.json'))).replace(/^\uFEFF/, ''));
    const { name, version } = read as { name?: unknown; version?: unknown };
    // "@acme/app" becomes "acme/app"
    const plain = typeof name === 'string' ? name.replace(/^@/, '') : undefined;
    const known = typeof version === 'string' ? versionIn(version) : undefined;
    return { ...(plain && { name: plain }), ...(known && { version: known }) };
  } catch {
    return {};
  }
}

/** A name for the image made from the folder's: lowercase, and only characters that a reference may have. */
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
