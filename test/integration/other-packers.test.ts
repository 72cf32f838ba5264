import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { readMatrix } from '../../main/build/history/read-matrix.ts';
import { readBuiltLayers } from '../../main/images/built-layers.ts';
import { forkWords } from '../../renderer/build/compare/matrix-words.ts';
import { makeCommands } from '../../tools/engine/docker-command.ts';
import { TestApp } from '../support/make-app.ts';
import { WorkFolder } from '../support/work-folder.ts';
import { base, host } from './own-engine.ts';

test.each([
  ['/', 'the same files, but with another owner'],
  // a folder that the COPY makes is of another moment, and so is the layer
  ['/app/', 'or the same ones with another owner'],
])('one folder packed by docker’s command, by a script with its owner in it, and here: the cache forks at COPY … %s', async (to, words) => {
  await using app = new TestApp(host);
  app.builder = 'classic';
  await app.connected();
  const { docker: command } = makeCommands(host);
  using folder = new WorkFolder({
    Dockerfile: `FROM ${base}\nRUN echo ${Math.random()}\nCOPY important.txt ${to}\nRUN echo last\n`,
    'important.txt': 'x',
  });
  const idOf = async (reference: string) => (await app.connection.engine.docker.getImage(reference).inspect()).Id;

  const ours = await app.run({
    kind: 'build',
    folder: app.readable(folder.path),
    dockerfile: 'Dockerfile',
    references: ['it-packer-app:1'],
  });
  expect(ours).toMatchObject({ state: 'succeeded' });
  await command(['build', '--quiet', '--tag', 'it-packer-docker:1', folder.path]);
  // as docker-py packs, and with it Compose 1
  const packed = execFileSync('tar', ['--create', '--owner=1000', '--group=1000', '--numeric-owner', '--directory', folder.path, '.']);
  await command(['build', '--quiet', '--tag', 'it-packer-script:1', '-'], { input: packed });

  const images = await Promise.all(['it-packer-app:1', 'it-packer-docker:1', 'it-packer-script:1'].map(idOf));
  const matrix = await readMatrix({
    history: app.history,
    engine: app.connection.current,
    builds: [],
    images,
    readImage: async (id) => ({ title: id, layers: await readBuiltLayers(app.connection.engine, id) }),
  });
  const copyAt = matrix.rows[0]?.cells.findLastIndex(({ instruction }) => instruction.startsWith('COPY')) ?? -1;
  const digests = matrix.rows.map(({ cells }) => cells[copyAt]?.files);
  expect(new Set(digests).size).toBeGreaterThan(1);
  expect(digests[2]).not.toBe(digests[0]);
  expect(digests[2]).not.toBe(digests[1]);
  expect(to === '/' ? matrix.cacheForksAt : matrix.divergesAt).toBe(copyAt);
  expect(forkWords(matrix)).toContain(words);
});
