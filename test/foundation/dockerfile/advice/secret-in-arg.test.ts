import { describe, expect, it } from 'vitest';
import { first, rules } from '../../../support/advice-on.ts';

describe('secrets where everybody can read them', () => {
  it('in an argument, with the step that uses it', () =>
    expect(first(['FROM node:22', 'ARG NPM_TOKEN', 'RUN echo $NPM_TOKEN > .npmrc'])).toMatchObject({
      rule: 'secret-in-arg',
      line: 2,
      suggestion: 'RUN --mount=type=secret,id=npm-token export NPM_TOKEN="$(cat /run/secrets/npm-token)" && echo $NPM_TOKEN > .npmrc',
    }));

  it.each([
    [
      'npm ci && echo $NPM_TOKEN',
      'RUN --mount=type=secret,id=npm-token export NPM_TOKEN="$(cat /run/secrets/npm-token)" && npm ci && echo $NPM_TOKEN',
    ],
    [
      '--mount=type=cache,target=/c --network=host curl $NPM_TOKEN',
      'RUN --mount=type=secret,id=npm-token --mount=type=cache,target=/c --network=host export NPM_TOKEN="$(cat /run/secrets/npm-token)" && curl $NPM_TOKEN',
    ],
    ['["sh", "-c", "echo $NPM_TOKEN"]', undefined],
  ])('in the step %s', (command, suggestion) =>
    expect(first(['FROM node:22', 'ARG NPM_TOKEN', `RUN ${command}`])?.suggestion).toBe(suggestion),
  );

  it.each([
    [['USER app'], true],
    [['USER app', 'USER root'], false],
    [['USER 0:0'], false],
  ])('only root can read a secret: %j', (users, isOpened) => {
    const { suggestion } = first(['FROM node:22', 'ARG NPM_TOKEN', ...users, 'RUN curl $NPM_TOKEN']) ?? {};
    const mount = `RUN --mount=type=secret,id=npm-token${isOpened ? ',mode=0444' : ''} export`;
    expect(suggestion?.slice(0, mount.length)).toBe(mount);
  });

  it('in the environment, once for a name', () =>
    expect(rules(['FROM a:1', 'ARG DB_PASSWORD=x', 'ENV A=1 DB_PASSWORD=$DB_PASSWORD'])).toEqual([['secret-in-arg', 3, 3]]));

  it('also in the old syntax', () => expect(rules(['FROM a:1', 'ENV API_KEY abc def'])).toEqual([['secret-in-arg', 2, 2]]));

  it.each(['ENV PASSWORD=', 'ENV KEY_ID=5', 'ARG TOKEN_URL', 'ENV DB_PASSWORD_FILE=/run/secrets/db', 'ENV KEYBOARD=de'])('not %s', (line) =>
    expect(rules(['FROM a:1', line])).toEqual([]),
  );
});
