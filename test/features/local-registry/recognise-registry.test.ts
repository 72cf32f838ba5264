import { expect, test } from 'vitest';
import { readRegistryContainer } from '../../../main/features/local-registry/read-registry-container.ts';
import { makerOf } from '../../../main/features/local-registry/recognise-registry.ts';
import { versionIn } from '../../../main/features/local-registry/registry-details.ts';
import { startsRegistry } from '../../../main/features/local-registry/registry-image.ts';
import { ContainerInspect } from '../../../main/foundation/engine/answers/container-answers.ts';
import { StartSettings } from '../../../main/foundation/formats/image-settings.ts';

test.each([
  ['Layerdeck’s own, whatever it was made from', { Image: 'my/own', Labels: { 'app.layerdeck.registry': '1' } }, 'layerdeck'],
  ['a cache that Layerdeck made', { Image: 'registry:2', Labels: { 'app.layerdeck.cache': 'ghcr.io' } }, 'layerdeck'],
  ['one started by hand', { Image: 'registry' }, 'person'],
  ['one of Podman’s names', { Image: 'docker.io/library/registry:2' }, 'person'],
  ['distribution’s own image', { Image: 'ghcr.io/distribution/distribution:edge' }, 'person'],
  ['zot', { Image: 'ghcr.io/project-zot/zot-linux-amd64:v2.1.1' }, 'person'],
  ['k3d’s', { Image: 'docker.io/library/registry:2', Labels: { app: 'k3d', 'k3d.role': 'registry' } }, 'k3d'],
  ['a computer of k3d', { Image: 'rancher/k3s:v1', Labels: { app: 'k3d', 'k3d.role': 'server' } }, undefined],
  ['kind’s', { Image: 'registry:2', Names: ['/kind-registry'] }, 'kind'],
  ['minikube’s', { Image: 'gcr.io/k8s-minikube/kicbase:v0.0.45@sha256:0123', Names: ['/minikube'] }, 'minikube'],
  ['a registry of schemas', { Image: 'confluentinc/cp-schema-registry:7' }, undefined],
  ['a part of Harbor', { Image: 'goharbor/registry-photon:v2' }, undefined],
])('%s', (_, about, maker) => {
  expect(makerOf({ Names: ['/a'], Labels: {}, ...about })).toBe(maker);
});

const id = 'c'.repeat(64);
type Parts = { state?: object; config?: object; host?: object; ports?: object; mounts?: object[] };
const inspected = ({ state, config, host, ports, mounts }: Parts) =>
  ContainerInspect.parse({
    Id: id,
    Name: '/reg',
    State: { StartedAt: '2026-01-01T00:00:00Z', Running: true, ...state },
    Config: { Image: 'registry:2', ExposedPorts: { '5000/tcp': {} }, ...config },
    HostConfig: { NetworkMode: 'default', RestartPolicy: { Name: 'always' }, ...host },
    NetworkSettings: { Ports: ports ?? {} },
    Mounts: mounts ?? [],
  });
const at = (HostIp: string, HostPort: string) => ({ '5000/tcp': [{ HostIp, HostPort }] });
const volume = { Type: 'volume', Name: 'data', Source: '/x', Destination: '/var/lib/registry' };

