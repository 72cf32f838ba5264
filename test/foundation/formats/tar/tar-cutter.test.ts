import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { bytesOf } from '../../../../main/foundation/formats/name-bytes.ts';
import { RefusedArchive } from '../../../../main/foundation/formats/refused-archive.ts';
import { TarCutter, type TarPiece } from '../../../../main/foundation/formats/tar/tar-cutter.ts';
import { entryBytes, patched, tarball } from '../../../../tools/fuzz/make-tarball.ts';
import { dockerArchive } from '../../../../tools/fuzz/sample-archives.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

function cut(bytes: Buffer, lengths: number[] = []): TarPiece[] {
  const cutter = new TarCutter();
  const pieces: TarPiece[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const next = at + (lengths[turn % (lengths.length || 1)] ?? bytes.length);
    pieces.push(...cutter.cut(bytes.subarray(at, next)));
    at = next;
  }
  if (!cutter.ended) cutter.finish();
  return pieces;
}

/** Names with their bodies. */
function files(pieces: TarPiece[]): [name: string, body: string][] {
  const found: [string, string][] = [];
  for (const piece of pieces) {
    if (piece.kind === 'head') found.push([piece.member.name, '']);
    const last = found.at(-1);
    if (piece.kind === 'body' && last) last[1] += piece.bytes.toString('latin1');
  }
  return found;
}

const joined = (pieces: TarPiece[]): Buffer => Buffer.concat(pieces.map(({ bytes }) => bytes));

const name = fc.stringMatching(/^[a-zé漢/ .-]{1,300}$/).filter((text) => !text.includes('\0'));
const entries = fc.array(fc.record({ name, body: fc.uint8Array({ maxLength: 2000 }).map(Buffer.from) }), { maxLength: 8 });
const lengths = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 5 });
const seeded = { seed: 20_240_607, numRuns: 150 };

test('what was written is read, however it is cut into pieces, and the pieces are the tarball again', () => {
  const told = fc.property(entries, lengths, (list, sizes) => {
    const bytes = tarball(...list);
    const pieces = cut(bytes, sizes);
    expect(files(pieces)).toEqual(list.map((entry) => [entry.name, entry.body.toString('latin1')]));
    expect(joined(pieces).equals(bytes)).toBe(true);
  });
  fc.assert(told, seeded);
});

test('what another library writes is read', async () => {
  const told = fc.asyncProperty(entries, lengths, async (list, sizes) => {
    const tar = pack();
    for (const { name, body } of list) tar.entry({ name }, body);
    tar.finalize();
    expect(files(cut(await buffer(tar), sizes))).toEqual(list.map((entry) => [entry.name, entry.body.toString('latin1')]));
  });
  await fc.assert(told, seeded);
});

test.each(['v7', 'ustar', 'gnu', 'oldgnu', 'posix'])('what GNU tar writes in the format %s is read', (format) => {
  const long = `${'d'.repeat(70)}/${'f'.repeat(format === 'v7' ? 20 : 80)}`;
  using folder = new WorkFolder({ [`in/${long}`]: 'long', 'in/short': 'x'.repeat(1500) });
  execFileSync('tar', [`--format=${format}`, '--sort=name', '-cf', folder.file('out.tar'), '-C', folder.file('in'), '.']);
  const found = files(cut(readFileSync(folder.file('out.tar')), [700]));
  expect(found.filter(([file]) => !file.endsWith('/'))).toEqual([
    [`./${long}`, 'long'],
    ['./short', 'x'.repeat(1500)],
  ]);
});

test('a file with holes that GNU tar wrote in its own format, which engines refuse, is recognised', () => {
  using folder = new WorkFolder({ 'in/after': 'x' });
  execFileSync('truncate', ['-s', '1M', folder.file('in/a-holes')]);
  for (const place of [0, 100, 200, 300, 400, 500, 600]) {
    execFileSync('dd', [
      'if=/dev/zero',
      `of=${folder.file('in/a-holes')}`,
      'bs=1k',
      `seek=${place}`,
      'count=1',
      'conv=notrunc',
      'status=none',
    ]);
  }
  execFileSync('tar', ['--format=gnu', '-S', '--sort=name', '-cf', folder.file('out.tar'), '-C', folder.file('in'), '.']);
  const members = cut(readFileSync(folder.file('out.tar'))).flatMap((piece) => (piece.kind === 'head' ? [piece.member] : []));
  expect(members.map(({ name: file, isSparse }) => [file, isSparse])).toEqual([
    ['./', false],
    ['./a-holes', true],
    ['./after', false],
  ]);
});

