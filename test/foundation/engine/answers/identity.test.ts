import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ApiVersion } from '../../../../contract/engine.ts';
import { factsOfIdentity } from '../../../../main/features/origin/facts-of-identity.ts';
import { readIdentity } from '../../../../main/foundation/engine/answers/identity-answers.ts';
import { openEngine } from '../../../../main/foundation/engine/open-engine.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

// made by hand after moby's description of API 1.53: no engine that has it was there
const identity = {
  Signature: [
    {
      Name: 'GitHub Actions',
      SignatureType: 'bundle-v0.3',
      Signer: { CertificateIssuer: 'CN=sigstore', SourceRepositoryURI: 'https://github.com/acme/shop' },
    },
    { Error: 'no matching key' },
  ],
  Pull: [{ Repository: 'ghcr.io/acme/shop' }],
  Build: [{ Ref: 'k7', CreatedAt: '2026-10-03T10:00:00Z' }],
};

/** Something that answers as an engine of that version, about one image, and the paths that it was asked for. */
async function answering(newest: ApiVersion, said: object, socket: string) {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, answer) => {
    asked.push(url);
    answer.setHeader('api-version', newest);
    answer.setHeader('content-type', 'application/json');
    answer.end(JSON.stringify(url.endsWith('/version') ? { Version: '29.4.0', Os: 'linux', Arch: 'amd64', Components: [] } : said));
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return { asked, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())) };
}

const open = (socket: string) => openEngine({ id: 'x', label: 'x', address: `unix://${socket}` });

test('what the engine wrote down is asked for in the version that has it, and only where it is', async () => {
  using folder = new WorkFolder();
  const socket = join(folder.path, 'new.sock');
  await using server = await answering('1.54', { Id: 'sha256:1', Identity: identity }, socket);
  expect(await readIdentity(await open(socket), 'sha256:1')).toMatchObject({ Pull: [{ Repository: 'ghcr.io/acme/shop' }] });
  expect(server.asked.at(-1)).toBe('/v1.53/images/sha256:1/json');

  const older = join(folder.path, 'old.sock');
  await using silent = await answering('1.52', { Identity: identity }, older);
  expect(await readIdentity(await open(older), 'sha256:1')).toBeUndefined();
  expect(silent.asked.filter((path) => path.includes('/images/'))).toEqual([]);
});

test('an engine with nothing in its book says nothing', async () => {
  using folder = new WorkFolder();
  const socket = join(folder.path, 'new.sock');
  await using _ = await answering('1.53', { Id: 'sha256:1' }, socket);
  expect(await readIdentity(await open(socket), 'sha256:1')).toBeUndefined();
});

test('only what the engine says it checked is verified; a signature that did not pass is not', async () => {
  using folder = new WorkFolder();
  const socket = join(folder.path, 'new.sock');
  await using _ = await answering('1.53', { Identity: identity }, socket);
  const read = await readIdentity(await open(socket), 'sha256:1');
  expect(factsOfIdentity(read ?? { Signature: [], Pull: [], Build: [] })).toEqual([
    { about: 'got-from', certainty: 'verified', value: 'ghcr.io/acme/shop', because: { why: 'engine-noted-it' } },
    { about: 'built-here', certainty: 'verified', value: '2026-10-03T10:00:00Z', because: { why: 'engine-built-it' } },
    {
      about: 'signature',
      certainty: 'verified',
      value: 'https://github.com/acme/shop',
      because: { why: 'engine-checked-signature', issuer: 'CN=sigstore' },
    },
    { about: 'signature', certainty: 'unknown', value: '', because: { why: 'signature-did-not-pass', said: 'no matching key' } },
  ]);
});

test('a signature that names nobody is none that was checked', () => {
  expect(factsOfIdentity({ Signature: [{ Name: '', Error: '' }], Pull: [], Build: [] })).toEqual([
    { about: 'signature', certainty: 'unknown', value: '', because: { why: 'not-checked', signatures: 1 } },
  ]);
});
