import { expect, test } from 'vitest';
import type { OtherRegistry } from '../../../../contract/registry.ts';
import {
  checkedWords,
  fateWords,
  inOrder,
  leftWords,
  mayChooseImages,
  portProblem,
  throughWords,
  whatItIs,
  whoWords,
} from '../../../../renderer/features/registry/registry-words.ts';

const registry: OtherRegistry = {
  containerId: '0'.repeat(64),
  name: 'r',
  maker: 'person',
  image: 'registry:2',
  isRunning: true,
  isOpen: false,
  hasLogin: false,
  isEncrypted: false,
  restarts: 'never',
  storage: { kind: 'container' },
};

test.each([
  ['', undefined],
  ['5001', undefined],
  ['5000', 'The registry has this port already.'],
  ['80', 'A port is a number from 1024 to 65535.'],
  ['65536', 'A port is a number from 1024 to 65535.'],
  ['50.5', 'A port is a number from 1024 to 65535.'],
  ['5e3', 'A port is a number from 1024 to 65535.'],
])('the port “%s”', (text, problem) => {
  expect(portProblem(text, 5000)).toBe(problem);
});

test('how images are got through a cache', () => {
  const hub = { ...registry, cacheOf: 'registry-1.docker.io', address: 'localhost:5010' };
  expect(whatItIs(hub)).toBe('A cache of Docker Hub, which takes no pushes');
  expect(whatItIs({ ...hub, cacheUser: 'ada' })).toBe('A cache of Docker Hub, signed in as ada, which takes no pushes');
  expect(throughWords(hub)).toContain('localhost:5010/library/alpine');
  expect(throughWords({ ...hub, cacheOf: 'ghcr.io' })).toContain('localhost:5010/team/app');
  expect(throughWords(registry)).toBeUndefined();
});

test('those that run come first, each by its name', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ ...registry, name, isRunning: name !== 'a' }));
  if (!a || !b || !c) throw new Error('three were made');
  expect(inOrder([a, c, b]).map(({ name }) => name)).toEqual(['b', 'c', 'a']);
});

test('a folder is never said to go', () => {
  expect(fateWords({ kind: 'folder', path: '/srv/images' })).toContain('stay in the folder /srv/images');
  expect(fateWords({ kind: 'container' })).toContain('go with it');
});

test('what is left after space was freed is said of none, one and many', () => {
  expect([0, 1, 2].map((images) => leftWords(images).replace(/\s/g, ' '))).toEqual([
    'No image is left then.',
    '1 image stays, and is asked for afterwards, with all its layers.',
    '2 images stay, and each is asked for afterwards, with all its layers.',
  ]);
  expect([0, 1, 2].map((images) => checkedWords(images).replace(/\s/g, ' '))).toEqual([
    'No image is left.',
    'The image that is left was asked for, with all its layers.',
    'All 2 images that are left were asked for, with all their layers.',
  ]);
});

test('images in a volume that may hold more stay there', () => {
  const volume = { kind: 'volume', name: 'data', isNamed: true } as const;
  expect([mayChooseImages(volume), mayChooseImages({ ...volume, mayHoldMore: true })]).toEqual([true, false]);
  expect(fateWords({ ...volume, mayHoldMore: true })).toBe('Its images stay in the volume data, which may hold other things as well.');
});

test('this computer is said to be in no network only once that is known', () => {
  expect(whoWords(undefined)).toMatch(/^Everyone in the networks that this computer is in/);
  expect(whoWords([])).toMatch(/^This computer is in no network right now/);
  expect(whoWords([{ interface: 'eth0', address: '10.0.0.2', isInner: false }])).toMatch(/^Everyone in the networks/);
});
