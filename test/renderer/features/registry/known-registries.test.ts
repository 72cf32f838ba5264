import { expect, test } from 'vitest';
import { addressForms } from '../../../../renderer/desk/address-forms.ts';
import { knownRegistries } from '../../../../renderer/features/registry/browse/known-registries.ts';
import { isRepository, repositoryName } from '../../../../renderer/features/registry/browse/remote-names.ts';

test('the own registry comes first, then those one is signed in to, then those that images are named after', () => {
  const known = knownRegistries({
    own: 'localhost:5001',
    logins: [{ registry: 'ghcr.io', username: 'me' }, { registry: 'quay.io' }],
    images: [
      { references: ['redis:7', 'docker.io/library/redis:latest'] },
      { references: ['ghcr.io/acme/app:1', 'a.example/app:1'] },
      { references: ['No Name'] },
    ],
  });
  expect(known).toEqual([
    { registry: 'localhost:5001', isOwn: true, images: 0 },
    { registry: 'ghcr.io', isOwn: false, images: 1, username: 'me' },
    { registry: 'quay.io', isOwn: false, images: 0, username: '' },
    { registry: 'a.example', isOwn: false, images: 1 },
    { registry: 'docker.io', isOwn: false, images: 1 },
  ]);
});

test('a repository is named as people write it', () => {
  expect(repositoryName('docker.io', 'library/redis')).toBe('redis');
  expect(repositoryName('docker.io', 'acme/app')).toBe('acme/app');
  expect(repositoryName('docker.io', 'my.org/app')).toBe('docker.io/my.org/app');
  expect(repositoryName('ghcr.io', 'acme/app')).toBe('ghcr.io/acme/app');
});

test('only what can be a repository is looked into', () => {
  for (const name of ['app', 'a/b/c', 'a_b.c-d']) expect(isRepository(name)).toBe(true);
  for (const name of ['', '../x', 'A', 'a//b', '/a', 'a b', 'a'.repeat(256)]) expect(isRepository(name)).toBe(false);
});

test('an address is given in the forms that people need', () => {
  expect(addressForms('r.example:5000/team/My_app.v2:1.0'.toLowerCase()).map(({ text }) => text)).toEqual([
    'docker pull r.example:5000/team/my_app.v2:1.0',
    'image: r.example:5000/team/my_app.v2:1.0',
    'containers:\n  - name: my-app-v2\n    image: r.example:5000/team/my_app.v2:1.0',
  ]);
});
