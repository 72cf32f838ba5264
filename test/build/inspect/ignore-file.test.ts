import { expect, test } from 'vitest';
import { readIgnored } from '../../../main/build/inspect/ignore-file.ts';
import { toFailure } from '../../../main/engine/failure.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('a folder called .dockerignore leaves nothing out with BuildKit, and the classic builder takes it not', async () => {
  using folder = new WorkFolder({ '.dockerignore/x': '' });
  const read = (builder: 'buildkit' | 'classic') => readIgnored(folder.path, '.dockerignore', 'Dockerfile', builder);
  await expect(read('buildkit')).resolves.toBeDefined();
  const failure = await read('classic').then(() => undefined, toFailure);
  expect(failure?.title).toBe('.dockerignore is a folder');
});
