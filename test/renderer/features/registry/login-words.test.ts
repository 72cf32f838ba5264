import { expect, test } from 'vitest';
import { accountHint, keptWords, registryProblem } from '../../../../renderer/features/registry/login-words.ts';

test.each(['docker.io', 'localhost:5000', 'r.example', '127.0.0.1:443', '[::1]:5000', ''])('%s is an address', (host) =>
  expect(registryProblem(host)).toBeUndefined(),
);

test.each(['https://ghcr.io', 'ghcr.io/me', 'a b', '-x', 'r.example:abc'])('%s isn’t one, and the window says why', (host) =>
  expect(registryProblem(host)).toMatch(/\.$/),
);

test('where a login is kept, and what common registries want', () => {
  expect(keptWords({ registry: 'r', keptIn: { kind: 'helper', name: 'pass' } })).toContain('pass');
  expect(keptWords({ registry: 'r', keptIn: { kind: 'memory' } })).toContain('until you quit Layerdeck');
  expect(accountHint('registry.gitlab.com')).toContain('GitLab');
  expect(accountHint('r.example')).toBeUndefined();
});
