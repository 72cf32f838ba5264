import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toFailure } from '../../../main/foundation/failures/failure.ts';
import { digestOf } from '../../../main/foundation/formats/digest.ts';
import { type BlobToSend, uploadBlob } from '../../../main/foundation/registries/blobs/upload-blob.ts';
import { RegistryClient } from '../../../main/foundation/registries/registry-client.ts';
import { Repository } from '../../../main/foundation/registries/repository.ts';
import { type Hook, startFakeRegistry } from '../../support/fake-registry.ts';

const MB = 1024 * 1024;

/** A blob that is read from a disk. */
function blobOf(bytes: Buffer): BlobToSend {
  return {
    digest: digestOf(bytes),
    size: bytes.length,
    open: async (from) => Readable.from(inChunks(bytes.subarray(from)), { objectMode: false }),
  };
}

/** A blob that another registry has. */
const remoteBlob = (repository: Repository, bytes: Buffer): BlobToSend => ({
  ...blobOf(bytes),
  at: { registry: repository.client.registry, repository: repository.name },
  open: (from, signal) => repository.readBlob(digestOf(bytes), from, signal),
});

function* inChunks(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 64 * 1024) yield bytes.subarray(at, at + 64 * 1024);
}

async function upload(hook: Hook, blobFor: (bytes: Buffer) => BlobToSend, bytes: Buffer) {
  const fake = await startFakeRegistry(hook);
  using client = await RegistryClient.open({ registry: fake.address, login: undefined, isInsecure: true });
  const signal = new AbortController().signal;
  const outcome = await uploadBlob(new Repository(client, 'app'), blobFor(bytes), { signal, onBytes: () => {}, onWait: () => {} }).catch(
    (error: unknown) => toFailure(error),
  );
  const { blobs, uploads } = fake.registry;
  const sent = fake.seen.filter(({ method }) => method === 'PATCH');
  fake[Symbol.dispose]();
  return { outcome, arrived: blobs.get(digestOf(bytes)), left: uploads.size, sent };
}

describe('a layer of 22 MB', () => {
  const bytes = randomBytes(22 * MB);

  test('goes in one piece if nothing breaks, for registries that don’t know pieces', async () => {
    const { outcome, arrived, sent } = await upload(() => undefined, blobOf, bytes);
    expect([outcome, arrived?.equals(bytes), sent.length]).toEqual(['sent', true, 1]);
    expect(sent[0]?.headers['content-range']).toBeUndefined();
  });

  test('arrives over connections that are cut after 5 MB', async () => {
    const { outcome, arrived, sent } = await upload(({ method }) => (method === 'PATCH' ? { cutAfter: 5 * MB } : undefined), blobOf, bytes);
    expect([outcome, arrived?.equals(bytes)]).toEqual(['sent', true]);
    expect(sent.length).toBeLessThan(10);
  });

  test('arrives at a registry that forgets what was cut', async () => {
    const forgets: Hook = ({ method, path, headers }) => {
      if (method === 'GET' && path.includes('/uploads/')) return { status: 404 };
      return method === 'PATCH' && Number(headers['content-length']) > 5 * MB ? { cutAfter: 5 * MB } : undefined;
    };
    const { outcome, arrived } = await upload(forgets, blobOf, bytes);
    expect([outcome, arrived?.equals(bytes)]).toEqual(['sent', true]);
  });

  test('continues if its source is interrupted, without the registry noticing', async () => {
    using source = await startFakeRegistry(({ method, path }) =>
      method === 'GET' && path.includes('/blobs/') ? { cutAfter: 5 * MB } : undefined,
    );
    source.registry.addBlob(bytes);
    using client = await RegistryClient.open({ registry: source.address, login: undefined, isInsecure: true });
    const { outcome, arrived, sent } = await upload(
      () => undefined,
      (whole) => remoteBlob(new Repository(client, 'from'), whole),
      bytes,
    );
    expect([outcome, arrived?.equals(bytes), sent.length]).toEqual(['sent', true, 1]);
  });
});

test('an upload that comes to nothing is given up', async () => {
  const { outcome, left } = await upload(({ method }) => (method === 'PATCH' ? { status: 413 } : undefined), blobOf, randomBytes(1000));
  expect(outcome).toMatchObject({ title: expect.stringContaining('too large for') });
  expect(left).toBe(0);
});

test('an upload that is stopped, too', async () => {
  using fake = await startFakeRegistry(({ method }) => (method === 'PATCH' ? { silent: true } : undefined));
  using client = await RegistryClient.open({ registry: fake.address, login: undefined, isInsecure: true });
  const stop = new AbortController();
  const sending = uploadBlob(new Repository(client, 'app'), blobOf(randomBytes(MB)), {
    signal: stop.signal,
    onBytes: (done) => done === MB && stop.abort(),
    onWait: () => {},
  });
  await expect(sending).rejects.toThrow('aborted');
  expect(fake.registry.uploads.size).toBe(0);
});

test('a file that ends too early gets the blame, not a registry', async () => {
  const short = (bytes: Buffer): BlobToSend => ({ ...blobOf(bytes), size: bytes.length + 1 });
  const { outcome } = await upload(() => undefined, short, randomBytes(1000));
  expect(outcome).toMatchObject({ kind: 'bad-archive', title: 'The file is cut off' });
});

/** What may happen to any request; after that all is well, so that everything has to arrive. */
const fault = fc.oneof(
  fc.constantFrom(500, 502, 503, 429).map((status) => ({ status, headers: { 'retry-after': '0' } })),
  fc.integer({ min: 0, max: 300_000 }).map((cutAfter) => ({ cutAfter })),
);

test('whatever breaks a few times, the bytes arrive whole', { timeout: 120_000 }, async () => {
  const faults = fc.array(fc.record({ at: fc.nat(20), fault }), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(faults, fc.integer({ min: 0, max: 400_000 }), async (planned, size) => {
      const bytes = randomBytes(size);
      let count = 0;
      const hook: Hook = ({ path }) => {
        if (path === '/v2/') return undefined;
        const now = count++;
        return planned.find(({ at }) => at === now)?.fault;
      };
      const { outcome, arrived } = await upload(hook, blobOf, bytes);
      expect([outcome, arrived?.equals(bytes)]).toEqual(['sent', true]);
    }),
    { numRuns: 25, seed: 7 },
  );
});
