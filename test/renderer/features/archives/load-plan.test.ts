import { describe, expect, it } from 'vitest';
import type { ArchivedImage, ArchivePreview } from '../../../../contract/archive.ts';
import type { GrantedPath } from '../../../../contract/file.ts';
import type { ImageSummary } from '../../../../contract/image.ts';
import { suggestFileName } from '../../../../renderer/desk/suggest-file-name.ts';
import { estimateSave } from '../../../../renderer/features/archives/estimate-save.ts';
import { actionWords, noChoice, requestOf, waitsFor } from '../../../../renderer/features/archives/load-choices.ts';
import { planLoad } from '../../../../renderer/features/archives/plan-load.ts';
import { suggestImageName } from '../../../../renderer/features/archives/suggest-image-name.ts';
import type { Looked } from '../../../../renderer/features/archives/use-previews.ts';

const id = (letter: string): string => `sha256:${letter.repeat(64)}`;
const here = (letter: string, references: string[], size = 1, ownSize?: number): ImageSummary => ({
  id: id(letter),
  references,
  size,
  createdAt: 1,
  digests: [],
  usedBy: [],
  ...(ownSize !== undefined && { ownSize }),
});
const archived = (letters: string, references: string[]): ArchivedImage => ({
  ids: [...letters].map(id),
  references,
  referencesOnPodman: references,
  platform: 'linux/amd64',
  createdAt: 2,
  layers: [],
  size: 1,
});
const none = new Set<string>();

describe('what loading would do', () => {
  it('tells new tags from those that are here', () => {
    const [plan] = planLoad([archived('ab', ['app:1', 'app:2'])], [here('b', ['app:1'])], none);
    expect(plan).toMatchObject({ id: id('b'), isHere: true });
    expect(plan?.tags).toEqual([
      { kind: 'here', reference: 'app:1' },
      { kind: 'new', reference: 'app:2' },
    ]);
  });

  it('says which image a tag moves from, and whether that image has another', () => {
    const from = { id: id('b'), createdAt: 1 };
    const moves = (tags: string[], inFile: string[], kept = none) => planLoad([archived('a', inFile)], [here('b', tags)], kept)[0]?.tags[0];
    expect(moves(['app:1'], ['app:1'])).toEqual({ kind: 'moves', reference: 'app:1', from: { ...from, losesLastName: true } });
    expect(moves(['app:1', 'x'], ['app:1'])).toMatchObject({ from: { losesLastName: false } });
    // both move away together, unless one is left behind
    expect(moves(['app:1', 'app:2'], ['app:1', 'app:2'])).toMatchObject({ from: { losesLastName: true } });
    expect(moves(['app:1', 'app:2'], ['app:1', 'app:2'], new Set(['app:2']))).toMatchObject({ from: { losesLastName: false } });
  });

  it('recognises a name that Podman writes in full', () => {
    expect(planLoad([archived('a', ['app:1'])], [here('a', ['docker.io/library/app:1'])], none)[0]?.tags[0]?.kind).toBe('here');
  });

  it('claims nothing without an engine', () => {
    expect(planLoad([archived('a', ['app:1'])], undefined, none)).toMatchObject([
      { id: id('a'), isHere: false, tags: [{ kind: 'unknown', reference: 'app:1' }] },
    ]);
  });
});

describe('what the button does', () => {
  const file = (name: string): GrantedPath => ({ grant: name, name, path: `/${name}`, size: 1, kind: 'tarball' });
  const read = (preview: ArchivePreview): Looked => ({ state: 'read', preview });
  const images = read({
    kind: 'images',
    format: 'docker',
    packing: 'none',
    notes: [],
    unpackedSize: 1,
    contents: 'sha256:c',
    images: [archived('a', []), archived('b', [])],
  });
  const root = read({ kind: 'root-files', packing: 'none', entries: 1, unpackedSize: 1, suggestedCommand: '/bin/sh' });
  const refused = read({ kind: 'refused', title: 'a', reason: 'b' });
  const of = (...looks: Looked[]) => looks.map((look, index) => ({ file: file(`${index}.tar`), look, choice: noChoice }));
  const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ');

  it.each<[string | undefined, Looked[]]>([
    ['Load 2 images', [images]],
    ['Load 4 images', [images, refused, images]],
    ['Import 1 file', [root]],
    ['Load 2 images and 1 file, import 1 file', [images, root, { state: 'skipped' }]],
    ['Load 1 file', [{ state: 'reading', done: 0, total: 1 }]],
    [undefined, [refused]],
  ])('%s', (words, looks) => expect(plain(actionWords(of(...looks)))).toBe(words));

  it('starts one task for each file, and none for a refused one', () => {
    const requests = of(images, root, refused, { state: 'skipped' }).map(requestOf);
    expect(requests).toEqual([
      { kind: 'load', archive: '0.tar', shown: 'sha256:c' },
      { kind: 'import', archive: '1.tar', reference: '1', command: '/bin/sh' },
      undefined,
      { kind: 'load', archive: '3.tar' },
    ]);
    const choice = { keptBack: ['app:1'] };
    expect(requestOf({ file: file('x'), look: images, choice })).toEqual({
      kind: 'load',
      archive: 'x',
      shown: 'sha256:c',
      keptBack: ['app:1'],
    });
    expect(requestOf({ file: file('x'), look: root, choice: { ...noChoice, name: 'No Name' } })).toBeUndefined();
    expect(requestOf({ file: file('x'), look: root, choice: { ...noChoice, command: ' ' } })).toEqual({
      kind: 'import',
      archive: 'x',
      reference: 'x',
    });
  });

  it('says what it waits for', () => {
    expect(waitsFor(of(images), true)).toBeUndefined();
    expect(waitsFor(of(images), false)).toContain('No engine answers');
    expect(waitsFor(of(images, { state: 'reading', done: 0, total: 1 }), true)).toContain('looking');
    const [nameless] = of(root);
    expect(waitsFor(nameless ? [{ ...nameless, choice: { ...noChoice, name: '' } }] : [], true)).toContain('name');
  });
});

it.each([
  ['Alpine Root (3.20).tar.gz', 'alpine-root-3.20'],
  ['alpine-minirootfs-3.20.0-x86_64.tar.zst', 'alpine-minirootfs-3.20.0-x86_64'],
  ['__.tgz', 'imported'],
  ['Système.tar', 'syst-me'],
])('%s is called %s', (file, name) => expect(suggestImageName(file)).toBe(name));

it('estimates a save by distinct images, and says “at most” only if they share layers', () => {
  const all = [here('a', ['a:1', 'a:2'], 10, 10), here('b', ['b:1'], 20, 5)];
  expect(estimateSave(['a:1', 'a:2'], all)).toEqual({ images: 1, size: 10, atMost: false });
  expect(estimateSave(['a:1', id('b')], all)).toEqual({ images: 2, size: 30, atMost: true });
  expect(estimateSave(['gone:1'], all)).toBeUndefined();
});

it('suggests the ending that says how a file is packed', () => {
  expect(suggestFileName(['app:1'], 'gzip')).toBe('app-1.tar.gz');
  expect(suggestFileName(['app:1', 'b:2'], 'zstd')).toBe('2-images.tar.zst');
});
