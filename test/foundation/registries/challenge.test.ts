import { expect, test } from 'vitest';
import { parseChallenge } from '../../../main/foundation/registries/challenge.ts';

test.each([
  ['Basic realm="Registry"', { scheme: 'basic' }],
  ['basic', { scheme: 'basic' }],
  [
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull"',
    { scheme: 'bearer', realm: 'https://auth.docker.io/token', service: 'registry.docker.io', scope: 'repository:library/nginx:pull' },
  ],
  ['bearer realm=https://a/t, error="invalid_token"', { scheme: 'bearer', realm: 'https://a/t', error: 'invalid_token' }],
  ['Bearer realm="https://a/\\"t"', { scheme: 'bearer', realm: 'https://a/"t' }],
  ['Basic realm="x", Bearer realm="https://a/t"', { scheme: 'bearer', realm: 'https://a/t' }],
  ['Bearer realm="https://a/t",service="s", Basic realm="Registry"', { scheme: 'bearer', realm: 'https://a/t', service: 's' }],
  ['Negotiate abc==, Bearer realm = "https://a/t" , Digest realm="x"', { scheme: 'bearer', realm: 'https://a/t' }],
  ['Digest realm="Bearer realm=x", basic', { scheme: 'basic' }],
  [['Basic realm="x"', 'Bearer realm="https://a/t"'], { scheme: 'bearer', realm: 'https://a/t' }],
  ['Negotiate', undefined],
  ['Bearer service="x"', undefined],
  [undefined, undefined],
  ['', undefined],
])('%j', (header, challenge) => expect(parseChallenge(header)).toEqual(challenge));
