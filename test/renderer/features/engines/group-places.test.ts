import { expect, test } from 'vitest';
import type { EngineLook, EnginePlace } from '../../../../contract/engine.ts';
import type { Failure } from '../../../../contract/failure.ts';
import { addressProblem, nameProblem } from '../../../../renderer/features/engines/engine-words.ts';
import { groupPlaces } from '../../../../renderer/features/engines/group-places.ts';

const place = (id: string, context?: string): EnginePlace => ({ id, label: id, address: id, ...(context && { context }) });
const failed = (kind: Failure['kind']) => ({ failure: { kind, title: '', detail: '' } });
const answered = (identity: string) => ({ answer: { identity } as EngineLook });

test('usual places where nothing answers are put aside; contexts, the chosen one and an engine that may not be used are not', () => {
  const places = ['silent', 'forbidden', 'chosen', 'not asked yet'].map((id) => place(id));
  places.push(place('context', 'mine'));
  const looks = new Map([
    ['silent', failed('engine-lost')],
    ['forbidden', failed('not-permitted')],
    ['chosen', failed('engine-lost')],
    ['context', failed('engine-lost')],
  ]);
  const { shown, silent, isAsking } = groupPlaces(places, looks, ['chosen']);
  expect(shown.map((one) => one.place.id)).toEqual(['forbidden', 'chosen', 'context']);
  expect(silent.map(({ id }) => id)).toEqual(['silent']);
  expect(isAsking).toBe(true);
});

test('an engine that is reached in two ways is said to be the same, and engines without an identity are not', () => {
  const looks = new Map([
    ['a', answered('one')],
    ['b', answered('two')],
    ['c', answered('one')],
    ['d', { answer: {} as EngineLook }],
    ['e', { answer: {} as EngineLook }],
  ]);
  const { shown } = groupPlaces(
    ['a', 'b', 'c', 'd', 'e'].map((id) => place(id)),
    looks,
    [],
  );
  expect(shown.map(({ sameAs }) => sameAs)).toEqual([undefined, undefined, 'a', undefined, undefined]);
});

test.each(['a', 'default', '-x', 'ein Name', 'x'.repeat(101), ''])('%j is no name for a docker context', (name) => {
  expect(nameProblem(name)).toBeDefined();
});

test.each(['build-server', 'A1', 'x_y.z+1'])('%s is a name for a docker context', (name) => {
  expect(nameProblem(name)).toBeUndefined();
});

test.each([
  ['/var/run/docker.sock', 'unix:///var/run/docker.sock'],
  ['unix://docker.sock', 'three slashes'],
  ['https://build:2376', 'tcp://'],
  ['tcp://-oProxyCommand=x', 'Begin with'],
  ['build.example', 'Begin with'],
])('for %s, what else to write is said', (address, words) => {
  expect(addressProblem(address)).toContain(words);
});

test.each(['unix:///run/docker.sock', 'tcp://build.example:2376', 'tcp://[::1]:2375', 'ssh://me@build.example'])(
  '%s is an address',
  (address) => {
    expect(addressProblem(address)).toBeUndefined();
  },
);
