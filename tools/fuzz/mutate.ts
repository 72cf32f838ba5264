import { gzipSync, zstdCompressSync } from 'node:zlib';
import { isHeader } from '../../main/foundation/formats/tar/parse-header.ts';
import { patched } from './make-tarball.ts';
import type { Random } from './random.ts';

/** One small change to a tarball. */
type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

const block = 512;
/** Places in a header, and the values that may stand there. */
const fields = [0, 100, 124, 136, 156, 157, 257, 263, 345, 482, 500];
const values = [
  '',
  '\0',
  '0',
  '7777777',
  '-1',
  '../',
  '/etc',
  'x'.repeat(40),
  'g',
  'x',
  'L',
  'K',
  'S',
  '1',
  '2',
  '5',
  '\u0080',
  'ÿÿÿÿ',
  '00000000012\0',
];
const words = ['null', '[]', '{}', '-1', '1e999', '""', 'true', '"__proto__"', '"../x"', '"sha256:0"', '[[[[', '\\u0000'];

const mutations: Mutation[] = [
  (bytes, random) => set(bytes, random.below(bytes.length), 1 << random.below(8)),
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random) => bytes.subarray(0, blockAt(bytes, random)),
  swapBlocks,
  (bytes, random) => splice(bytes, blockAt(bytes, random), block * random.below(4), Buffer.alloc(0)),
  (bytes, random) => splice(bytes, blockAt(bytes, random), 0, bytes.subarray(blockAt(bytes, random)).subarray(0, block * random.below(6))),
  (bytes, random, other) => Buffer.concat([bytes.subarray(0, blockAt(bytes, random)), other.subarray(blockAt(other, random))]),
  (bytes, random) => splice(bytes, random.below(bytes.length), 0, Buffer.alloc(random.below(2000), random.below(256))),
  changeHeader,
  changeHeader,
  changeHeader,
  changeWord,
  changeWord,
];

/** A tarball changed in a few places, and sometimes packed, and sometimes changed again. The same seed makes the same tarball. */
export function mutate(corpus: readonly Buffer[], random: Random): Buffer {
  let bytes = Buffer.from(random.pick(corpus));
  const turn = () => {
    for (let times = random.below(4); times >= 0; times--) {
      if (bytes.length > 0) bytes = Buffer.from(random.pick(mutations)(bytes, random, random.pick(corpus)));
    }
  };
  turn();
  const packed = random.below(8);
  if (packed > 1) return bytes;
  bytes = Buffer.from(packed === 0 ? gzipSync(bytes) : zstdCompressSync(bytes));
  if (random.below(2) === 0) turn();
  return bytes;
}

const blockAt = (bytes: Buffer, random: Random): number => random.below(Math.ceil(bytes.length / block)) * block;

function set(bytes: Buffer, at: number, flipped: number): Buffer {
  bytes[at] = (bytes[at] ?? 0) ^ flipped;
  return bytes;
}

const splice = (bytes: Buffer, at: number, removed: number, added: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);

function swapBlocks(bytes: Buffer, random: Random): Buffer {
  const [one, two] = [blockAt(bytes, random), blockAt(bytes, random)];
  const kept = Buffer.from(bytes.subarray(one, one + block));
  bytes.copy(bytes, one, two, two + block);
  kept.copy(bytes, two);
  return bytes;
}

// with a correct checksum, or the code after the checksum would never be reached
function changeHeader(bytes: Buffer, random: Random): Buffer {
  const headers: number[] = [];
  for (let at = 0; at + block <= bytes.length; at += block) if (isHeader(bytes.subarray(at, at + block))) headers.push(at);
  if (headers.length === 0) return bytes;
  const at = random.pick(headers);
  patched(bytes.subarray(at, at + block), { [random.pick(fields)]: Buffer.from(random.pick(values), 'latin1') }).copy(bytes, at);
  return bytes;
}

/** Replaces a word of JSON with something else of the same length in bytes. */
function changeWord(bytes: Buffer, random: Random): Buffer {
  const text = bytes.toString('latin1');
  const found = [...text.matchAll(/"[^"\0]{1,80}"|\b\d{1,10}\b|null|\[|\{/g)];
  if (found.length === 0) return bytes;
  const { index, 0: word } = random.pick(found);
  return Buffer.from(
    text.slice(0, index) + random.pick(words).padEnd(word.length).slice(0, word.length) + text.slice(index + word.length),
    'latin1',
  );
}
