import { describe, expect, it } from 'vitest';
import { areAllAt, isOfficialOnly, ownPlace, pickNameOfEach, pushAction } from '../../../../renderer/features/transfer/push-choice.ts';

const images = new Map([
  ['a:1', 'A'],
  ['a:2', 'A'],
  ['ghcr.io/me/a:1', 'A'],
  ['b:1', 'B'],
  ['b:2', 'B'],
  ['me/c:1', 'C'],
]);

describe('the names that are pushed', () => {
  it('are one for every image, if possible one that can be published', () => {
    expect(pickNameOfEach([...images.keys()], images)).toEqual(['ghcr.io/me/a:1', 'b:1', 'me/c:1']);
  });

  it('are counted on the button, with their bytes if those are known', () => {
    expect(pushAction(['a:1'], images, undefined)).toBe('Push');
    expect(pushAction(['a:1'], images, 0)).toBe('Push');
    expect(pushAction(['a:1'], images, 42_000_000)).toBe('Push 42.0\u00a0MB');
    expect(pushAction(['a:1', 'b:1', 'me/c:1'], images, 42_000_000)).toBe('Push 3\u00a0images, 42.0\u00a0MB');
    expect(pushAction(['a:1', 'a:2'], images, undefined)).toBe('Push 2\u00a0names');
  });
});

describe('where they go', () => {
  it.each(['hello', 'hello:1', 'library/hello', 'docker.io/hello', 'docker.io/library/hello:1'])(
    '%s can be published by Docker only',
    (name) => expect(isOfficialOnly(name)).toBe(true),
  );
  it.each(['me/hello', 'docker.io/me/hello:1', 'localhost:5000/hello', 'ghcr.io/hello'])('%s can be published by others', (name) =>
    expect(isOfficialOnly(name)).toBe(false),
  );

  it('is one place, whatever this computer is called', () => {
    expect(areAllAt({ address: 'localhost:5000' }, ['localhost:5000/a:1', '127.0.0.1:5000/b:1', '[::1]:5000/b:1'])).toBe(true);
    expect(areAllAt({ address: 'localhost:5000' }, ['localhost:5000/a:1', 'localhost:5001/a:1'])).toBe(false);
    expect(areAllAt({ address: 'localhost:5000' }, ['localhost:50001/a:1'])).toBe(false);
    const named = { address: 'localhost:5000', alias: 'dev.docker.local:5000' };
    expect(areAllAt(named, ['localhost:5000/a:1', 'dev.docker.local:5000/b:1'])).toBe(true);
    expect(areAllAt(named, ['dev.docker.local:5001/b:1'])).toBe(false);
    expect(areAllAt({}, ['localhost:5000/a:1'])).toBe(false);
  });

  it('never says that a name begins with a registry if it doesn’t', () => {
    expect(ownPlace(['hello:1']).words).toContain('Nobody can publish hello:1 there');
    expect(ownPlace(['hello:1']).words).toContain('“your-name/hello”');
    expect(ownPlace(['me/hello:1'])).toEqual({ label: 'Docker Hub (docker.io)', words: 'Because the name doesn’t begin with a registry' });
    expect(ownPlace(['ghcr.io/me/a:1'])).toEqual({ label: 'ghcr.io', words: 'The registry that the name begins with' });
    expect(ownPlace(['ghcr.io/me/a:1', 'me/a:1']).words).toContain('or Docker Hub');
    expect(ownPlace(['localhost/me/a:1']).words).toContain('“your.registry/me/a:1”');
    expect(ownPlace(['localhost:5000/me/a:1']).words).toBe('The registry that the name begins with');
  });
});
