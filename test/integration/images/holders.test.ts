import { afterEach, expect, test } from 'vitest';
import type { Holder } from '../../../contract/holder.ts';
import { FreshEngine } from '../../support/engines/fresh-engine.ts';

const fresh = new FreshEngine();
const docker = (...words: string[]) => fresh.engine.docker(words);
const idsOf = (what: string[]) => docker(...what).then((out) => out.split('\n').filter(Boolean));
const containers = () => idsOf(['ps', '--all', '--no-trunc', '--quiet']);

afterEach(async () => {
  for (const id of await containers()) await docker('unpause', id).catch(() => {});
  for (const id of await containers()) await docker('kill', id).catch(() => {});
  for (const id of await containers()) await docker('rm', '--force', '--volumes', id);
  for (const volume of await idsOf(['volume', 'ls', '--quiet'])) await docker('volume', 'rm', volume);
});

/** Builds an image and gives its id. */
async function build(name: string): Promise<string> {
  const lines = [
    'FROM layerdeck/base:1',
    'VOLUME /scratch',
    'CMD ["/bin/sh", "-c", "head -c 300000 /dev/zero > /wrote; echo written; trap exit TERM; while :; do sleep 0.1; done"]',
    `LABEL of=${name}`,
  ];
  await fresh.engine.docker(['build', '--quiet', '--tag', name, '-'], { input: lines.join('\n') });
  return (await docker('image', 'inspect', '--format', '{{.Id}}', name)).trim().replace(/^(?!sha256:)/, 'sha256:');
}

const seen = ({ id, startedAt }: Holder, ids: string[]) => ({ ids, container: id, startedAt });

/** The title of the failure. */
const titleOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: { data?: { title?: string } }) => error.data?.title ?? String(error),
  );

async function holder(ids: string[], name: string): Promise<Holder> {
  const found = (await fresh.app.imageAnswers.holders({ ids })).find((one) => one.name === name);
  if (!found) throw new Error(`${name} holds none of them`);
  return found;
}

test('a container says what it is, since when, and what goes with it; only it is removed', async () => {
  const image = await build('it-held:1');
  const other = await build('it-held:2');
  await docker('run', '--detach', '--name', 'web', '--label', 'com.docker.compose.project=shop', '--volume', 'kept:/kept', image);
  await docker('create', '--name', 'never', image);
  await docker('run', '--detach', '--name', 'elsewhere', other);
  const before = Date.now();
  await expect.poll(() => docker('logs', 'web')).toContain('written');
  const web = await holder([image], 'web');
  expect(web).toMatchObject({
    imageId: image,
    what: { kind: 'compose', project: 'shop' },
    isRunning: true,
    unnamedVolumes: 1,
    volumes: ['kept'],
    hasFolders: false,
  });
  expect(Math.abs((web.since ?? 0) - before)).toBeLessThan(60_000);
  expect(await holder([image], 'never')).toMatchObject({ what: { kind: 'other' }, isRunning: false, startedAt: 0, unnamedVolumes: 1 });
  expect((await fresh.app.imageAnswers.holders({ ids: [image] })).map(({ name }) => name).sort()).toEqual(['never', 'web']);
  expect((await fresh.app.imageAnswers.writtenByHolder({ ids: [image], container: web.id })).bytes).toBeGreaterThanOrEqual(300_000);

  await fresh.app.imageAnswers.removeHolder(seen(web, [image]));
  expect(await idsOf(['ps', '--all', '--format', '{{.Names}}'])).toEqual(expect.arrayContaining(['never', 'elsewhere']));
  expect(await containers()).toHaveLength(2);
  // the named one stays, the one without a name has gone
  const volumes = await idsOf(['volume', 'ls', '--quiet']);
  expect(volumes).toContain('kept');
  expect(volumes).toHaveLength(3);
  await fresh.app.imageAnswers.removeHolder(seen(await holder([image], 'never'), [image]));
  expect(await fresh.app.imageAnswers.holders({ ids: [image] })).toEqual([]);
});

test('one that was started anew, holds another image, or is Layerdeck’s registry stays', async () => {
  const [image, other] = [await build('it-stays:1'), await build('it-stays:2')];
  await docker('run', '--detach', '--name', 'again', image);
  const again = await holder([image], 'again');
  await docker('kill', 'again');
  await docker('start', 'again');
  expect(await titleOf(fresh.app.imageAnswers.removeHolder(seen(again, [image])))).toBe('The container was started again meanwhile');
  const now = await holder([image], 'again');
  expect(await titleOf(fresh.app.imageAnswers.removeHolder(seen(now, [other])))).toBe('The container is gone');
  // another one under its name is another one
  await docker('rm', '--force', 'again');
  await docker('run', '--detach', '--name', 'again', image);
  expect(await titleOf(fresh.app.imageAnswers.removeHolder(seen(now, [image])))).toBe('The container is gone');
  await docker('run', '--detach', '--name', 'mine', '--label', 'app.layerdeck.registry=1', image);
  const mine = await holder([image], 'mine');
  expect(mine.what).toEqual({ kind: 'own-registry' });
  expect(await titleOf(fresh.app.imageAnswers.removeHolder(seen(mine, [image])))).toBe('Layerdeck’s own registry runs in it');
  expect(await containers()).toHaveLength(2);
});

test('one that goes by itself as it ends, or stands still, is removed; a trial is known as one', async () => {
  const image = await build('it-going:1');
  await docker('run', '--detach', '--rm', '--name', 'going', image);
  await docker('run', '--detach', '--restart', 'always', '--name', 'still', image);
  await docker('pause', 'still');
  for (const name of ['going', 'still']) await fresh.app.imageAnswers.removeHolder(seen(await holder([image], name), [image]));
  await expect.poll(containers).toEqual([]);
  const { container } = await fresh.app.trials.start({ image, ports: [], isOpen: false, environment: [], stays: false });
  const [trial] = await fresh.app.imageAnswers.holders({ ids: [image] });
  expect(trial).toMatchObject({ id: container, what: { kind: 'trial' }, isRunning: true });
  if (trial) await fresh.app.imageAnswers.removeHolder(seen(trial, [image]));
  expect(await containers()).toEqual([]);
});
