import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { isText, nameOf, namesIn } from '../formats/name-bytes.ts';

/** Extended attributes by path (relative, with `/`) and by name. */
export type FileAttributes = ReadonlyMap<string, ReadonlyMap<string, Buffer>>;

/** Whose values decide over docker's cache: capabilities, and what people and programs attach. */
const wanted = '^security\\.capability$|^user\\.|^trusted\\.';
/** More names than this are not given one by one. */
const mostNames = 500;

/**
 * Reads the extended attributes of a folder, without what stands at its top and is not wanted. Node has no call for it, so
 * that Linux's own program is asked; where there is none, and on other systems, nothing is found.
 */
export async function readAttributes(root: string, isWanted: (name: string) => boolean, signal: AbortSignal): Promise<FileAttributes> {
  if (process.platform !== 'linux') return new Map();
  const names = (await namesIn(root)).filter(isWanted);
  if (names.length === 0) return new Map();
  // an argument has to be text
  const places = names.length > mostNames || !names.every(isText) ? ['.'] : names.map((name) => `./${name}`);
  const child = spawn('getfattr', ['-R', '-P', '-h', '-d', '-m', wanted, '-e', 'hex', '--', ...places], {
    cwd: root,
    signal,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child.on('error', () => {}); // not installed, or not wanted any more: its output ends without a line
  // names need not be UTF-8: each byte is a character until they are put together
  child.stdout.setEncoding('latin1');
  return parseAttributes(createInterface(child.stdout));
}

/** Reads the lines that `getfattr` prints, a character for each byte. */
export async function parseAttributes(lines: AsyncIterable<string> | Iterable<string>): Promise<FileAttributes> {
  const found = new Map<string, Map<string, Buffer>>();
  let own = new Map<string, Buffer>();
  for await (const line of lines) {
    if (line.startsWith('# file: ')) {
      own = new Map();
      found.set(nameOf(unquote(line.slice('# file: '.length))).replace(/^\.\//, ''), own);
      continue;
    }
    const [, name = '', value = ''] = /^(.*?)=(?:0x)?([0-9a-f]*)$/.exec(line) ?? [];
    if (name) own.set(nameOf(unquote(name)), Buffer.from(value, 'hex'));
  }
  return found;
}

// line breaks, backslashes and the like are printed as three octal digits
const unquote = (text: string): Buffer =>
  Buffer.from(
    text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8))),
    'latin1',
  );
