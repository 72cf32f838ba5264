import { expect, test } from 'vitest';
import { chooseVersion, newestSpoken, oldestSpoken, readVersion, versionedPath } from '../../../main/foundation/engine/api-version.ts';
import { EngineConnection } from '../../../main/foundation/engine/connection.ts';
import { openEngine } from '../../../main/foundation/engine/open-engine.ts';
import { toFailure } from '../../../main/foundation/failures/failure.ts';
import { startMadeEngine } from '../../support/made-engine.ts';

test.each([
  ['1.40', '1.40'],
  ['1.41', '1.41'],
  ['1.51', '1.51'],
  ['1.52', newestSpoken],
  ['1.56', newestSpoken],
  ['1.100', newestSpoken],
  ['2.0', newestSpoken],
] as const)('with an engine whose newest is %s, %s is spoken', (newest, spoken) => {
  expect(chooseVersion(newest)).toBe(spoken);
});

test.each(['1.39', '1.9', '0.99'] as const)('an engine whose newest is %s is said to be too old', (newest) => {
  expect(() => chooseVersion(newest)).toThrow('The engine is too old for Layerdeck');
});

test.each([undefined, '', 'v1.41', '1', '1.41\r\nx', 'latest'])('%j is no version', (named) => {
  expect(() => readVersion(named)).toThrow('What answers there may not be an engine');
});

test('a version stands before the path', () => {
  expect(versionedPath('1.41', '/images/load?quiet=false')).toBe('/v1.41/images/load?quiet=false');
});

const at = (address: string) => ({ id: 'test', label: 'test', address });

const failureOf = (address: string) =>
  openEngine(at(address)).then(
    () => undefined,
    (error) => toFailure(error),
  );

test('an engine with newer versions is spoken with in the newest that was tested', async () => {
  using door = await startMadeEngine({ oldest: '1.44', newest: '1.56' });
  expect(await openEngine(at(door.address))).toMatchObject({ apiVersion: '1.56', spokenVersion: newestSpoken, builder: 'buildkit' });
  expect(door.asked).toEqual(['/_ping', `/v${newestSpoken}/version`]);
});

test('an engine that has given up all versions Layerdeck knows is too new, and its own words say from where on', async () => {
  using door = await startMadeEngine({ oldest: '1.54', newest: '1.60' });
  expect(await failureOf(door.address)).toMatchObject({
    kind: 'engine-unsupported',
    title: 'The engine is too new for this Layerdeck',
    detail: expect.stringContaining('1.60'),
    hint: expect.stringContaining('Update Layerdeck'),
    cause: expect.stringContaining('Minimum supported API version is 1.54'),
  });
});

test('an engine that is too old is asked nothing more, and is told apart from no engine', async () => {
  using door = await startMadeEngine({ oldest: '1.12', newest: '1.24' });
  const failure = await failureOf(door.address);
  expect(failure).toMatchObject({ kind: 'engine-unsupported', detail: expect.stringContaining('1.24') });
  expect(failure?.detail).toContain(oldestSpoken);
  expect(failure?.hint).toMatch(/^Update the engine/);
  expect(door.asked).toEqual(['/_ping']);
});

test('something that is no engine is not taken for one', async () => {
  using door = await startMadeEngine(undefined);
  expect(await failureOf(door.address)).toMatchObject({ kind: 'engine-unsupported', title: 'What answers there may not be an engine' });
  expect(door.asked).toEqual(['/_ping']);
});

test('an engine that comes back from an update and is too new is not said to have stopped', async () => {
  using door = await startMadeEngine({ oldest: '1.44', newest: '1.51' });
  const connection = new EngineConnection({ platform: 'linux', home: '/nonexistent', env: { DOCKER_HOST: door.address } });
  const running = connection.run();
  await expect.poll(() => connection.state.state).toBe('connected');
  door.become({ oldest: '1.54', newest: '1.60' });
  await expect.poll(() => connection.state, { timeout: 5000 }).toMatchObject({ state: 'missing', failure: { kind: 'engine-unsupported' } });
  door.become({ oldest: '1.44', newest: '1.53' });
  await expect.poll(() => connection.state, { timeout: 5000 }).toMatchObject({ state: 'connected', spokenVersion: '1.51' });
  connection.close();
  await running;
});
