import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toFailure } from '../../../../main/foundation/failures/failure.ts';
import { refusal, troubleAt, unreachable } from '../../../../main/foundation/registries/errors/registry-error.ts';

const said = (code: string, message: string) => JSON.stringify({ errors: [{ code, message }] });
const at = 'https://r.example:5000/v2';
const places = {
  registry: `${at}/`,
  manifest: `${at}/team/app/manifests/1`,
  layer: `${at}/team/app/blobs/sha256:0`,
  upload: `${at}/team/app/blobs/uploads/1`,
  tags: `${at}/team/app/tags/list`,
  catalog: `${at}/_catalog`,
};

describe('every status of every request has words that name the registry, say what to do, and blame the right party', () => {
  const methods = ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'];
  for (const [asked, url] of Object.entries(places)) {
    test(asked, () => {
      for (const method of methods) {
        for (let status = 300; status < 600; status++) {
          const failure = toFailure(refusal(method, url, status, ''));
          expect(failure.kind).not.toBe('unknown');
          expect(`${failure.title} ${failure.detail}`).toMatch(/r\.example:5000/);
          expect(failure.detail).not.toMatch(/engine/i);
          expect(failure.hint).toMatch(/\w/);
          expect(failure.registry).toBe('r.example:5000');
          expect(failure.cause).toContain(String(status));
        }
      }
    });
  }
});

test.each([
  ['GET', places.manifest, 401, said('UNAUTHORIZED', 'authentication required'), 'wants you to sign in first'],
  ['GET', places.manifest, 403, said('DENIED', 'requested access to the resource is denied'), 'You may not get r.example:5000/team/app'],
  ['POST', places.upload, 403, 'no JSON at all', 'You may not push to r.example:5000/team/app'],
  ['GET', places.manifest, 404, said('MANIFEST_UNKNOWN', 'manifest unknown'), 'has no image r.example:5000/team/app'],
  ['GET', places.layer, 404, said('BLOB_UNKNOWN', 'blob unknown'), 'has lost part of the image'],
  ['POST', places.upload, 404, said('NAME_UNKNOWN', 'repository does not exist'), 'has no repository team/app'],
  ['PATCH', places.upload, 404, said('BLOB_UPLOAD_UNKNOWN', ''), 'lost what was sent so far'],
  ['GET', places.registry, 404, '<html>', 'doesn’t answer like an image registry'],
  ['PUT', places.manifest, 400, said('MANIFEST_INVALID', 'unknown media type'), 'doesn’t accept this kind of image'],
  ['PUT', places.manifest, 400, said('TAG_INVALID', 'the tag is immutable'), 'doesn’t allow this to be changed'],
  ['PUT', places.upload, 400, said('DIGEST_INVALID', ''), 'received something other than what was sent'],
  ['POST', places.upload, 400, said('NAME_INVALID', ''), 'doesn’t allow the name team/app'],
  ['POST', places.upload, 405, said('UNSUPPORTED', ''), 'doesn’t accept images'],
  ['PUT', places.manifest, 409, '', 'doesn’t allow this to be changed'],
  ['PATCH', places.upload, 413, '<html>', 'too large for r.example:5000/team/app'],
  ['POST', places.upload, 307, '', 'sends you to another address'],
  ['GET', places.layer, 429, '', 'wants you to wait'],
  ['PATCH', places.upload, 500, said('UNKNOWN', 'write /x: no space left on device'), 'has no space left'],
  ['GET', places.manifest, 500, '', 'had an error of its own'],
  ['GET', places.manifest, 502, '', 'doesn’t answer'],
  ['GET', places.manifest, 503, '', 'isn’t ready'],
  ['PATCH', places.upload, 507, '', 'has no space left'],
  ['POST', places.upload, 418, said('TEAPOT', 'short and stout'), 'refused'],
])('%s %s %d', (method, url, status, body, title) => expect(toFailure(refusal(method, url, status, body)).title).toContain(title));

