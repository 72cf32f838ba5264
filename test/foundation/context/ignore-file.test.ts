import { symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readIgnored } from '../../../main/foundation/context/ignore-file.ts';
import { inspectContext } from '../../../main/foundation/context/inspect/inspect-context.ts';
import { toFailure } from '../../../main/foundation/failures/failure.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test.each([
  ['absent', {}],
  ['read', { '.dockerignore': 'a' }],
] as const)('an ignore file that is %s is told as that', async (ignoreFileUse, files) => {
  using folder = new WorkFolder(files);
  const map = await inspectContext(folder.path, 'Dockerfile', 'buildkit', undefined);
  expect(map.ignoreFileUse).toBe(ignoreFileUse);
});

test('a link out of the folder is not read by BuildKit', async () => {
  using folder = new WorkFolder({ 'inside/a': '', elsewhere: 'a' });
  symlinkSync('../elsewhere', folder.file('inside/.dockerignore'));
  const map = await inspectContext(folder.file('inside'), 'Dockerfile', 'buildkit', undefined);
  expect(map).toMatchObject({ ignoreFileUse: 'not-read', left: { files: 0 } });
});

test('a folder called .dockerignore leaves nothing out with BuildKit, and the classic builder refuses it', async () => {
  using folder = new WorkFolder({ '.dockerignore/x': '' });
  const read = (builder: 'buildkit' | 'classic') => readIgnored(folder.path, '.dockerignore', 'Dockerfile', builder);
  await expect(read('buildkit')).resolves.toBeDefined();
  const map = await inspectContext(folder.path, 'Dockerfile', 'buildkit', undefined);
  expect(map).toMatchObject({ ignoreFileUse: 'not-read', left: { files: 0 } });
  const failure = await read('classic').then(() => undefined, toFailure);
  expect(failure?.title).toBe('.dockerignore is a folder');
});
