import { readFileSync } from 'node:fs';
import { afterAll, afterEach, expect, test } from 'vitest';
import { FreshEngine } from '../../support/engines/fresh-engine.ts';
import { traits } from '../../support/engines/own-engine.ts';
import { succeed } from '../../support/round-trip.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const fresh = new FreshEngine();
const folder = new WorkFolder();
const nameOf = (name: string) => (traits.writesNamesInFull ? `docker.io/library/${name}` : name);
const docker = (...args: string[]) => fresh.engine.docker(args);

afterAll(() => folder[Symbol.dispose]());
afterEach(async () => {
  for (const id of (await docker('ps', '--all', '--quiet', '--no-trunc')).split('\n').filter(Boolean)) {
    await docker('kill', id).catch(() => {});
    await docker('rm', '--force', '--volumes', id);
  }
});

test('what a trial changed is told, and saved as a new image, with what was set for the trial only if that is wanted', async () => {
  const lines = [
    'RUN mkdir /app && echo old > /app/config && echo gone > /app/gone',
    'ENV GREETING="hello \\"\\$you\\""',
    'LABEL maker=me',
    'CMD ["/bin/sh", "-c", "mkdir -p /app/cache/deep; echo x > /app/cache/deep/x; echo something new > /app/config; rm /app/gone; echo done; sleep 1000"]',
  ];
  await fresh.engine.docker(['build', '--quiet', '--tag', 'it-commit:1', '-'], { input: ['FROM layerdeck/base:1', ...lines].join('\n') });
  const image = (await docker('image', 'inspect', '--format', '{{.Id}}', 'it-commit:1')).trim();
  const { container } = await fresh.app.trials.start({
    image,
    reference: 'it-commit:1',
    ports: [],
    isOpen: false,
    environment: [{ name: 'TOKEN', value: 'a-token' }],
    stays: false,
  });
  for await (const batch of await fresh.app.trials.log({ container })) if (batch.some(({ text }) => text === 'done')) break;
  const { changes, omitted, bytes } = await fresh.app.trials.changes({ container });
  expect(omitted).toBe(0);
  expect(bytes).toBeGreaterThan(0);
  const own = changes.filter(({ byEngine }) => !byEngine);
  expect(own).toEqual([
    { path: '/app/cache', kind: 'added', within: 2 },
    { path: '/app/config', kind: 'changed', within: 0 },
    { path: '/app/gone', kind: 'removed', within: 0 },
  ]);

  const order = { container, author: 'Ada', message: 'with a cache', command: '', keepsVariables: false, isFlat: false, pauses: true };
  const refused = await fresh.app.run({ kind: 'commit', reference: 'it-committed:2', ...order });
  expect(refused).toMatchObject({ state: 'failed', failure: { title: 'The image would carry what you set for the trial' } });
  expect(await docker('images', '--all', '--quiet', 'it-committed')).toBe('');

  const { result } = await succeed(fresh.app, { kind: 'commit', reference: 'it-committed:3', ...order, keepsVariables: true });
  const [made] = JSON.parse(await docker('image', 'inspect', 'it-committed:3')) as [
    { Id: string; Author: string; Config: { Env: string[]; Cmd: string[]; Labels: Record<string, string> } },
  ];
  expect(result).toMatchObject({ kind: 'commit', imageId: made.Id.startsWith('sha256:') ? made.Id : `sha256:${made.Id}` });
  expect(made.Config.Env.filter((line) => /^(?:GREETING|TOKEN)/.test(line)).sort()).toEqual(['GREETING=hello "$you"', 'TOKEN=a-token']);
  expect(made.Config.Labels.maker).toBe('me');
  expect(Object.entries(made.Config.Labels).filter(([name, value]) => name.startsWith('app.layerdeck') && value !== '')).toEqual([]);
  expect(made.Author).toBe('Ada');
  expect(await docker('run', '--rm', 'it-committed:3', 'cat', '/app/config', '/app/cache/deep/x')).toBe('something new\nx\n');
  await succeed(fresh.app, { kind: 'commit', reference: 'it-committed:4', ...order, command: 'echo "two words"', keepsVariables: true });
  expect(await docker('run', '--rm', 'it-committed:4')).toBe('two words\n');
  // a base image: one layer, started as the image says, with nothing of what was set for the trial
  await succeed(fresh.app, { kind: 'commit', reference: 'it-flat:1', ...order, isFlat: true });
  await docker('save', '--output', folder.file('flat.tar'), nameOf('it-flat:1'));
  expect(readFileSync(folder.file('flat.tar')).includes('a-token')).toBe(false);
  const [flat] = JSON.parse(await docker('image', 'inspect', 'it-flat:1')) as [
    { Config: { Env: string[]; Cmd: string[] }; RootFS: { Layers: string[] } },
  ];
  expect(flat.RootFS.Layers).toHaveLength(1);
  expect(flat.Config.Env.join('|')).toContain('GREETING=hello "$you"');
  expect(flat.Config.Cmd.slice(0, 2)).toEqual(['/bin/sh', '-c']);
  expect(await docker('run', '--rm', 'it-flat:1', 'cat', '/app/config')).toBe('something new\n');
  // the program was only held still
  expect(fresh.app.tried.find(container).state).toBe('running');
});
