import { expect, test } from 'vitest';
import { refusal, unreachable } from '../../main/distribution/registry-error.ts';
import { signInFailure } from '../../main/distribution/sign-in-failure.ts';
import { toFailure } from '../../main/engine/failure.ts';

const said = (code: string, message: string) => JSON.stringify({ errors: [{ code, message }] });

test.each([
  [401, said('UNAUTHORIZED', 'authentication required'), 'sign-in'],
  [403, said('DENIED', 'requested access to the resource is denied'), 'registry-refused'],
  [403, 'no JSON at all', 'registry-refused'],
  [404, said('MANIFEST_UNKNOWN', 'manifest unknown'), 'not-found'],
  [429, said('TOOMANYREQUESTS', 'You have reached your pull rate limit'), 'registry-refused'],
  [429, '', 'registry-refused'],
])('%d %s is said as %s', (status, body, kind) => {
  expect(toFailure(refusal('GET', 'https://r.example/v2/', status, body, undefined)).kind).toBe(kind);
});

test.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT'])(
  '%s is a registry that does not answer, said by its name, and may pass',
  (code) => {
    const error = unreachable('GET', 'https://r.example:5000/v2/', Object.assign(new Error('fetch failed'), { code }));
    expect(error.isPassing).toBe(true);
    expect(toFailure(error)).toMatchObject({ kind: 'registry-unreachable', title: 'The registry r.example:5000 does not answer' });
  },
);

test('a certificate that nobody knows does not pass by itself', () => {
  const cause = Object.assign(new Error('self-signed certificate in certificate chain'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' });
  const error = unreachable('GET', 'https://r.example/v2/', Object.assign(new Error('x'), { cause }));
  expect(error.isPassing).toBe(false);
  expect(toFailure(error).title).toMatch(/not trusted/);
});

test('what an address carries beside its path lets somebody in, and is told to nobody', () => {
  const url = 'https://r.example/v2/app/blobs/sha256:0?X-Signature=secret';
  expect(unreachable('GET', url, new Error('timeout')).message).not.toContain('secret');
  expect(refusal('GET', url, 404, '', undefined).message).toBe('Get "https://r.example/v2/app/blobs/sha256:0": 404');
});

test.each([
  ['7', 7],
  ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  [undefined, undefined],
])('Retry-After %s', (header, seconds) => expect(refusal('GET', 'u', 429, '', header).retryAfter).toBe(seconds));

test('what a registry says is bounded, and only its own refusals ask for a sign-in', () => {
  expect(refusal('GET', 'u', 400, said('X', 'y'.repeat(10_000)), undefined).message.length).toBeLessThanOrEqual(500);
  const error = refusal('GET', 'u', 401, '', undefined);
  error.registry = 'b.example';
  expect(signInFailure('a.example', false, error)).toBeUndefined();
  expect(signInFailure('b.example', true, error)?.failure).toMatchObject({ kind: 'sign-in', registry: 'b.example' });
});
