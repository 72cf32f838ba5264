import { describe, expect, test } from 'vitest';
import {
  isOnlyRegistry,
  isReference,
  nameAt,
  parseReference,
  referenceProblem,
  repositoryOf,
  usualTags,
  withDefaultTag,
} from '../../contract/reference.ts';

describe('parseReference', () => {
  test.each([
    ['redis', { repository: 'redis' }],
    ['redis:7.2', { repository: 'redis', tag: '7.2' }],
    ['user/app', { repository: 'user/app' }],
    ['localhost/app', { registry: 'localhost', repository: 'app' }],
    ['localhost:5000/team/app:v1', { registry: 'localhost:5000', repository: 'team/app', tag: 'v1' }],
    ['ghcr.io/a/b/c', { registry: 'ghcr.io', repository: 'a/b/c' }],
    [`app@sha256:${'a'.repeat(64)}`, { repository: 'app', digest: `sha256:${'a'.repeat(64)}` }],
    ['[::1]:5000/app', { registry: '[::1]:5000', repository: 'app' }],
  ])('takes %s apart', (text, parts) => expect(parseReference(text)).toEqual(parts));

  test.each(['', 'App', 'a//b', '/a', 'a/', 'a:', 'a:b:c', '-a', 'a..b', 'a@sha256:xyz', 'a b', 'ä', 'f'.repeat(64), `${'a'.repeat(256)}`])(
    'refuses "%s" in a sentence',
    (text) => {
      expect(isReference(text)).toBe(false);
      expect(referenceProblem(text)).toMatch(/^[A-Z0-9“].*\.$/);
    },
  );

  test('an error names the part that is wrong', () => {
    expect(referenceProblem('MyApp')).toContain('lowercase letters');
    expect(referenceProblem('app:ü')).toContain('tag');
  });
});

test('a reference without a tag means latest', () => {
  expect(withDefaultTag('localhost:5000/app')).toBe('localhost:5000/app:latest');
  expect(withDefaultTag('app:1')).toBe('app:1');
});

test('repositoryOf keeps the registry', () => {
  expect(repositoryOf(parseReference('ghcr.io/a/b:1'))).toBe('ghcr.io/a/b');
});

test.each([
  ['1.4.2', { minor: '1.4', major: '1', latest: 'latest' }],
  ['1.4', { major: '1', latest: 'latest' }],
  ['3', { latest: 'latest' }],
  ['0.4.2', { minor: '0.4', latest: 'latest' }],
  ['1.5.0-rc.1', {}],
  ['latest', {}],
  [undefined, {}],
])('beside %s these tags are usual', (tag, tags) => expect(usualTags(tag)).toEqual(tags));

test('a name in another registry differs only in its beginning', () => {
  expect(nameAt('localhost:5001', 'ghcr.io/a/b:2')).toBe('localhost:5001/a/b:2');
  expect(nameAt('localhost:5001', 'app')).toBe('localhost:5001/app:latest');
});

test.each([
  ['ghcr.io', true],
  ['localhost:5000', true],
  ['localhost', true],
  ['registry.example.com:5000', true],
  ['nginx:1.27', false],
  ['ghcr.io/owner/app', false],
  ['app', false],
])('%s is as yet only a registry: %s', (text, isOnly) => expect(isOnlyRegistry(text)).toBe(isOnly));
