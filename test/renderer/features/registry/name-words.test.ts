import { expect, test } from 'vitest';
import type { LocalRegistry, NameLook } from '../../../../contract/registry.ts';
import { underAlias } from '../../../../renderer/desk/address-forms.ts';
import { knownRegistries } from '../../../../renderer/features/registry/browse/known-registries.ts';
import {
  elsewhereWords,
  engineWords,
  nameProblem,
  obstacleWords,
  wayWords,
} from '../../../../renderer/features/registry/name/name-words.ts';

test.each([
  ['dev.docker.local', undefined],
  ['a.b', undefined],
  ['x-1.internal', undefined],
  ['Dev.local', /small letters/],
  ['registry', /two parts/],
  ['127.0.0.1', /last part begins with a letter/],
  ['a..b', /single dots/],
  ['-a.b', /hyphens/],
  ['a.b c', /hyphens/],
])('of the name %s is said %s', (name, expected) => {
  if (expected === undefined) expect(nameProblem(name)).toBeUndefined();
  else expect(nameProblem(name)).toMatch(expected);
});

const look: NameLook = { file: '/etc/hosts', line: '', way: 'itself', engine: 'takes', product: 'Docker' };

test('what stands in the way, who writes the line and what the engine needs is said', () => {
  expect([obstacleWords(look), elsewhereWords(look, 'a.b'), engineWords(look, 'a.b:5000')]).toEqual([undefined, undefined, undefined]);
  expect(obstacleWords({ ...look, taken: { number: 3, address: '10.0.0.7' } })).toContain('Line 3 of /etc/hosts');
  expect(elsewhereWords({ ...look, leadsTo: ['192.0.2.1'] }, 'example.com')).toContain('example.com leads to 192.0.2.1');
  expect(wayWords({ ...look, way: 'by-hand' })).toContain('as root');
  expect(engineWords({ ...look, engine: 'plain' }, 'a.b:5000')?.copy).toBe('"insecure-registries": ["a.b:5000"]');
  expect(engineWords({ ...look, engine: 'plain', product: 'Podman' }, 'a.b:5000')?.copy).toContain('location = "a.b:5000"');
  expect(engineWords({ ...look, engine: 'certificate' }, 'a.b:5000')?.copy).toBe('/etc/docker/certs.d/a.b:5000/ca.crt');
});

test('images named after it count as the own registry’s, and addresses are copied by it', () => {
  const known = knownRegistries({
    own: 'localhost:5000',
    alias: 'dev.docker.local:5000',
    logins: [],
    images: [{ references: ['dev.docker.local:5000/a:1', 'localhost:5000/a:1'] }, { references: ['dev.docker.local:5000/b:1'] }],
  });
  expect(known).toEqual([{ registry: 'localhost:5000', isOwn: true, images: 2 }]);
  const registry: LocalRegistry = {
    state: 'stopped',
    containerId: '',
    name: '',
    maker: 'layerdeck',
    image: '',
    address: 'localhost:5000',
    alias: 'dev.docker.local:5000',
    isOpen: false,
    hasLogin: false,
    isEncrypted: false,
    restarts: 'never',
    storage: { kind: 'container' },
  };
  expect(underAlias('localhost:5000/team/a:1', registry)).toBe('dev.docker.local:5000/team/a:1');
  expect(underAlias('localhost:50001/a:1', registry)).toBe('localhost:50001/a:1');
  expect(underAlias('localhost:5000/a:1', { state: 'unknown' })).toBe('localhost:5000/a:1');
});
