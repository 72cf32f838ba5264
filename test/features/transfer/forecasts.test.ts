import { expect, test } from 'vitest';
import type { Task } from '../../../contract/task.ts';
import { RecentReferences } from '../../../main/features/transfer/recent-references.ts';
import { SeenLayers } from '../../../main/features/transfer/seen-layers.ts';
import { choosePlatform } from '../../../main/foundation/registries/remote-image.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const platforms = ['linux/amd64', 'linux/arm/v7', 'linux/arm64/v8'].map((platform) => ({ platform, digest: platform }));

test.each([
  [undefined, 'linux/amd64', 'linux/amd64'],
  [undefined, 'linux/arm64', 'linux/arm64/v8'],
  ['linux/arm/v7', 'linux/amd64', 'linux/arm/v7'],
  [undefined, 'linux/riscv64', undefined],
  ['linux/arm64/v8', 'linux/amd64', 'linux/arm64/v8'],
])('wanted %s on %s: %s', (wanted, engines, chosen) => expect(choosePlatform(platforms, wanted, engines)?.platform).toBe(chosen));

test('an image for one platform is taken as it is, unless another is asked for', () => {
  const only = platforms.slice(0, 1);
  expect(choosePlatform(only, undefined, 'linux/arm64')?.platform).toBe('linux/amd64');
  expect(choosePlatform(only, 'linux/arm64', 'linux/arm64')).toBeUndefined();
});

test('layers that an engine has seen are remembered across a restart, by engine', async () => {
  using folder = new WorkFolder();
  const file = folder.file('met.json');
  const met = new SeenLayers(file);
  await met.load();
  const blob = { digest: 'sha256:d', registry: 'r', repository: 'app' };
  met.add({ engine: 'one', diffId: 'sha256:x', from: 'r/app@sha256:m', ...blob });
  met.add({ engine: 'one', diffId: 'sha256:x', from: 'r/app@sha256:m', ...blob });
  await met.close();
  const later = new SeenLayers(file);
  await later.load();
  expect(later.of('one', new Set(['sha256:x', 'sha256:y']))).toEqual(new Map([['sha256:x', [expect.objectContaining(blob)]]]));
  expect(later.of('two', new Set(['sha256:x'])).size).toBe(0);
  expect(later.hasLearnedFrom('one', 'r/app@sha256:m')).toBe(true);
  expect(later.hasLearnedFrom('two', 'r/app@sha256:m')).toBe(false);
  folder.write('met.json', '{"broken":');
  const broken = new SeenLayers(file);
  await broken.load();
  expect(broken.of('one', new Set(['sha256:x'])).size).toBe(0);
});

test('names that were used are kept, the newest first, each once', async () => {
  using folder = new WorkFolder();
  const recent = new RecentReferences(folder.file('recent.json'));
  const done = (result: Task['result']) => recent.notice({ state: 'succeeded', result } as Task);
  done({ kind: 'pull', reference: 'a:1', alreadyUpToDate: false });
  done({ kind: 'pull', reference: 'b:1', alreadyUpToDate: false });
  done({ kind: 'pull', reference: 'a:1', alreadyUpToDate: false });
  recent.notice({ state: 'failed' } as Task);
  await recent.close();
  const later = new RecentReferences(folder.file('recent.json'));
  await later.load();
  expect(later.references).toEqual(['a:1', 'b:1']);
});
