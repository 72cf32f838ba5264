import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BuildHistory } from '../../main/features/build-history/build-history.ts';
import { BuildStore } from '../../main/features/build-history/build-store.ts';
import { summarise } from '../../main/features/build-history/kept-build.ts';
import { revealDockerfile } from '../../main/procedures/reveal-dockerfile.ts';
import { keptBuild } from '../support/kept-build.ts';
import { WorkFolder } from '../support/work-folder.ts';

test.each(['Dockerfile', 'Dockerfile.bat', 'Dockerfile.command', 'sub/Dockerfile.desktop'])('%s is shown in its folder', async (name) => {
  using folder = new WorkFolder({ [`project/${name}`]: '#!/bin/sh\nFROM a\n' });
  const kept = { ...keptBuild('one', 1), folder: folder.file('project'), dockerfile: { path: name, text: 'FROM a' } };
  await new BuildStore(folder.file('builds')).keep(kept, summarise(kept.task, kept.folder));
  const history = new BuildHistory({ root: folder.file('builds'), readLayers: async () => [] });
  await history.load();
  const shown: string[] = [];
  const desktop = { reveal: (path: string) => void shown.push(path) };
  await revealDockerfile(history, desktop, 'one');
  expect(shown).toEqual([folder.file(`project/${name}`)]);

  const away = { ...keptBuild('two', 2), folder: folder.file('elsewhere'), dockerfile: { path: name, text: '' } };
  await new BuildStore(folder.file('builds')).keep(away, summarise(away.task, away.folder));
  await expect(revealDockerfile(history, desktop, 'two')).rejects.toThrow('couldn’t be shown');
  expect(shown).toHaveLength(1);
});

test('nothing in the app asks the system to open a file or an address, but for a page of this computer', () => {
  const root = join(import.meta.dirname, '../..');
  const opening = /\bopen(?:Path|External|Item)\b|\bxdg-open\b/;
  for (const room of ['main', 'preload', 'renderer']) {
    const files = readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
    expect(files.length).toBeGreaterThan(0);
    const asking = files.filter((name) => opening.test(readFileSync(join(root, room, name), 'utf8')));
    expect(asking).toEqual(room === 'main' ? ['desktop/open-in-browser.ts'] : []);
  }
});