test.each<[string, Parts, object | undefined]>([
  ['on every address of the computer', { ports: at('0.0.0.0', '5000') }, { address: 'localhost:5000', isOpen: true, hasLogin: false }],
  ['on loopback alone', { ports: at('127.0.0.1', '5001') }, { address: 'localhost:5001', isOpen: false }],
  ['on one address', { ports: at('192.168.1.7', '5000') }, { address: '192.168.1.7:5000', isOpen: true }],
  ['stopped, with the port that it will have', { state: { Running: false }, host: { PortBindings: at('', '5002') } }, { port: 5002 }],
  ['with a port that the engine chooses', { state: { Running: false }, host: { PortBindings: at('', '0') } }, { isOpen: false }],
  [
    'in the computer’s own network',
    { config: { Env: ['REGISTRY_HTTP_ADDR=127.0.0.1:5005'] }, host: { NetworkMode: 'host' } },
    { address: 'localhost:5005', isOpen: false },
  ],
  ['in that network without a word about it', { host: { NetworkMode: 'host' } }, { address: 'localhost:5000', isOpen: true }],
  [
    'listening at another port inside',
    { config: { Env: ['REGISTRY_HTTP_ADDR=:80'] }, ports: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '5009' }] } },
    { port: 5009 },
  ],
  ['that asks for a sign-in', { config: { Env: ['REGISTRY_AUTH=htpasswd'] }, ports: at('', '5000') }, { hasLogin: true }],
  [
    'that is a cache',
    { config: { Env: ['REGISTRY_PROXY_REMOTEURL=https://a:secret@registry-1.docker.io'] }, ports: at('127.0.0.1', '5000') },
    { cacheOf: 'registry-1.docker.io', remote: 'https://registry-1.docker.io' },
  ],
  ['another program that is called so', { config: { ExposedPorts: { '8080/tcp': {} } } }, undefined],
])('a registry %s', (_, parts, expected) => {
  const read = readRegistryContainer(inspected(parts), 'person');
  if (expected) expect(read).toMatchObject(expected);
  else expect(read).toBeUndefined();
});

test.each([
  ['a volume with a name', [volume], [], { kind: 'volume', name: 'data', isNamed: true }],
  ['a volume without one', [{ ...volume, Name: 'f'.repeat(64) }], [], { kind: 'volume', name: 'f'.repeat(64), isNamed: false }],
  [
    'a folder of a volume',
    [{ ...volume, Destination: '/data' }],
    ['REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY=/data/images'],
    { kind: 'volume', name: 'data', isNamed: true, mayHoldMore: true },
  ],
  ['a folder', [{ Type: 'bind', Source: '/srv/images', Destination: '/var/lib' }], [], { kind: 'folder', path: '/srv/images' }],
  ['the container', [], [], { kind: 'container' }],
  ['another place inside it', [volume], ['REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY=/data'], { kind: 'container' }],
  ['S3', [volume], ['REGISTRY_STORAGE_S3_BUCKET=b', 'REGISTRY_STORAGE=s3'], { kind: 'elsewhere' }],
])('images in %s', (_, mounts, Env, storage) => {
  expect(readRegistryContainer(inspected({ mounts, config: { Env } }), 'person')?.storage).toEqual(storage);
});

test.each([
  ['text', 'time="x" level=info msg="listening on [::]:5000" go.version=go1.20.8 instance.id=1 service=registry version=2.8.3\n', '2.8.3'],
  ['JSON', '{"go.version":"go1.23.7","level":"info","version":"3.0.0"}\n', '3.0.0'],
  ['Debian’s', 'go.version=go1.19.8 service=registry version="2.8.2+ds1-1" \n', '2.8.2+ds1-1'],
  ['nothing of it', 'go.version=go1.20.8 service=registry\n', undefined],
])('a version in a log: %s', (_, log, version) => {
  expect(versionIn(log)).toBe(version);
});

test.each([
  ['registry:2', { Entrypoint: ['/entrypoint.sh'], Cmd: ['/etc/docker/registry/config.yml'] }, true],
  ['registry:3', { Entrypoint: ['/entrypoint.sh'], Cmd: ['/etc/distribution/config.yml'] }, true],
  ['a home-made one', { Entrypoint: ['/bin/registry'], Cmd: ['serve', '/config.yml'] }, true],
  ['a web server', { Entrypoint: ['/docker-entrypoint.sh'], Cmd: ['nginx'] }, false],
])('whether an image starts a registry: %s', (_, settings, isOne) => {
  expect(startsRegistry(StartSettings.parse({ ...settings, ExposedPorts: { '5000/tcp': {} } }))).toBe(isOne);
});
