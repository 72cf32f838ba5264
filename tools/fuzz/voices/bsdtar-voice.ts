import { spawnSync } from 'node:child_process';
import { type Compared, indexedName, type OwnReading } from './read-own.ts';

// each file with its kind, size and digest, in a line of its own; a name that comes again takes the place of the one before
const listing = ['--create', '--file', '-', '--format', 'mtree', '--options', '!all,type,size,sha256'];

/** libarchive's bsdtar, the tar of BSD, macOS and Windows: what it finds in a file that ours accepts. */
export function compareWithBsdtar(path: string, own: OwnReading): Compared {
  if (hasFilesInFiles(own)) return { agreed: 'bsdtar makes no list of it' };
  const { status, stdout, stderr, error } = spawnSync('bsdtar', [...listing, `@${path}`], { maxBuffer: 2 ** 28, encoding: 'latin1' });
  if (error) return { agreed: 'no bsdtar here' };
  if (status !== 0) return { agreed: `bsdtar refuses it: ${stderr.replace(/^.*: /s, '').trim().slice(0, 40)}` };
  const theirs = new Map(stdout.split('\n').flatMap(readLine));
  const ours = new Map(own.entries.map(({ name, kind, size, digest }) => [indexedName(name), describe(kind, size, digest)]));
  // it makes digests of files with holes without the holes, and none if a name comes twice
  const isTwice = new Set(own.entries.map(({ name }) => indexedName(name))).size < own.entries.length;
  const told = (what: string | undefined) => (own.hasFilled || isTwice ? what?.replace(/ .*/, '') : what);
  const files = (entries: Map<string, string>) => [...entries].filter(([name, what]) => name !== '' && what !== '');
  const differing = [
    ...files(ours).filter(([name, what]) => told(theirs.get(name)) !== told(what)),
    ...files(theirs).filter(([name, what]) => told(ours.get(name)) !== told(what)),
  ];
  if (differing.length === 0) return { agreed: 'the same for bsdtar' };
  if (own.hasGlobal) return { agreed: 'bsdtar heeds a note for all files' };
  const [[name, what] = ['', '']] = differing;
  return { find: `bsdtar reads “${name}” otherwise: ours ${ours.get(name)}, its own ${theirs.get(name)} (${what})` };
}

// an entry inside something that is not a folder has no place in such a list
function hasFilesInFiles({ entries }: OwnReading): boolean {
  const files = new Set(entries.filter(({ kind }) => kind !== 'folder').map(({ name }) => indexedName(name)));
  return entries.some(({ name }) => {
    const parts = indexedName(name).split('/');
    return parts.slice(1).some((_, end) => files.has(parts.slice(0, end + 1).join('/')));
  });
}

// for a link it says where it leads, ours where the bytes are: files with bytes are compared
const describe = (kind: string, size: number, digest: string): string => (kind === 'file' && size > 0 ? `${size} ${digest}` : '');

function readLine(line: string): [string, string][] {
  const [name = '', ...facts] = line.split(' ');
  if (!/^\.?\//.test(name)) return [];
  const fact = (key: string) => facts.find((one) => one.startsWith(`${key}=`))?.slice(key.length + 1) ?? '';
  const bytes = Buffer.from(
    name.replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8))),
    'latin1',
  );
  const text = bytes.toString('utf8');
  const readable = Buffer.from(text).equals(bytes) ? text : bytes.toString('latin1');
  return [[indexedName(readable), describe(fact('type'), Number(fact('size')), fact('sha256digest'))]];
}