test('the words for a refusal depend on who was asked, and as whom', () => {
  const error = refusal('POST', places.upload, 403, '');
  Object.assign(error, { registry: 'docker.io', hadLogin: true, username: 'me' });
  expect(error.failure.detail).toContain('signed in as “me”');
  const official = refusal('POST', `${at}/library/app/blobs/uploads/`, 403, '');
  official.registry = 'docker.io';
  expect(official.failure.detail).toContain('Docker’s own images');
  const wrong = refusal('GET', places.manifest, 401, '');
  wrong.hadLogin = true;
  expect(wrong.failure).toMatchObject({ kind: 'sign-in', title: 'The registry r.example:5000 doesn’t accept your sign-in' });
});

test.each([
  ['ECONNREFUSED', 'The registry r.example:5000 doesn’t answer'],
  ['ENOTFOUND', 'The registry r.example:5000 doesn’t answer'],
  ['ETIMEDOUT', 'The registry r.example:5000 doesn’t answer'],
  ['UND_ERR_CONNECT_TIMEOUT', 'The registry r.example:5000 doesn’t answer'],
  ['UND_ERR_HEADERS_TIMEOUT', 'The registry r.example:5000 doesn’t answer'],
  ['ECONNRESET', 'The connection to the registry r.example:5000 broke off'],
  ['UND_ERR_SOCKET', 'The connection to the registry r.example:5000 broke off'],
])('%s names the registry, and may go away', (code, title) => {
  const error = unreachable('GET', places.registry, Object.assign(new Error('fetch failed'), { code }));
  expect(error.isPassing).toBe(true);
  expect(toFailure(error)).toMatchObject({ kind: 'registry-unreachable', title });
});

test.each(['SELF_SIGNED_CERT_IN_CHAIN', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED', 'ERR_SSL_WRONG_VERSION_NUMBER'])(
  '%s does not go away by itself',
  (code) => {
    const error = unreachable('GET', places.registry, Object.assign(new Error('x'), { cause: Object.assign(new Error('y'), { code }) }));
    expect(error.isPassing).toBe(false);
    expect(toFailure(error).title).toMatch(/isn’t trusted/);
  },
);

test('whatever an address has beside its path may let somebody in, and is shown to nobody', () => {
  const url = `${places.layer}?X-Signature=secret`;
  for (const error of [unreachable('GET', url, new Error('timeout')), refusal('GET', url, 404, ''), troubleAt('GET', url, 'odd', '')])
    expect(JSON.stringify([error.message, error.failure])).not.toContain('secret');
});

test.each([
  ['7', 7],
  [' 7 ', 7],
  ['Wed, 21 Oct 2015 07:28:00 GMT', 0],
  ['soon', undefined],
  [undefined, undefined],
])('Retry-After %s', (header, seconds) => expect(refusal('GET', 'u', 429, '', header).retryAfter).toBe(seconds));

test('Retry-After as a date is counted from now', () => {
  const inTen = refusal('GET', 'u', 503, '', new Date(Date.now() + 10_000).toUTCString()).retryAfter ?? 0;
  expect(inTen).toBeGreaterThanOrEqual(8);
  expect(inTen).toBeLessThanOrEqual(10);
});

test('whatever a registry says, it is cut to a bounded length and understood', () => {
  expect(refusal('GET', 'u', 400, said('X', 'y'.repeat(10_000))).message.length).toBeLessThanOrEqual(500);
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((json) => `{"errors":${json}}`),
    fc.json().map((json) => `{"errors":[${json}]}`),
  );
  fc.assert(
    fc.property(body, fc.integer({ min: 300, max: 599 }), (text, status) => {
      const { failure } = refusal('PUT', places.manifest, status, text);
      expect([failure.title, failure.detail, failure.hint].every((words) => typeof words === 'string' && words !== '')).toBe(true);
    }),
  );
});
