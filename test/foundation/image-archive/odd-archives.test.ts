import { afterAll, expect, test } from 'vitest';
import { describeArchive } from '../../../main/foundation/image-archive/describe-archive.ts';
import { oddArchives } from '../../support/odd-archives.ts';
import { TarballCases } from '../../support/tarball-cases.ts';

const cases = new TarballCases();
afterAll(() => cases[Symbol.dispose]());

const previewOf = async (path: string) => (await describeArchive(path, () => {})).preview;

test.each(Object.entries(oddArchives))('%s is shown as it is', async (name, { names, title, note }) => {
  const preview = await previewOf(cases.file(name));
  if (preview.kind !== 'images') return expect(preview).toMatchObject({ kind: 'refused', title });
  expect(preview.images.map(({ references }) => references)).toEqual(names);
  expect(preview.notes).toEqual(note ? [expect.stringMatching(note)] : []);
});

test('layers that are not in the file are said to be missing', async () => {
  const partial = await previewOf(cases.file('partial-archive'));
  expect(partial).toMatchObject({ kind: 'images', images: [{ layers: [{ isAbsent: true, size: 0 }, { size: 10_240 }] }] });
  const foreign = await previewOf(cases.file('foreign-layer-left-out'));
  expect(foreign).toMatchObject({ images: [{ platform: 'windows/amd64', layers: [{ isAbsent: true }, { size: 112 }] }] });
});

test.each([
  ['podman-short-name', 'localhost/hb-good:1'],
  ['name-library-oci', 'localhost/library/hb-liboci:1'],
  ['annotations-differ', 'docker.io/library/hb-one:1'],
])('%s is what Podman calls %s', async (name, reference) => {
  expect(await previewOf(cases.file(name))).toMatchObject({ images: [{ referencesOnPodman: [reference] }] });
});
