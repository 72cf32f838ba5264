import { compare, parse } from 'semver';
import { isReference } from '../../../contract/reference.ts';

/** A valid image tag and the text that it was taken from: 1.4.2 from `v1.4.2`. */
export type Version = { tag: string; written: string };

/** The highest version among git tags (`v1.4.2`, before `app-1.4.2`), else any tag that is valid for an image. */
export function versionOfTags(tags: string[]): Version | undefined {
  const plain = highest(tags.flatMap((tag) => found(tag, /^v?(\d+(?:\.\d+){1,2}(?:-[\w.-]+)?)$/)));
  const named = highest(tags.flatMap((tag) => found(tag, /[-/@_]v?(\d+(?:\.\d+){1,2}(?:-[\w.-]+)?)$/)));
  const others = tags.map((written) => ({ tag: written.replaceAll('/', '-'), written }));
  return plain ?? named ?? others.find(({ tag }) => isReference(`a:${tag}`));
}

/** The version in a text. Build metadata after `+` is dropped, as a tag may not have it; 0.0.0 means that nobody has set a version. */
export function versionIn(text: string): Version | undefined {
  const [version] = found(text.trim(), /^v?(\d+(?:\.\d+){0,3}(?:-[\w.-]+)?)(?:\+\S+)?$/);
  return version?.tag === '0.0.0' ? undefined : version;
}

/** Whether one version comes after another; false if either is not a version. */
export const isMore = (one: string, other: string): boolean =>
  [one, other].every((text) => /^\d+(?:\.\d+)*(?:-|$)/.test(text)) && compare(whole(one), whole(other)) > 0;

function found(written: string, pattern: RegExp): Version[] {
  const tag = pattern.exec(written)?.[1];
  return tag === undefined ? [] : [{ tag, written }];
}

// by the rules of semver.org, §11: a release wins over its prereleases
const highest = (versions: Version[]): Version | undefined => versions.sort((a, b) => compare(whole(a.tag), whole(b.tag))).at(-1);
// 1.4 stands for 1.4.0; leading zeros and the like are tolerated
const whole = (version: string): string => {
  const [numbers = '', ...rest] = version.split('-');
  const padded = [...numbers.split('.'), '0', '0'].slice(0, 3).map((part) => BigInt(part).toString());
  const tried = rest.join('-');
  return parse(`${padded.join('.')}${tried ? `-${tried}` : ''}`)?.version ?? '0.0.0';
};
