import { expect, test } from 'vitest';
import type { ImageSummary } from '../../../../../contract/image.ts';
import { findOtherTags } from '../../../../../renderer/features/builds/form/find-other-tags.ts';

/** Images with these names; the last one is the newest. */
const imagesOf = (...names: string[]): ImageSummary[] =>
  names.map((name, at) => ({
    id: `sha256:${String(at).repeat(64)}`,
    references: [name],
    digests: [],
    size: 1,
    createdAt: at + 1,
    usedBy: [],
  }));

const here = (name: string, images: ImageSummary[]) => findOtherTags([{ name, line: 3 }], images).flatMap((one) => one.here);

test('the names of the repository are listed, the newest first', () => {
  const images = imagesOf('a:1', 'b:1', 'docker.io/library/a:2', 'x/a:1', 'ghcr.io/a:9');
  expect(findOtherTags([{ name: 'a', line: 3 }], images)).toEqual([{ name: 'a', line: 3, here: ['docker.io/library/a:2', 'a:1'] }]);
  expect(here('library/a', images)).toEqual(['docker.io/library/a:2', 'a:1']);
  expect(here('ghcr.io/a', images)).toEqual(['ghcr.io/a:9']);
});

test.each([
  ['its latest is here', 'a', ['a:latest', 'a:1']],
  ['its latest is here, written otherwise', 'docker.io/library/a', ['a:latest', 'a:1']],
  ['Podman may mean another registry’s', 'a', ['localhost/a:latest', 'a:1']],
  ['Podman may mean another registry’s, further below', 'x/a', ['quay.io/y/x/a:latest', 'x/a:1']],
  ['nothing of it is here', 'a', ['b:1', 'x/a:1', 'localhost/a:1']],
  ['it may be the beginning of an id', '00', ['00:1']],
  ['what is here is no name', 'a', ['<none>:<none>']],
  ['the engine has nothing', 'a', []],
])('nothing is said if %s', (_, name, names) => expect(here(name, imagesOf(...names))).toEqual([]));

test('a name with a registry does not mean another registry’s latest', () => {
  expect(here('ghcr.io/a', imagesOf('a:latest', 'ghcr.io/a:1'))).toEqual(['ghcr.io/a:1']);
});
