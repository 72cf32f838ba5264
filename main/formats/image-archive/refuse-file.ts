import { RefusedArchive } from '../refused-archive.ts';

/** Says what a file is that is no tarball, told by its first bytes, and by its name where they are not known. */
export function refuseFile(start: Buffer, size: number, name = ''): RefusedArchive {
  if (size === 0)
    return new RefusedArchive('The file is empty', 'There is nothing in it. Copy, download or save it again from where it came.');
  const latin = start.toString('latin1');
  const known = kinds.find(({ is }) => is(latin));
  if (known) return new RefusedArchive(known.title, known.reason);
  if (latin.slice(257, 262) === 'ustar') {
    return new RefusedArchive('The file is damaged', 'It was a tarball, but its beginning was changed. Copy, download or save it again.');
  }
  if (isLaterPart(name)) {
    return new RefusedArchive(
      'This is a part of a larger file',
      `Its name ends as that of one part of several, and it does not begin as a file does. Put all parts together, in order (cat ${bareName(name)}.* > ${bareName(name)}), and drop what comes out here.`,
    );
  }
  if (isText(start)) return new RefusedArchive('This is a text, not an image', expected);
  return new RefusedArchive(
    'This is no tarball',
    `Its first bytes are of no kind that Layerdeck knows; it may be encrypted or damaged. ${expected}`,
  );
}

// as split, 7-Zip and others number them
const partEnding = /\.(?:[a-z]{2}|\d{2,3}|part\d+)$/;
const bareName = (name: string): string => name.replace(partEnding, '');
const isLaterPart = (name: string): boolean => partEnding.test(name) && /\.(?:tar|tgz|tzst|txz)(?:\.\w+)?$/.test(bareName(name));

const expected = 'Images are kept in .tar, .tar.gz, .tar.zst and .tar.xz files, as “Save” or docker save write them.';
const unpackAndDrop = 'If an image is in it, unpack it first, and drop what comes out here.';

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
    ...begins('BZh'),
    title: 'This file is packed with bzip2',
    reason: 'Unpack it first; the .tar that comes out can be dropped here.',
  },
  {
    ...begins('-----BEGIN PGP', 'Salted__', 'age-encryption.org', '\x85\x01', '\x85\x02', '\x84\x5e', '\x8c\x0d'),
    title: 'The file is encrypted',
    reason: 'Decrypt it with the program and the key it was encrypted with, and drop what comes out here.',
  },
  {
    // the first letters of a tarball that was read as text and written as UTF-16
    is: (start) => /^\xff\xfe(?:[^\0]\0){4}/.test(start),
    title: 'The file was written as text and is spoilt',
    reason:
      'PowerShell turned an image into text, as after docker save … > file.tar. It cannot be had back. Save it again, with “Save” or with docker save -o file.tar ….',
  },
  {
    ...begins('version https://git-lfs'),
    title: 'This is only a note where the file is',
    reason: 'Git LFS keeps large files elsewhere, and this one has not been fetched yet. Fetch it with git lfs pull.',
  },
  {
    is: (start) => /^\s*<(?:!doctype|html|\?xml)/i.test(start),
    title: 'This is a web page, not an image',
    reason: 'The download went wrong: perhaps it needs a sign-in. Download it again, and look at what the page says.',
  },
  {
    is: isDockerfile,
    title: 'This is a Dockerfile, not an image',
    reason: 'An image can be built from it: drop the folder it lies in here.',
  },
  {
    ...begins('QFI\xfb', 'KDMV', 'conectix', 'hsqs', 'vhdxfile'),
    title: 'This is the disk of a virtual machine',
    reason: 'It holds a whole computer, not a container’s image. Open it with the program it was made for.',
  },
  {
    ...begins('%PDF', '\x89PNG', '\xff\xd8\xff', 'GIF8', 'MZ', '\x7fELF', '\xcf\xfa\xed\xfe', '\0asm'),
    title: 'This is a document, a picture or a program',
    reason: expected,
  },
];

const isText = (start: Buffer): boolean => /^[\t\n\r\x20-\x7e\x80-\xff]*$/.test(start.toString('latin1')) && !start.includes(0);

// line by line: one pattern for all would try forever on a file of blanks
function isDockerfile(start: string): boolean {
  const first = start.split('\n').find((line) => line.trim() !== '' && !/^\s*(?:#|ARG )/i.test(line));
  return first !== undefined && /^\s*FROM\s+\S/i.test(first) && !start.includes('\0');
}
