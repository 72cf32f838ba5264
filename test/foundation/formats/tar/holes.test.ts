import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TarCutter } from '../../../../main/foundation/formats/tar/tar-cutter.ts';
import { tarHeader, tarPadding } from '../../../../main/foundation/formats/tar/tar-header.ts';
import { tarball } from '../../../../tools/fuzz/make-tarball.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

/** Every file by its name, according to the cut pieces, and to the pieces read again. */
function filesOf(bytes: Buffer, pieceSize: number): Record<string, Buffer> {
  const cutter = new TarCutter();
  const files: Record<string, Buffer[]> = {};
  const all: Buffer[] = [];
  let last: { name: string; size: number } | undefined;
  for (let at = 0; at < bytes.length; at += pieceSize) {
    for (const piece of cutter.cut(bytes.subarray(at, at + pieceSize))) {
      all.push(piece.bytes);
      if (piece.kind === 'head') {
        last = piece.member;
        files[last.name] = [];
        expect(piece.member.offset).toBe(all.reduce((sum, { length }) => sum + length, 0));
      }
      if (piece.kind === 'body' && last) files[last.name]?.push(piece.bytes);
    }
  }
  if (!cutter.ended) all.push(cutter.finish());
  expect(cutter.position).toBe(Buffer.concat(all).length);
  if (cutter.hasFilled) expect(filesOf(Buffer.concat(all), pieceSize)).toEqual(asBuffers(files));
  return asBuffers(files);
}

const asBuffers = (files: Record<string, Buffer[]>): Record<string, Buffer> =>
  Object.fromEntries(Object.entries(files).map(([name, pieces]) => [name, Buffer.concat(pieces)]));

const block = 4096;

test.each(['0.0', '0.1', '1.0'])('files with any holes, packed by GNU tar in version %s, are read as they were', (version) => {
  const extents = fc.array(fc.record({ block: fc.nat(60), text: fc.string({ minLength: 1, maxLength: 6000 }) }), { maxLength: 40 });
  const made = fc.record({ extents, size: fc.nat(80 * block), pieceSize: fc.integer({ min: 100, max: 20_000 }) });
  fc.assert(
    fc.property(made, (holed) => {
      using folder = new WorkFolder({ 'in/after': 'x' });
      const file = openSync(folder.file('in/a-holes'), 'w');
      for (const { block: place, text } of holed.extents) writeSync(file, text, place * block);
      ftruncateSync(file, Math.max(holed.size, 1));
      closeSync(file);
      const out = folder.file('out.tar');
      execFileSync('tar', ['--format=posix', '-S', `--sparse-version=${version}`, '-cf', out, '-C', folder.file('in'), 'a-holes', 'after']);
      const files = filesOf(readFileSync(out), holed.pieceSize);
      expect(Object.keys(files)).toEqual(['a-holes', 'after']);
      expect(files['a-holes']?.equals(readFileSync(folder.file('in/a-holes')))).toBe(true);
      expect(String(files.after)).toBe('x');
    }),
    { seed: 7, numRuns: 40 },
  );
});

/** A file in pax format, with these records. */
function withRecords(records: Record<string, string>, body: string): Buffer {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`;
    const length = [2, 3, 4].map((digits) => rest.length + digits).find((sum) => String(sum).length + rest.length === sum);
    return `${length}${rest}`;
  });
  const note = tarHeader({ name: 'p', kind: 'file', mode: 0o644, size: lines.join('').length, modified: 0 });
  note.write('x', 156);
  note.write('        ', 148);
  note.write(
    `${note
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return Buffer.concat([note, Buffer.from(lines.join('')), tarPadding(lines.join('').length), tarball({ name: 'a', body })]);
}

test.each<[string, Record<string, string>, string]>([
  ['an extent behind the end', { 'GNU.sparse.map': '0,4', 'GNU.sparse.size': '2' }, 'abcd'],
  ['extents that overlap', { 'GNU.sparse.map': '0,3,2,1', 'GNU.sparse.size': '9' }, 'abcd'],
  ['fewer bytes than told', { 'GNU.sparse.map': '0,5', 'GNU.sparse.size': '9' }, 'abcd'],
  ['more bytes than told', { 'GNU.sparse.map': '0,3', 'GNU.sparse.size': '9' }, 'abcd'],
  ['an offset without a length', { 'GNU.sparse.map': '0,4,5', 'GNU.sparse.size': '9' }, 'abcd'],
  ['what is no number', { 'GNU.sparse.map': '0,0x4', 'GNU.sparse.size': '9' }, 'abcd'],
  ['a negative number', { 'GNU.sparse.map': '-1,4', 'GNU.sparse.size': '9' }, 'abcd'],
  ['a list that does not end', { 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.realsize': '9' }, '2\n0\n1\n'],
  ['no list', { 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.realsize': '9' }, ''],
])('%s is damage', (_, records, body) => {
  expect(() => filesOf(withRecords(records, body), 512)).toThrow('The file is damaged');
});

test('holes of a small file that would fill a disk are refused before they are filled', () => {
  const huge = withRecords({ 'GNU.sparse.map': `0,1,${2 ** 45},3`, 'GNU.sparse.size': String(2 ** 46) }, 'abcd');
  expect(() => filesOf(huge, 512)).toThrow('The file can’t be trusted');
});
