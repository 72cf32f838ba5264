import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { isText, nameOf, namesIn } from '../formats/name-bytes.ts';

/** Extended attributes by path (relative, with `/`) and by name. */
export type FileAttributes = ReadonlyMap<string, ReadonlyMap<string, Buffer>>;

/** The attributes that docker's cache depends on: capabilities, and those that people and programs attach. */
const wanted = '^security\\.capability$|^user\\.|^trusted\\.';
/** With more names than this, the whole folder is read. */
const mostNames = 500;

/**
 * Reads the extended attributes in a folder, skipping unwanted names at its top. Node has no call for this, so Linux's
 * `getfattr` does it; without that program, and on other systems, the result is empty.
 */
export async function readAttributes(root: string, isWanted: (name: string) => boolean, signal: AbortSignal): Promise<FileAttributes> {
  if (process.platform !== 'linux') return new Map();
  const names = (await namesIn(root)).filter(isWanted);
  if (names.length === 0) return new Map();
  // arguments have to be text
  const places = names.length > mostNames || !names.every(isText) ? ['.'] : names.map((name) => `./${name}`);
  const child = spawn('getfattr', ['-R', '-P', '-h', '-d', '-m', wanted, '-e', 'hex', '--', ...places], {
    cwd: root,
    signal,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child.on('error', () => {}); // not installed, or stopped: the output just ends
  // names need not be UTF-8, so each byte is one character for now
  child.stdout.setEncoding('latin1');
  return parseAttributes(createInterface(child.stdout));
}

/** Parses the output of `getfattr`, one character for each byte. */
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

// getfattr prints line breaks, backslashes and the like as three octal digits
const unquote = (text: string): Buffer =>
  Buffer.from(
    text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8))),
    'latin1',
  );
