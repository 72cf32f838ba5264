import { zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { foldList } from '../../../main/features/layer-files/lists/fold-list.ts';
import { stargzListOf, toldListOf } from '../../../main/features/layer-files/lists/told-list.ts';
import { ImageTree } from '../../../main/features/layer-files/stack/image-tree.ts';
import { digestOf, hexOf } from '../../../tools/fuzz/make-tarball.ts';
import { filesIn } from '../../support/layer-files/read-tree.ts';

const listed = (entries: object[], more = {}) => {
  const json = Buffer.from(JSON.stringify({ version: 1, entries, ...more }));
  const packed = zstdCompressSync(json);
  return { packed, list: { form: 'zstd:chunked' as const, digest: digestOf(packed), offset: 1000 } };
};
const digest = digestOf('x');

test('everything that a list tells, with removals, links and devices', () => {
  const { packed, list } = listed([
    { type: 'dir', name: './d/', mode: 0o755, modtime: '2024-01-01T00:00:00Z' },
    { type: 'reg', name: 'd/a', size: 1, mode: 0o104644, uid: 5, gid: 6, digest, offset: 10, endOffset: 30, xattrs: { 'user.x': 'eQ==' } },
    { type: 'chunk', name: 'd/a', offset: 20, chunkOffset: 1 },
    { type: 'hardlink', name: 'd/b', linkName: 'd/a', mode: 0o644, uid: 5, gid: 6 },
    { type: 'char', name: 'd/null', devMajor: 1, devMinor: 3 },
    { type: 'reg', name: 'd/.wh.gone' },
  ]);
  const index = foldList(packed, list);
  const files = filesIn(new ImageTree([index]));
  expect([...files.keys()].sort()).toEqual(['d', 'd/a', 'd/b', 'd/null']);
  expect(files.get('d')).toMatchObject({ kind: 'folder', modified: 1_704_067_200 });
  expect(files.get('d/a')).toMatchObject({ mode: 0o644, uid: 5, gid: 6, size: 1, digest: hexOf('x') });
  expect(files.get('d/b')).toEqual(files.get('d/a'));
  expect(files.get('d/null')).toMatchObject({ kind: 'character-device', link: '1:3' });
  expect(index.isListed).toBe(true);
});

test.each<[string, () => unknown]>([
  ['another list than the image names', () => foldList(listed([]).packed, { ...listed([]).list, digest: digestOf('other') })],
  ['a list that doesn’t unpack', () => foldList(Buffer.from('no zstd'), { ...listed([]).list, digest: digestOf('no zstd') })],
  ['bytes that begin within a part', () => fold([{ type: 'reg', name: 'a', size: 1, digest, offset: 1, endOffset: 2, innerOffset: 5 }])],
  ['a file without a digest', () => fold([{ type: 'reg', name: 'a', size: 1, offset: 1, endOffset: 2 }])],
  ['a file without a place', () => fold([{ type: 'reg', name: 'a', size: 1, digest, offset: 2000 }])],
  ['another version', () => fold([], { version: 2 })],
  ['a kind that nobody knows', () => fold([{ type: 'door', name: 'a' }])],
])('%s is refused', (_, act) => {
  expect(act).toThrow(expect.objectContaining({ failure: expect.objectContaining({ kind: 'bad-archive' }) }));
});

const fold = (entries: object[], more = {}) => {
  const { packed, list } = listed(entries, more);
  return foldList(packed, list);
};

test('what a manifest says of a list is taken only if it can be', () => {
  const told = (position: string, size = 1000, prefix = 'io.github.containers') =>
    toldListOf({
      mediaType: 'x',
      digest,
      size,
      annotations: { [`${prefix}.zstd-chunked.manifest-checksum`]: digest, [`${prefix}.zstd-chunked.manifest-position`]: position },
    });
  expect(told('10:20:300:1')).toEqual({ form: 'zstd:chunked', digest, offset: 10, packed: 20 });
  expect(told('10:20:300:1', 1000, 'io.containers')).toBeDefined();
  for (const position of ['10:20:300:2', '990:20:300:1', '-1:20:300:1', '10:20:300', '']) expect(told(position)).toBeUndefined();
  expect(toldListOf({ mediaType: 'x', digest, size: 10 })).toBeUndefined();
});

test('an eStargz’ footer tells where its list is, and nothing beyond its end', () => {
  const footer = (digits: string) => Buffer.concat([Buffer.alloc(16), Buffer.from(`${digits}STARGZ`), Buffer.alloc(13)]);
  const layer = { mediaType: 'x', digest, size: 1000 };
  expect(stargzListOf(layer, digest, footer('0000000000000100'))).toEqual({
    form: 'eStargz',
    digest,
    offset: 256,
    packed: 1000 - 51 - 256,
  });
  for (const digits of ['00000000000003e8', 'ffffffffffffffff', 'no digits at all'])
    expect(stargzListOf(layer, digest, footer(digits))).toBeUndefined();
  expect(stargzListOf(layer, 'sha512:0', footer('0000000000000100'))).toBeUndefined();
});
