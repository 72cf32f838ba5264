import { expect, test } from 'vitest';
import { oldestSpoken } from '../../../main/foundation/engine/api-version.ts';
import { host, registry, traits } from '../../support/engines/own-engine.ts';
import { startApp, TestApp } from '../../support/make-app.ts';
import { containerOf } from '../../support/own-registry.ts';
import { startRecordingDoor } from '../../support/recording-door.ts';
import { makeRoundTrip, succeed } from '../../support/round-trip.ts';

/** What a whole round trip asks an engine for, at the least. */
const asked = [
  'GET /version',
  'GET /info',
  'GET /events',
  'GET /images/json',
  'GET /images/…/json',
  'GET /images/…/history',
  'GET /images/get',
  'GET /containers/json',
  'GET /containers/…/json',
  'POST /grpc',
  'POST /session',
  'POST /build',
  'POST /images/create',
  'POST /images/load',
  'POST /images/…/push',
  'POST /images/…/tag',
  'POST /containers/create',
  'POST /containers/…/start',
  'POST /containers/…/stop',
  'DELETE /images/…',
];

/** What only Docker is asked for here. */
const ofDocker = new Set([
  'POST /grpc',
  'POST /session',
  'GET /containers/…/json',
  'POST /containers/create',
  'POST /containers/…/start',
  'POST /containers/…/stop',
]);

/** Without its version, its query, and what it is about. */
const kindOf = ({ method, url }: { method: string; url: string }): string => {
  const path = url.replace(/\?.*$/, '').replace(/^\/v[\d.]+/, '');
  return `${method} ${path.replace(/^(\/images|\/containers)\/(?!(?:json|get|load|create)$).+?(?=\/(?:json|history|push|tag|start|stop)$|$)/, '$1/…')}`;
};

test.each([undefined, oldestSpoken])(
  'no request of a round trip goes without a version, with an engine whose newest is %s',
  async (newest) => {
    using door = await startRecordingDoor(host, newest ? { newest } : {});
    await using app = await startApp(door.host);
    const { apiVersion, spokenVersion } = app.connection.engine;
    expect(spokenVersion).toBe(newest ?? apiVersion);
    await makeRoundTrip(app, registry, traits.hasBuildKit ? ['classic', 'buildkit'] : ['classic']);
    // Podman's containers may not start where tests run: its limits are above this system's
    const isDocker = app.connection.engine.product === 'Docker';
    if (isDocker) {
      for (const kind of ['start-registry', 'stop-registry'] as const) await succeed(app, { kind });
      // otherwise the next one would be started again, and not made
      await succeed(app, { kind: 'remove-registry', container: containerOf(app.registry).containerId, withImages: true });
    }
    const bare = door.seen.filter(({ url }) => !url.startsWith(`/v${spokenVersion}/`));
    expect(bare).toEqual([{ method: 'GET', url: '/_ping' }]);
    expect([...new Set(door.seen.map(kindOf))]).toEqual(
      expect.arrayContaining(isDocker ? asked : asked.filter((one) => !ofDocker.has(one))),
    );
  },
);

test.skipIf(!traits.refusesNewestSpoken)('an engine that refuses the version Layerdeck speaks is said to be too new', async () => {
  // it refuses what is newer than itself as a newer engine refuses what is older than its oldest: with status 400
  using door = await startRecordingDoor(host, { newest: '1.99' });
  await using app = new TestApp(door.host);
  await app.until(() => app.connection.state.state === 'missing');
  expect(app.connection.state).toMatchObject({
    failure: {
      kind: 'engine-unsupported',
      title: 'The engine is too new for this Layerdeck',
      cause: expect.stringMatching(/version 1\.51 is too new/),
    },
  });
});
