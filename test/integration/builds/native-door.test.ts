import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { appOn } from '../../support/app-on.ts';
import { base, host, traits } from '../../support/engines/own-engine.ts';
import { startNativeDoor } from '../../support/native-door.ts';
import { WorkFolder } from '../../support/work-folder.ts';

// the relay stands before an engine that takes version 1.51, the newest that is spoken
const newest = test.skipIf(!traits.hasBuildKit || traits.refusesNewestSpoken);

newest('where an engine speaks gRPC at its own address, everything of a build goes there, with the same cache', async () => {
  using door = await startNativeDoor(host);
  using folder = new WorkFolder({
    Dockerfile: `FROM ${base}\nCOPY big /big\nRUN --mount=type=secret,id=word wc -c </big >/size && echo "$(cat /run/secrets/word)" | wc -c >/letters\n`,
    big: randomBytes(8_000_000),
    word: 'abracadabra',
  });
  const order = (app: Awaited<ReturnType<typeof appOn>>) => ({
    kind: 'build' as const,
    folder: app.readable(folder.path),
    dockerfile: 'Dockerfile',
    references: ['it-native:1'],
    secrets: [{ id: 'word', source: { from: 'file' as const, file: app.readable(folder.file('word')) } }],
  });
  const native = await appOn(door.host);
  expect(native.connection.state).toMatchObject({ apiVersion: '1.53', spokenVersion: '1.51' });
  const built = await native.run(order(native));
  expect(built).toMatchObject({ state: 'succeeded', result: { cachedSteps: 1, steps: 3 } });
  expect(door.seen.native).toBeGreaterThan(0);
  expect(door.seen.upgrades).toBe(0);

  const plain = await appOn(host);
  expect(await plain.run(order(plain))).toMatchObject({ state: 'succeeded', result: { cachedSteps: 3, steps: 3 } });
});

newest('a build is stopped through it', async () => {
  using door = await startNativeDoor(host);
  using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN sleep 1000 # ${Math.random()}\n` });
  const app = await appOn(door.host);
  const id = app.tasks.start({ kind: 'build', folder: app.readable(folder.path), dockerfile: 'Dockerfile', references: ['it-native:2'] });
  const isAsleep = () =>
    app.tasks.task(id).progress.build?.steps.some(({ instruction, state }) => /sleep/.test(instruction) && state === 'running') ?? false;
  await app.until(isAsleep);
  app.tasks.cancel(id);
  expect(await app.ended(id)).toMatchObject({ state: 'cancelled' });
});
