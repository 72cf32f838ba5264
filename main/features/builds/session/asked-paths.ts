import type { ContextFilter } from '../../../foundation/context/context-walk.ts';
import { IgnorePatterns } from '../../../foundation/context/ignore-patterns.ts';
import { PathGlobs } from '../../../foundation/context/path-globs.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';
import { nameOf } from '../../../foundation/formats/name-bytes.ts';
import { followLinks } from './follow-links.ts';

/** All values of a header, a character for each byte. */
export type Headers = (name: string) => string[];

/** What a builder wants from a folder and what must be left out, according to the call's headers and the ignore file. */
export async function filterFor(headers: Headers, root: string, ignoreLines: readonly string[]): Promise<ContextFilter> {
  const followed = await followLinks(root, readList(headers, 'followpaths'));
  // the folder itself among them means all of it
  const include = [...readList(headers, 'include-patterns'), ...(followed.includes('') ? [] : followed)];
  const exclude = wholeList(readList(headers, 'exclude-patterns'), ignoreLines);
  return {
    ...(include.length > 0 && { include: new PathGlobs(include) }),
    ...(exclude.length > 0 && { exclude: new IgnorePatterns(exclude) }),
  };
}

/** The names in a list; newer builders percent-encode it if a name is not ASCII. */
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
 * The complete list of what must be left out, byte for byte. On the way through the builder, bytes that are not text are
 * replaced, and Node's HTTP/2 silently drops a line with a control character. If the list is otherwise that of the ignore file,
 * the file itself is used. Throws if it is not and such a line is missing: with an incomplete list, files that must be left
 * out would be sent.
 */
export function wholeList(received: readonly string[], ignoreLines: readonly string[]): readonly string[] {
  const came = received.map(asArrived);
  const isListOf = (lines: readonly string[]) =>
    lines.length === came.length && lines.every((line, place) => asArrived(line) === came[place]);
  const isControlled = (line: string) => [...line].some(isControl);
  if (isListOf(ignoreLines) || isListOf(ignoreLines.filter((line) => !isControlled(line)))) return ignoreLines;
  if (ignoreLines.some((line) => isControlled(line) && !came.includes(asArrived(line)))) throw unreadableList;
  return received;
}

const asArrived = (line: string): string => line.replace(/[\udc80-\udcff]/gu, '\ufffd');

const isControl = (character: string): boolean => (character < ' ' && character !== '\t') || character === '\x7f';

const unreadableList = new FailureError({
  kind: 'dockerfile',
  title: 'A line of the ignore file can’t be sent to this builder',
  detail: 'The line has a control character, which gets lost on the way. Without that line, files that it leaves out would be sent.',
  hint: 'Remove the line from .dockerignore or rename the file, then build again.',
});
