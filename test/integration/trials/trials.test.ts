import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Trial, TrialOrder } from '../../../contract/trial.ts';
import { FreshEngine } from '../../support/engines/fresh-engine.ts';
import { traits } from '../../support/engines/own-engine.ts';
import { freePort } from '../../support/take-port.ts';

const fresh = new FreshEngine();
const all = () => fresh.engine.docker(['ps', '--all', '--no-trunc', '--format', '{{.ID}}']);

afterEach(async () => {
  const ids = (await all()).split('\n').filter(Boolean);
  // Podman gives what is removed ten seconds to end
  for (const id of ids) await fresh.engine.docker(['kill', id]).catch(() => {});
  for (const id of ids) await fresh.engine.docker(['rm', '--force', '--volumes', id]);
});

/** Builds an image and gives its id. */
async function build(name: string, lines: string[]): Promise<string> {
  await fresh.engine.docker(['build', '--quiet', '--tag', name, '-'], { input: ['FROM layerdeck/base:1', ...lines].join('\n') });
  return (await fresh.engine.docker(['image', 'inspect', '--format', '{{.Id}}', name])).trim();
}

const order = (image: string, more: Partial<TrialOrder> = {}): TrialOrder => ({
  image,
  ports: [],
  isOpen: false,
  environment: [],
  stays: false,
  ...more,
});

/** With the failure's own words, if it fails. */
const started = (plan: TrialOrder) =>
  trials()
    .start(plan)
    .catch((error: { data?: unknown }) => {
      throw new Error(JSON.stringify(error.data));
    });

const trials = () => fresh.app.trials;
const known = (container: string): Trial | undefined => fresh.app.tried.watch.trials.find(({ containerId }) => containerId === container);
const until = (container: string, is: (trial: Trial) => boolean) =>
  fresh.app.until(() => {
    const trial = known(container);
    return trial !== undefined && is(trial);
  });

test('a web server is tried: on a free port, with a variable and a folder, ready when it answers, until it is removed', async () => {
  // an engine of another Debian sees no other folder of this computer
  const www = join(dirname(fresh.engine.dataRoot), 'www');
  mkdirSync(www);
  writeFileSync(join(www, 'index.html'), 'from the folder\n');
  const image = await build('it-try:1', [
    'EXPOSE 8000',
    'ENV GREETING=hello',
    'CMD ["busybox", "httpd", "-f", "-v", "-p", "8000", "-h", "/www"]',
  ]);
  const proposal = await trials().propose({ image });
  expect(proposal).toMatchObject({
    ports: [{ inside: 8000, protocol: 'tcp' }],
    command: ['busybox', 'httpd', '-f', '-v', '-p', '8000', '-h', '/www'],
  });
  expect(proposal.environment).toContainEqual({ name: 'GREETING', value: 'hello' });
  const { container } = await started(
    order(image, {
      reference: 'it-try:1',
      ports: proposal.ports,
      environment: [{ name: 'GREETING', value: 'a secret' }],
      folder: { grant: fresh.app.readable(www), inside: '/www', mayWrite: false },
    }),
  );
  const here = traits.hasOwnNetworks ? proposal.ports[0]?.here : 8000;
  await until(container, ({ answering }) => answering.length === 1);
  expect(known(container)).toMatchObject({
    name: 'try-it-try',
    image: 'it-try:1',
    imageId: image,
    state: 'running',
    ports: [{ inside: 8000, protocol: 'tcp', here }],
    answering: [here],
    isOpen: !traits.hasOwnNetworks,
    folder: { path: www, inside: '/www', mayWrite: false },
    variables: ['GREETING'],
    stays: false,
  });
  // what was set is nobody's to read in the list
  expect(JSON.stringify(known(container))).not.toContain('a secret');
  expect(await (await fetch(`http://localhost:${here}/`)).text()).toBe('from the folder\n');
  const lines: string[] = [];
  const stop = new AbortController();
  for await (const batch of await trials().log({ container }, { signal: stop.signal })) {
    lines.push(...batch.map(({ text }) => text));
    expect(Math.abs((batch[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000);
    break;
  }
  stop.abort();
  expect(lines.join('\n')).toMatch(/\[::ffff:|response|url|GET/);
  await trials().remove({ container });
  await fresh.app.until(() => known(container) === undefined);
  expect(await all()).toBe('');
});

test('one that ends says how: its own code, out of memory, ended by itself or by force', async () => {
  const image = await build('it-ends:1', ['CMD ["/bin/sh", "-c", "echo so long; exit 3"]']);
  const { container } = await trials().start(order(image));
  await until(container, ({ state }) => state === 'ended');
  expect(known(container)?.end).toMatchObject({ code: 3, isOutOfMemory: false });
  expect(known(container)?.endedAt).toBeGreaterThan(0);

  // one that listens to nothing is ended after the time that it has
  const deaf = await build('it-deaf:1', ['CMD ["/bin/sh", "-c", "trap \'\' TERM; while true; do sleep 1; done"]']);
  const { container: stubborn } = await trials().start(order(deaf));
  await until(stubborn, ({ state }) => state === 'running');
  await trials().stop({ container: stubborn, isAtOnce: true });
  await until(stubborn, ({ state }) => state === 'ended');
  expect(known(stubborn)?.end).toMatchObject({ code: 137, isOutOfMemory: false });
  await trials().stop({ container: stubborn, isAtOnce: false });
  await trials().startAgain({ container: stubborn });
  await until(stubborn, ({ state }) => state === 'running');
});

test('what can’t be started says why, and leaves nothing', async () => {
  const image = await build('it-odd:1', ['CMD ["/bin/sh"]']);
  await expect(trials().start(order(image, { command: 'no-such-program at all' }))).rejects.toMatchObject({
    data: { title: 'There is no program no-such-program in the image' },
  });
  await expect(started(order(image, { command: '/etc' }))).rejects.toThrow('The command may not be run');
  if (traits.hasOwnNetworks) {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await expect(trials().start(order(image, { ports: [{ inside: 80, protocol: 'tcp', here: port }] }))).rejects.toMatchObject({
      data: { kind: 'port-taken', title: `Port ${port} of this computer is taken` },
    });
    other.close();
  }
  await expect(trials().start(order(`sha256:${'0'.repeat(64)}`))).rejects.toMatchObject({ data: { kind: 'not-found' } });
  expect(await all()).toBe('');
});

test('what isn’t kept goes with Layerdeck, also if it was killed; what is kept stays', async () => {
  const image = await build('it-kept:1', ['CMD ["/bin/sleep", "1000"]', 'VOLUME /data']);
  const { container: kept } = await trials().start(order(image));
  await trials().keep({ container: kept, stays: true });
  await until(kept, ({ stays }) => stays);
  const { container: left } = await trials().start(order(image));
  const foreign = (await fresh.engine.docker(['run', '--detach', 'it-kept:1'])).trim();
  // an image that somebody made of a trial has its labels, and so have its containers
  await fresh.engine.docker(['commit', kept, 'it-kept-copy:1']);
  const copy = (await fresh.engine.docker(['run', '--detach', 'it-kept-copy:1'])).trim();
  await expect(trials().remove({ container: copy })).rejects.toMatchObject({ data: { kind: 'not-found' } });
  await expect(trials().remove({ container: foreign })).rejects.toMatchObject({ data: { kind: 'not-found' } });
  await fresh.restartApp();
  await fresh.app.until(() => known(kept) !== undefined);
  const ids = (await all()).trim().split('\n').sort();
  expect(ids).toEqual([copy, foreign, kept].sort());
  expect(known(copy)).toBeUndefined();
  expect(known(left)).toBeUndefined();
});
