import { expect, test } from 'vitest';
import { leaveOutNames, mayListNames } from '../../main/archive/leave-out-names.ts';

const without = (entry: string, list: unknown, ...names: string[]) => {
  const { text, found } = leaveOutNames(entry, Buffer.from(JSON.stringify(list)), new Set(names));
  return { list: JSON.parse(text.toString()), found };
};

test('lists of images are known by their file’s name, wherever they lie', () => {
  expect(['manifest.json', './index.json', 'a/repositories', 'manifest.json/'].map(mayListNames)).toEqual([true, true, true, true]);
  expect(['blobs/sha256/a', 'x-manifest.json', 'constructor'].map(mayListNames)).toEqual([false, false, false]);
});

test('docker’s list: the name goes, its image and all else stay', () => {
  const list = [
    { Config: 'c', RepoTags: ['a:1', 'docker.io/library/b:2'], Layers: ['l'], Other: 1 },
    { Config: 'd', RepoTags: null },
  ];
  expect(without('manifest.json', list, 'b:2', 'not-there:1')).toEqual({
    list: [{ ...list[0], RepoTags: ['a:1'] }, list[1]],
    found: ['b:2'],
  });
  expect(without('manifest.json', list, 'a:1', 'b:2').list[0].RepoTags).toEqual([]);
});

test('OCI’s list: both notes of the name go', () => {
  const annotations = { 'io.containerd.image.name': 'docker.io/library/a:1', 'org.opencontainers.image.ref.name': '1', other: 'x' };
  const list = { schemaVersion: 2, manifests: [{ digest: 'd', annotations }, { digest: 'e' }] };
  expect(without('index.json', list, 'a:1')).toEqual({
    list: { schemaVersion: 2, manifests: [{ digest: 'd', annotations: { other: 'x' } }, { digest: 'e' }] },
    found: ['a:1'],
  });
});

test('the oldest list: a repository without names is not in it any more', () => {
  const list = { a: { '1': 'id', '2': 'id' }, 'localhost:5000/b': { latest: 'id' } };
  expect(without('repositories', list, 'a:1', 'localhost:5000/b:latest').list).toEqual({ a: { '2': 'id' } });
});

test('a list without the names stays byte by byte, and so does what is no list', () => {
  for (const text of ['[ {"RepoTags" : ["x:1"]} ]', '{"name": "app"}', 'not JSON', '[7]']) {
    expect(leaveOutNames('manifest.json', Buffer.from(text), new Set(['a:1']))).toEqual({ text: Buffer.from(text), found: [] });
  }
});

test.each(['repotags', 'REPOTAGS', 'Repo\u0054ags'.toLowerCase(), 'repoTag\u017f'])(
  '“%s”, which engines read like RepoTags, is refused',
  (key) => {
    expect(() => leaveOutNames('manifest.json', Buffer.from(`[{"${key}":["a:1"]}]`), new Set(['a:1']))).toThrow('not to be trusted');
  },
);
