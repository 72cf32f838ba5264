import { nameOf as textOf } from '../name-bytes.ts';
import { damaged } from '../refused-archive.ts';

/** One header block on its own, without what headers before it say about the same entry. */
export type RawHeader = {
  name: string;
  linkName: string;
  size: number;
  mode: number;
  typeFlag: string;
  /** Old GNU tar: more blocks with the positions of holes follow before the body. */
  hasMoreHoles: boolean;
};

export const blockSize = 512;

/** Whether a block can be the header of an entry: it contains the sum of its bytes. */
export function isHeader(block: Buffer): boolean {
  if (block.length < blockSize) return false;
  const told = octal(block.subarray(148, 156));
  const { unsigned, signed } = sums(block);
  return told !== undefined && (told === unsigned || told === signed);
}

/** Reads ustar, pax, GNU, star and the format before them. Throws a refusal if the block is not a header. */
export function parseHeader(block: Buffer): RawHeader {
  if (!isHeader(block)) throw damaged('the header of an entry doesn’t add up');
  checkNumbers(block);
  return {
    name: nameOf(block),
    linkName: text(block.subarray(157, 257)),
    size: number(block.subarray(124, 136)),
    mode: number(block.subarray(100, 108)),
    typeFlag: String.fromCharCode(block[156] ?? 0),
    hasMoreHoles: block[482] === 1,
  };
}

// some old programs added up the bytes as signed numbers
function sums(block: Buffer): { unsigned: number; signed: number } {
  let unsigned = 0;
  let signed = 0;
  for (let at = 0; at < blockSize; at++) {
    const byte = at >= 148 && at < 156 ? 0x20 : (block[at] ?? 0);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  return { unsigned, signed };
}

// owner, group and time; Go's reader, and so the engine, fails if these are not numbers, and other readers silently stop
const numberFields = [
  [108, 116],
  [116, 124],
  [136, 148],
] as const;
const deviceFields = [
  [329, 337],
  [337, 345],
] as const;

function checkNumbers(block: Buffer): void {
  const isUstar = block.toString('latin1', 257, 262) === 'ustar';
  for (const [begin, end] of isUstar ? [...numberFields, ...deviceFields] : numberFields) {
    const field = block.subarray(begin, end);
    if (!((field[0] ?? 0) & 0x80) && octal(field) === undefined) throw damaged('the header of an entry doesn’t add up');
  }
  // Go skips a NUL before a size; others take it for the size's end
  if (/^\0+[^\0 ]/.test(block.toString('latin1', 124, 136))) throw damaged('a file has an impossible size');
}

function nameOf(block: Buffer): string {
  const name = text(block.subarray(0, 100));
  const prefix = prefixOf(block);
  return prefix === '' ? name : `${prefix}/${name}`;
}

function prefixOf(block: Buffer): string {
  // as in Go's reader, the version after the magic word does not matter
  if (block.toString('latin1', 257, 263) === 'ustar\0') {
    const isStar = block.toString('latin1', 508, 512) === 'tar\0';
    return text(block.subarray(345, isStar ? 476 : 500));
  }
  if (block.toString('latin1', 257, 265) !== 'ustar  \0') return '';
  // GNU tar stores times where POSIX has the first part of a long name; if these are not times, an old Go writer put a name there
  const times = [block.subarray(345, 357), block.subarray(357, 369)];
  if (times.every((time) => !time[0] || time[0] & 0x80 || octal(time) !== undefined)) return '';
  const prefix = text(block.subarray(345, 500));
  return /^[\0-\x7f]*$/.test(prefix) ? prefix : '';
}

/** The text up to the first NUL, in the form of `name-bytes.ts`: different names stay different. */
export function text(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return textOf(end < 0 ? bytes : bytes.subarray(0, end));
}

function number(field: Buffer): number {
  const value = (field[0] ?? 0) & 0x80 ? base256(field) : octal(field);
  if (value === undefined || !Number.isSafeInteger(value)) throw damaged('a file has an impossible size');
  return value;
}

/** Digits with spaces or NULs around them; none at all is zero. Undefined if there is anything else. */
function octal(field: Buffer): number | undefined {
  let at = 0;
  while (isBlank(field[at])) at++;
  let value = 0;
  // by hand: a header has seven such fields, and a layer a hundred thousand headers
  for (let digit = (field[at] ?? 0) - 0x30; digit >= 0 && digit <= 7; digit = (field[at] ?? 0) - 0x30) {
    value = value * 8 + digit;
    at++;
  }
  while (isBlank(field[at])) at++;
  return at < field.length ? undefined : value;
}

const isBlank = (byte: number | undefined): boolean => byte === 0 || byte === 0x20;

/** A number that may be below zero, such as a time before 1970. */
export function signedNumber(field: Buffer): number {
  if (!((field[0] ?? 0) & 0x80)) return octal(field) ?? 0;
  // two's complement over all bits but the first
  let value = ((field[0] ?? 0) & 0x7f) - ((field[0] ?? 0) & 0x40 ? 0x80 : 0);
  for (const byte of field.subarray(1)) value = value * 256 + byte;
  return value;
}

// for sizes over 8 GB; a first byte of 0xff begins a negative number, which a size cannot be
function base256(field: Buffer): number | undefined {
  if (field[0] !== 0x80) return undefined;
  let value = 0;
  for (const byte of field.subarray(1)) value = value * 256 + byte;
  return value;
}
