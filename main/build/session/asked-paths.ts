import { FailureError } from '../../engine/failure.ts';
import { nameOf } from '../../formats/name-bytes.ts';
import type { ContextFilter } from '../context-walk.ts';
import { IgnorePatterns } from '../ignore-patterns.ts';
import { PathGlobs } from '../path-globs.ts';
import { followLinks } from './follow-links.ts';

/** All values of a header, a character for each byte. */
export type Headers = (name: string) => string[];

/** What a builder wants of a folder, and what is to be kept back, as the headers of its call say. */
export async function filterFor(headers: Headers, root: string): Promise<ContextFilter> {
  const followed = await followLinks(root, readList(headers, 'followpaths'));
  // the folder itself among them means all of it
  const include = [...readList(headers, 'include-patterns'), ...(followed.includes('') ? [] : followed)];
  const exclude = readList(headers, 'exclude-patterns');
  return {
    ...(include.length > 0 && { include: new PathGlobs(include) }),
    ...(exclude.length > 0 && { exclude: new IgnorePatterns(exclude) }),
  };
}

/** The names in a list, which newer builders write as in the query of an address where one of them is no ASCII. */
export function readList(headers: Headers, name: string): string[] {
  const [isEncoded] = headers(`${name}-encoded`);
  const decode = /^(?:1|t|true)$/i.test(isEncoded ?? '') ? decodeQuery : (value: string) => Buffer.from(value, 'latin1');
  return headers(name).map((value) => nameOf(decode(value)));
}

function decodeQuery(value: string): Buffer {
  if (/%(?![0-9A-Fa-f]{2})/.test(value)) throw unreadableList;
  const bytes = value.replaceAll('+', ' ').replace(/%(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return Buffer.from(bytes, 'latin1');
}

/**
 * Rejects where the builder was told of lines that did not come back: HTTP/2 drops a value with a control character without a
 * word. With less than the whole list, what is to be kept back would be sent.
 */
export function refuseLostLines(lines: readonly string[], received: readonly string[]): void {
  const there = new Set(received);
  const lost = lines.filter((line) => [...line].some(isControl) && !there.has(line));
  if (lost.length > 0) throw unreadableList;
}

const isControl = (character: string): boolean => (character < ' ' && character !== '\t') || character === '\x7f';

const unreadableList = new FailureError({
  kind: 'dockerfile',
  title: 'A line of the ignore file cannot be sent to this builder',
  detail: 'It has a control character, which gets lost on the way. Without that line, files would be sent that it is to keep back.',
  hint: 'Remove the line from .dockerignore or rename the file, then build again.',
});
