import { basename } from 'node:path';
import type { LookedAt } from '../formats/packing/look-at-file.ts';
import { RefusedArchive } from '../formats/refused-archive.ts';

/** Says what a file is that is not a tarball, judging by its first bytes, or by its name if they are unknown. */
export function refuseFile({ path, size, start: bytes }: Omit<LookedAt, 'packing'>): RefusedArchive {
  const start = Buffer.from(bytes);
  const name = basename(path);
  if (size === 0) return new RefusedArchive('The file is empty', 'There is nothing in it. Copy, download or save it again.');
  const latin = start.toString('latin1');
  const known = kinds.find(({ is }) => is(latin));
  if (known) return new RefusedArchive(known.title, known.reason);
  if (latin.slice(257, 262) === 'ustar') {
    return new RefusedArchive(
      'The file is damaged',
      'It was a tarball, but its beginning has been changed. Copy, download or save it again.',
    );
  }
  if (isLaterPart(name)) {
    return new RefusedArchive(
      'This is one part of a larger file',
      `Its name ends like that of one part of several, and it doesn’t begin like a whole file. Put all parts together, in order (cat ${bareName(name)}.* > ${bareName(name)}), and drop the result here.`,
    );
  }
  if (isText(start)) return new RefusedArchive('This is text, not an image', expected);
  return new RefusedArchive(
    'This isn’t a tarball',
    `Layerdeck doesn’t recognise its first bytes; it may be encrypted or damaged. ${expected}`,
  );
}

// as split, 7-Zip and others number them
const partEnding = /\.(?:[a-z]{2}|\d{2,3}|part\d+)$/;
const bareName = (name: string): string => name.replace(partEnding, '');
const isLaterPart = (name: string): boolean => partEnding.test(name) && /\.(?:tar|tgz|tzst|txz)(?:\.\w+)?$/.test(bareName(name));

const expected = 'Images come in .tar, .tar.gz, .tar.zst, .tar.xz and .tar.bz2 files, as “Save” or docker save writes them.';
const unpackAndDrop = 'If there is an image in it, unpack it first and drop the result here.';

type Kind = { is(start: string): boolean; title: string; reason: string };

const begins = (...magics: string[]) => ({ is: (start: string) => magics.some((magic) => start.startsWith(magic)) });

const kinds: Kind[] = [
  { ...begins('PK\x03\x04', 'PK\x05\x06'), title: 'This is a zip file', reason: unpackAndDrop },
  {
    ...begins('7z\xbc\xaf', 'Rar!', 'LZIP', '\x04\x22\x4d\x18', '\x1f\x9d', ']\0\0'),
    title: 'This is another kind of archive',
    reason: unpackAndDrop,
  },
  {
    ...begins('-----BEGIN PGP', 'Salted__', 'age-encryption.org', '\x85\x01', '\x85\x02', '\x84\x5e', '\x8c\x0d'),
    title: 'The file is encrypted',
    reason: 'Decrypt it with the program and the key it was encrypted with, and drop the result here.',
  },
  {
    // the first letters of a tarball that was read as text and written as UTF-16
    is: (start) => /^\xff\xfe(?:[^\0]\0){4}/.test(start),
    title: 'The file was written as text, which has ruined it',
    reason:
      'PowerShell turned an image into text, as after docker save … > file.tar. It can’t be recovered. Save it again, with “Save” or with docker save -o file.tar ….',
  },
  {
    ...begins('version https://git-lfs'),
    title: 'This only says where the file is',
    reason: 'Git LFS stores large files elsewhere, and this one hasn’t been fetched yet. Fetch it with git lfs pull.',
  },
  {
    is: (start) => /^\s*<(?:!doctype|html|\?xml)/i.test(start),
    title: 'This is a web page, not an image',
    reason: 'The download went wrong; perhaps it needs a login. See what the page says, and download the file again.',
  },
  {
    is: isDockerfile,
    title: 'This is a Dockerfile, not an image',
    reason: 'An image can be built from it. Drop it on its own on this window.',
  },
  {
    ...begins('QFI\xfb', 'KDMV', 'conectix', 'hsqs', 'vhdxfile'),
    title: 'This is the disk of a virtual machine',
    reason: 'It holds a whole computer, not a container image. Open it with the program it was made for.',
  },
  {
    ...begins('%PDF', '\x89PNG', '\xff\xd8\xff', 'GIF8', 'MZ', '\x7fELF', '\xcf\xfa\xed\xfe', '\0asm'),
    title: 'This is a document, a picture or a program',
    reason: expected,
  },
];

const isText = (start: Buffer): boolean => /^[\t\n\r\x20-\x7e\x80-\xff]*$/.test(start.toString('latin1')) && !start.includes(0);

/** Whether it looks like one. Line by line: a single pattern for everything would take forever on a file of blanks. */
export function isDockerfile(start: string): boolean {
  const first = start.split('\n').find((line) => line.trim() !== '' && !/^\s*(?:#|ARG )/i.test(line));
  return first !== undefined && /^\s*FROM(?:\s+--\S+)*\s+[^\s-]\S*(?:\s+AS\s+\S+)?\s*$/i.test(first) && !start.includes('\0');
}
