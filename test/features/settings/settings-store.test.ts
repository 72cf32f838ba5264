import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultSettings } from '../../../contract/settings.ts';
import { SettingsStore } from '../../../main/features/settings/settings-store.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('a change is reported, written, and there at the next start', async () => {
  using folder = new WorkFolder();
  const file = folder.file('deep/settings.json');
  const store = new SettingsStore(file);
  await store.load();
  expect(store.settings).toEqual(defaultSettings);
  const told: unknown[] = [];
  store.on('settings', (settings) => told.push(settings));
  await store.change({ theme: 'dark' });
  expect(told).toEqual([{ ...defaultSettings, theme: 'dark' }]);
  const next = new SettingsStore(file);
  await next.load();
  expect(next.settings.theme).toBe('dark');
});

test('changes in quick succession do not get in each other’s way, and the last one stays', async () => {
  using folder = new WorkFolder();
  const store = new SettingsStore(folder.file('settings.json'));
  const themes = ['dark', 'light', 'dark', 'system', 'light'] as const;
  await Promise.all(themes.map((theme) => store.change({ theme })));
  expect(JSON.parse(readFileSync(folder.file('settings.json'), 'utf8'))).toMatchObject({ theme: 'light' });
});

test.each(['', '{', '[]', '{"theme":"pink"}'])('a file with %j in it counts as the default', async (text) => {
  using folder = new WorkFolder({ 'settings.json': text });
  const store = new SettingsStore(folder.file('settings.json'));
  await store.load();
  expect(store.settings).toEqual(defaultSettings);
  expect(readFileSync(folder.file('settings.json'), 'utf8')).toBe(text);
});
