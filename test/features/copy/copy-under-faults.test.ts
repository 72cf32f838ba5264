import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyIntoRegistry } from '../../../main/features/copy/copy-image.ts';
import { toFailure } from '../../../main/foundation/failures/failure.ts';
import { mediaTypes } from '../../../main/foundation/formats/manifest.ts';
import type { OperationContext } from '../../../main/foundation/progress/operation-context.ts';
import { Logins } from '../../../main/foundation/registries/logins/logins.ts';
import { type FakeRegistry, type Hook, type Oddity, startFakeRegistry } from '../../support/fake-registry.ts';

const access = { logins: new Logins(), isInsecure: async () => true, takesTokens: () => true };

/** Any answer that a registry may give instead of the right one. */
const oddity: fc.Arbitrary<Oddity> = fc.oneof(
  fc
    .record({
      status: fc.constantFrom(200, 202, 301, 307, 400, 401, 403, 404, 405, 409, 413, 416, 429, 500, 502, 503, 507),
      header: fc.constantFrom<Record<string, string>>(
        {},
        { location: '/v2/elsewhere' },
        { location: 'http://[' },
        { location: 'http://127.0.0.1:1/x' },
        { range: '0-7' },
        { range: 'nonsense' },
        { 'content-type': 'text/html' },
        { 'www-authenticate': 'Bearer realm="http://127.0.0.1:1/token"' },
        { 'www-authenticate': 'Bearer' },
        { 'docker-content-digest': `sha256:${'0'.repeat(64)}` },
      ),
      body: fc.constantFrom(
        '',
        '<html>',
        '{}',
        'null',
        '{"errors":null}',
        '{"errors":[{"code":"DENIED","message":null}]}',
        '{"manifests":null}',
      ),
    })
    .map(({ status, header, body }) => ({ status, headers: { 'retry-after': '0', ...header }, body })),
  fc.integer({ min: 0, max: 60_000 }).map((cutAfter) => ({ cutAfter })),
  fc.integer({ min: 1, max: 30 }).map((delay) => ({ delay })),
);
const plan = fc.array(fc.record({ at: fc.nat(30), oddity }), { maxLength: 4 });

function planned(faults: { at: number; oddity: Oddity }[]): Hook {
  let count = 0;
  return () => {
    const now = count++;
    return faults.find(({ at }) => at === now)?.oddity;
  };
}

/** A list with an image of two layers for each of two platforms. */
function fill({ registry }: { registry: FakeRegistry }): void {
  const manifests = ['amd64', 'arm64'].map((architecture) => {
    const layers = [randomBytes(50_000), randomBytes(100)].map((bytes) => registry.addBlob(bytes, mediaTypes.packedLayer));
    const config = registry.addBlob(
      JSON.stringify({ os: 'linux', architecture, rootfs: { diff_ids: layers.map(({ digest }) => digest) } }),
      mediaTypes.config,
    );
    const manifest = JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.image, config, layers });
    const digest = registry.addManifest('from', architecture, manifest, mediaTypes.image);
    return { mediaType: mediaTypes.image, digest, size: manifest.length, platform: { os: 'linux', architecture } };
  });
  registry.addManifest('from', '1', { schemaVersion: 2, mediaType: mediaTypes.index, manifests }, mediaTypes.index);
}

/** All that a tag stands for. */
function reachable(registry: FakeRegistry, repository: string, reference: string): string[] {
  const kept = registry.manifests.get(`${repository}:${reference}`);
  if (!kept) return [`${reference} is missing`];
  const {
    manifests = [],
    config,
    layers = [],
  } = JSON.parse(kept.bytes.toString()) as Record<string, { digest: string }[]> & { config?: { digest: string } };
  const blobs = [...(config ? [config] : []), ...layers].map(({ digest }) =>
    registry.blobs.has(digest) ? digest : `${digest} is missing`,
  );
  return [kept.bytes.toString(), ...blobs, ...manifests.flatMap(({ digest }) => reachable(registry, repository, digest))];
}

test('whatever two registries answer, a copy is complete or absent, and the failure names one of the two', {
  timeout: 600_000,
}, async () => {
  const numRuns = Number(process.env.LAYERDECK_COPY_RUNS ?? 25);
  const property = fc.asyncProperty(plan, plan, async (atSource, atTarget) => {
    using source = await startFakeRegistry(planned(atSource));
    using target = await startFakeRegistry(planned(atTarget));
    fill(source);
    const context: OperationContext = { id: 'x', signal: new AbortController().signal, report: () => {}, log: () => {} };
    const from = { kind: 'registry' as const, reference: `${source.address}/from:1` };
    const outcome = await copyIntoRegistry(from, `${target.address}/to:1`, access, context).catch((error: unknown) => toFailure(error));
    if ('digest' in outcome) {
      expect(reachable(target.registry, 'to', '1')).toEqual(reachable(source.registry, 'from', '1'));
    } else if ('title' in outcome) {
      expect(outcome.kind).not.toBe('unknown');
      expect(`${outcome.title} ${outcome.detail} ${outcome.cause}`).toMatch(/127\.0\.0\.1:\d+|sha256:/);
    }
    // the tag arrives last: if it is there, everything is
    if (target.registry.manifests.has('to:1')) expect(reachable(target.registry, 'to', '1').join()).not.toContain('missing');
  });
  await fc.assert(property, { numRuns, ...(process.env.LAYERDECK_COPY_SEED && { seed: Number(process.env.LAYERDECK_COPY_SEED) }) });
});
