import { describe, expect, test } from 'vitest';
import { digestEntry, digestFolder, type SentEntry } from '../../../../main/features/build-history/cache-forks/classic-digest.ts';
import type { LayerEntry } from '../../../../main/features/build-history/cache-forks/layer-entry.ts';
import type { Layer } from '../../../../main/features/build-history/cache-forks/layer-listing.ts';
import { provePacking } from '../../../../main/features/build-history/cache-forks/prove-packing.ts';

const entry = (path: string, of: Partial<LayerEntry> = {}): LayerEntry => ({
  path,
  kind: 'file',
  device: '',
  mode: 0o640,
  uid: 0,
  gid: 0,
  time: '1',
  size: 1,
  linkName: '',
  attributes: '',
  content: 'x',
  ...of,
});
const layerOf = (...entries: LayerEntry[]): Layer => ({
  diffId: 'sha256:x',
  entries: new Map(entries.map((one) => [one.path, one])),
  contents: new Map(entries.filter(({ kind }) => kind === 'file').map(({ path }) => [path, Buffer.from(path)])),
});
const sent = (name: string, path: string, of: Partial<SentEntry> = {}): SentEntry => ({
  name,
  typeFlag: '0',
  mode: 0o640,
  uid: 0,
  gid: 0,
  linkName: '',
  content: Buffer.from(path),
  ...of,
});
const prove = (instruction: string, layer: Layer, written: string[] = [], signal = new AbortController().signal) =>
  provePacking({ instruction, layer, written, signal });

describe('whoever packed a file, it is found out', () => {
  test.each([
    [0, 0],
    [1000, 1000],
    [501, 20],
    [33, 33],
    [65_000, 65_000],
    [1500, 100],
  ])('owner %d:%d', async (uid, gid) => {
    const digest = digestEntry(sent('a', 'app/a', { uid, gid }));
    const packed = { uid, gid, hasKindInMode: false, isDotted: false, source: 'a' };
    expect(await prove(`COPY file:${digest} in /app/`, layerOf(entry('app', { kind: 'folder' }), entry('app/a')))).toEqual(packed);
  });

  test('names that begin with a dot, as tar writes them', async () => {
    const digest = digestEntry(sent('./a', 'a', { uid: 1000, gid: 1000 }));
    expect(await prove(`COPY file:${digest} in /`, layerOf(entry('a')))).toMatchObject({ uid: 1000, isDotted: true, source: 'a' });
  });

  test('by the name that the Dockerfile gives', async () => {
    const digest = digestEntry(sent('far/away.txt', 'a', { mode: 0o100640 }));
    const instruction = `ADD file:${digest} in /a`;
    expect(await prove(instruction, layerOf(entry('a')))).toBeUndefined();
    expect(await prove(instruction, layerOf(entry('a')), ['COPY other /b', 'ADD --chown=1 ./far/away.txt /a'])).toMatchObject({
      source: 'far/away.txt',
      hasKindInMode: true,
    });
  });
});

describe('nothing is claimed', () => {
  const digest = digestEntry(sent('a', 'a'));

  test.each([
    ['of other content', `COPY file:${digestEntry(sent('a', 'other'))} in /`, layerOf(entry('a'))],
    ['of other modes', `COPY file:${digest} in /`, layerOf(entry('a', { mode: 0o600 }))],
    ['of files too large to be kept', `COPY file:${digest} in /`, { ...layerOf(entry('a')), contents: undefined }],
    ['of two names of one file', `COPY file:${digest} in /`, layerOf(entry('a'), entry('b', { kind: 'hard-link', linkName: 'a' }))],
    ['of what BuildKit writes', 'COPY a /', layerOf(entry('a'))],
  ])('%s', async (_, instruction, layer) => expect(await prove(instruction, layer)).toBeUndefined());

  test('once the person no longer wants to wait', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const none = `COPY file:${'0'.repeat(64)} in /`;
    await expect(prove(none, layerOf(entry('a')), [], signal)).rejects.toThrow('enough');
  });
});

test('links in a folder count as what they lead to, in a circle as their path', async () => {
  const owner = { uid: 1000, gid: 1000 };
  const links = { up: '../a', round: 'round', gone: 'nowhere' };
  const digest = digestFolder([
    sent('a', 'x/a', owner),
    ...Object.entries(links).map(([name, linkName]) => sent(name, '', { ...owner, typeFlag: '2', linkName, content: Buffer.alloc(0) })),
  ]);
  const inLayer = Object.entries(links).map(([name, linkName]) => entry(`x/${name}`, { kind: 'symlink', linkName }));
  expect(await prove(`COPY dir:${digest} in /x`, layerOf(entry('x', { kind: 'folder' }), entry('x/a'), ...inLayer))).toMatchObject(owner);
});
