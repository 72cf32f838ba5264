import { execFileSync } from 'node:child_process';
import { chmodSync, lchownSync, lutimesSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { attributesOf, type MemberAttributes } from '../../../../main/foundation/formats/tar/member-attributes.ts';
import { TarCutter } from '../../../../main/foundation/formats/tar/tar-cutter.ts';
import { tarHeader } from '../../../../main/foundation/formats/tar/tar-header.ts';
import { entryBytes, patched, tarball } from '../../../../tools/fuzz/make-tarball.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

const read = (bytes: Buffer): MemberAttributes[] =>
  [...new TarCutter().cut(bytes)].flatMap((piece) => (piece.kind === 'head' ? [attributesOf(piece)] : []));

test('what a header says of owner, mode and device', () => {
  const file = patched(entryBytes({ name: 'a', mode: 0o104755, modified: 5000 }), { 108: '0001750\0', 116: '0000144\0' });
  const device = tarHeader({ name: 'd', kind: 'block-device', mode: 0o660, size: 0, modified: 0, device: { major: 8, minor: 17 } });
  expect(read(Buffer.concat([file, device, tarball()]))).toEqual([
    { mode: 0o4755, uid: 1000, gid: 100, modified: 5000 },
    { mode: 0o660, uid: 0, gid: 0, modified: 0, device: { kind: 'block', major: 8, minor: 17 } },
  ]);
});

test('a time before 1970 and an owner beyond seven digits, in base 256', () => {
  const before = Buffer.alloc(12, 0xff);
  before.writeInt32BE(-5, 8);
  const owner = Buffer.of(0x80, 0, 0, 0, 0xff, 0xff, 0xff, 0xfe);
  expect(read(patched(entryBytes({ name: 'a' }), { 108: owner, 136: before }))).toMatchObject([{ uid: 4_294_967_294, modified: -5 }]);
});

test('attributes are bytes, whatever is in them', () => {
  const attributes = new Map([
    ['security.capability', Buffer.of(1, 0, 0, 2, 0x80, 0xff, 0)],
    ['user.text', Buffer.from('grün')],
  ]);
  expect(read(Buffer.concat([entryBytes({ name: 'a', attributes }), tarball()]))[0]?.attributes).toEqual(attributes);
});

test.each(['ustar', 'gnu', 'posix'])('GNU tar in the format %s', (format) => {
  using folder = new WorkFolder({ 'in/a': 'x' });
  const file = folder.file('in/a');
  lchownSync(file, 1234, 567);
  chmodSync(file, 0o2751);
  lutimesSync(file, 1_600_000_000, 1_600_000_000.25);
  execFileSync('tar', [`--format=${format}`, '-cf', folder.file('out.tar'), '-C', folder.file('in'), 'a']);
  const modified = format === 'posix' ? 1_600_000_000.25 : 1_600_000_000;
  expect(read(readFileSync(folder.file('out.tar')))).toEqual([{ mode: 0o2751, uid: 1234, gid: 567, modified }]);
});

test('a file that is stored without its holes keeps its owner and its time', () => {
  using folder = new WorkFolder({});
  execFileSync('truncate', ['-s', '1M', folder.file('holes')]);
  execFileSync('tar', ['--format=posix', '-S', '--owner=1234', '--mtime=@1000', '-cf', folder.file('out.tar'), '-C', folder.path, 'holes']);
  expect(read(readFileSync(folder.file('out.tar')))).toMatchObject([{ uid: 1234, modified: 1000 }]);
});