test('a body that nobody wants is skipped, and its place is known', () => {
  const bytes = tarball({ name: 'a', body: 'x'.repeat(5000) }, { name: 'b', body: 'y' });
  const cutter = new TarCutter();
  const [first] = cutter.cut(bytes.subarray(0, 512));
  expect(first).toMatchObject({ kind: 'head', member: { name: 'a', size: 5000, offset: 512 } });
  expect(cutter.skippable).toBe(5120);
  cutter.skip(cutter.skippable);
  const [second] = cutter.cut(bytes.subarray(cutter.position));
  expect(second).toMatchObject({ kind: 'head', member: { name: 'b', offset: 512 + 5120 + 512 } });
});

test('sizes in base 256 are read, as GNU tar writes them over 8 GB', () => {
  const header = patched(entryBytes({ name: 'big' }), { 124: Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 1]) });
  const [head] = new TarCutter().cut(header);
  expect(head).toMatchObject({ member: { size: 9 * 2 ** 32 + 1 } });
});

test('a link or a folder has no body, whatever its size says', () => {
  const link = patched(entryBytes({ name: 'l', kind: 'symlink', linkName: 'x' }), { 124: '00000001000\0' });
  expect(files(cut(Buffer.concat([link, tarball({ name: 'after', body: 'z' })])))).toEqual([
    ['l', ''],
    ['after', 'z'],
  ]);
});

test('a name of bytes that aren’t text stays a name of its own, whose bytes are known', () => {
  const odd = (byte: number) => patched(entryBytes({ name: 'x' }), { 0: Buffer.from([byte]) });
  const named = files(cut(Buffer.concat([odd(0xfe), odd(0xff), entryBytes({ name: 'ÿ' }), tarball()]))).map(([file]) => file);
  expect(named.map(bytesOf)).toEqual([Buffer.of(0xfe), Buffer.of(0xff), Buffer.from('ÿ')]);
});

test('cut off at every block: refused, or ended between two files', () => {
  const bytes = dockerArchive();
  for (let end = 0; end < bytes.length - 1024; end += 256) {
    const reads = () => joined(cut(bytes.subarray(0, end)));
    if (isBetweenFiles(bytes, end)) expect(reads()).toHaveLength(end);
    else expect(reads, `at ${end}`).toThrow(RefusedArchive);
  }
});

function isBetweenFiles(bytes: Buffer, end: number): boolean {
  const ends = cut(bytes).flatMap((piece) => (piece.kind === 'head' ? [piece.member.offset + piece.member.size] : []));
  // the padding of a file's last block may be missing
  return end === 0 || ends.some((bodyEnd) => end >= bodyEnd && end <= Math.ceil(bodyEnd / 512) * 512);
}

test('each changed bit of a header is found, except a space for a zero in the sum itself', () => {
  const bytes = tarball({ name: 'some/file.txt', body: 'content' });
  for (let bit = 0; bit < 512 * 8; bit++) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const isSameSum = bit >> 3 >= 148 && bit >> 3 < 156 && sumOf(changed) === sumOf(bytes);
    if (isSameSum) expect(files(cut(changed))).toEqual([['some/file.txt', 'content']]);
    else expect(() => cut(changed), `bit ${bit}`).toThrow(RefusedArchive);
  }
});

const sumOf = (bytes: Buffer): string | undefined => /^[ \0]*0*([0-7]+)[ \0]*$/.exec(bytes.toString('latin1', 148, 156))?.[1];

test.each([
  ['an owner', { 108: 'x000000\0' }],
  ['a time', { 136: 'g0000000000\0' }],
  ['a device', { 329: '9999999\0' }],
  ['a size behind a zero', { 124: '\x000000001053\0' }],
])('%s that isn’t a number is refused, as the engine stops there or readers differ', (_, change) => {
  expect(() => cut(patched(entryBytes({ name: 'a' }), change))).toThrow('The file is damaged');
});
