import { expect, test } from 'vitest';
import { digestOf, shortDigest } from '../../../main/foundation/formats/digest.ts';
import { isAttestation, parseConfiguration, parseManifest, platformWords } from '../../../main/foundation/formats/manifest.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const descriptor = { mediaType: 'x', digest, size: 1 };

test('an image and a list of images are told apart by what they have', () => {
  expect(parseManifest(JSON.stringify({ config: descriptor, layers: [descriptor] })).kind).toBe('image');
  expect(parseManifest(JSON.stringify({ manifests: [descriptor] })).kind).toBe('index');
});

test.each([
  [
    { config: descriptor, layers: null },
    { kind: 'image', layers: [] },
  ],
  [{ config: descriptor }, { kind: 'image', layers: [] }],
  [{ config: descriptor, layers: [{ ...descriptor, urls: null, annotations: null }] }, { layers: [descriptor] }],
  [{ manifests: [{ ...descriptor, platform: null, annotations: null }] }, { kind: 'index', manifests: [descriptor] }],
  [
    { mediaType: 'application/vnd.oci.image.index.v1+json', manifests: null },
    { kind: 'index', manifests: [] },
  ],
])('as Go programs write it: %j', (manifest, read) => expect(parseManifest(JSON.stringify(manifest))).toMatchObject(read));

test.each(['{"rootfs":{"type":"layers"}}', '{"rootfs":{"diff_ids":null},"variant":null,"created":null,"os":null}'])(
  'a configuration without layers: %s',
  (text) => {
    expect(parseConfiguration(text)).toEqual({ os: 'unknown', architecture: 'unknown', rootfs: { diff_ids: [] } });
  },
);

test.each([
  'null',
  '[]',
  '{}',
  '{"manifests":{}}',
  JSON.stringify({ config: descriptor, layers: [{ ...descriptor, digest: '../../etc/passwd' }] }),
  JSON.stringify({ config: { ...descriptor, size: -1 }, layers: [] }),
  JSON.stringify({ manifests: Array(1001).fill(descriptor) }),
])('%.60s is refused', (text) => expect(() => parseManifest(text)).toThrow());

test('a record of how something was built is not an image', () => {
  expect(isAttestation({ ...descriptor, platform: { os: 'unknown', architecture: 'unknown' } })).toBe(true);
  expect(isAttestation({ ...descriptor, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } })).toBe(true);
  expect(isAttestation({ ...descriptor, platform: { os: 'linux', architecture: 'amd64' } })).toBe(false);
});

test('platforms, digests and configurations in words', () => {
  expect(platformWords({ os: 'linux', architecture: 'arm64', variant: 'v8' })).toBe('linux/arm64/v8');
  expect(shortDigest(digest)).toBe('aaaaaaaaaaaa');
  expect(digestOf('')).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(parseConfiguration('{"rootfs":{"diff_ids":["a"]}}')).toMatchObject({ os: 'unknown', rootfs: { diff_ids: ['a'] } });
  expect(() => parseConfiguration('{}')).toThrow();
});
