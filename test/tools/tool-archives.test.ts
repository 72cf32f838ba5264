import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installMissing } from '../../tools/engine/install-missing.ts';
import { programOf, provideRoot } from '../../tools/engine/roots.ts';
import { startEngine } from '../../tools/engine/start-engine.ts';
import { dockerArchive, ociArchive } from '../../tools/fuzz/sample-archives.ts';
import { otherEngines, type Started } from '../support/engines/started-engines.ts';
import { loadAsShown } from '../support/load-as-shown.ts';
import { startApp, type TestApp } from '../support/make-app.ts';
import { WorkFolder } from '../support/work-folder.ts';

const folder = new WorkFolder({ 'docker.tar': dockerArchive(), 'oci.tar': ociArchive() });
const at = (name: string) => folder.file(name);
afterAll(() => folder[Symbol.dispose]());

const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'pipe' });
const skopeo = (from: string, to: string, ...options: string[]) => run('skopeo', '--insecure-policy', 'copy', '-q', ...options, from, to);
const source = () => `docker-archive:${at('docker.tar')}:app:1`;

/** How each tool writes an image file, in each of its formats. */
const tools: Record<string, (target: string) => void> = {
  'skopeo docker-archive': (target) => skopeo(source(), `docker-archive:${target}:by/skopeo:1`),
  'skopeo docker-archive without a name': (target) => skopeo(source(), `docker-archive:${target}`),
  'skopeo docker-archive with more names': (target) =>
    skopeo(source(), `docker-archive:${target}:by/skopeo:2`, '--additional-tag', 'docker.io/by/skopeo:3'),
  'skopeo oci-archive': (target) => skopeo(source(), `oci-archive:${target}:by/skopeo:4`),
  'skopeo oci-archive with a bare tag': (target) => skopeo(source(), `oci-archive:${target}:4`),
  'GNU tar of a layout by skopeo': (target) => {
    skopeo(source(), `oci:${target}.d:by/layout:1`);
    run('tar', '--create', '--file', target, '--directory', `${target}.d`, '.');
  },
  'GNU tar of a layout with two images, by umoci': (target) => {
    skopeo(source(), `oci:${target}.d:localhost/by-umoci:1`);
    run('umoci', 'config', '--image', `${target}.d:localhost/by-umoci:1`, '--tag', 'localhost/by-umoci:2', '--config.user', 'nobody');
    run('tar', '--create', '--format=pax', '--file', target, '--directory', `${target}.d`, 'oci-layout', 'index.json', 'blobs');
  },
  'bsdtar, plain': (target) => bsdtar(target),
  'bsdtar in the form of pax, packed with bzip2': (target) => bsdtar(target, '--format', 'pax', '--bzip2'),
  'bsdtar in the form of ustar, packed with xz': (target) => bsdtar(target, '--format', 'ustar', '--xz'),
  'bsdtar in the form of GNU tar, packed with zstd': (target) => bsdtar(target, '--format', 'gnutar', '--zstd'),
  'podman save': (target) => podmanSave(target),
  'podman save of an OCI layout': (target) => podmanSave(target, '--format', 'oci-archive'),
  'podman save of several images': (target) => podmanSave(target, '--multi-image-archive'),
  'buildah docker-archive': (target) => buildah(`docker-archive:${target}:by/buildah:1`),
  'buildah oci-archive': (target) => buildah(`oci-archive:${target}:by/buildah:2`),
  'GNU tar of a docker save that was unpacked': (target) => {
    run('mkdir', `${target}.d`);
    run('tar', '--extract', '--file', at('docker.tar'), '--directory', `${target}.d`);
    run('tar', '--create', '--gzip', '--format=gnu', '--file', target, '--directory', `${target}.d`, '.');
  },
};

/** Repacked by the tar of BSD, macOS and Windows. */
function bsdtar(target: string, ...options: string[]): void {
  run('mkdir', `${target}.d`);
  run('bsdtar', '--extract', '--file', at('oci.tar'), '--directory', `${target}.d`);
  run('bsdtar', '--create', ...options, '--file', target, '--directory', `${target}.d`, '.');
}

function podmanSave(target: string, ...options: string[]): void {
  const podman = (...args: string[]) =>
    run('podman', '--root', at('podman'), '--runroot', at('podman-run'), '--storage-driver', 'vfs', ...args);
  podman('load', '--quiet', '--input', at('docker.tar'));
  podman('tag', 'localhost/app:1', 'localhost/by/podman:1', 'quay.example/by/podman:2');
  podman('save', '--quiet', '--output', target, ...options, 'localhost/by/podman:1', 'quay.example/by/podman:2');
}

/** An image of one file, and of another on top of it. */
function buildah(target: string): void {
  const buildahRun = (...args: string[]) =>
    run('buildah', '--root', at('buildah'), '--runroot', at('buildah-run'), '--storage-driver', 'vfs', ...args)
      .toString()
      .trim();
  const container = buildahRun('from', 'scratch');
  buildahRun('add', '--quiet', container, at('docker.tar'), '/a/');
  buildahRun('config', '--cmd', '/bin/true', '--author', 'Jürgen', container);
  const first = buildahRun('commit', '--quiet', container);
  const second = buildahRun('from', first);
  buildahRun('add', '--quiet', second, at('oci.tar'), '/b/');
  buildahRun('commit', '--quiet', second, target);
}

const made = Object.keys(tools).map((tool, number) => [tool, `${number}.tar`] as const);

beforeAll(() => {
  installMissing(['skopeo', 'umoci', 'podman', 'buildah', 'libarchive-tools']);
  for (const [tool, name] of made) tools[tool]?.(at(name));
});

const engines: typeof otherEngines = [['Docker Engine 20.10', () => startEngine()], ...otherEngines];

describe.each(engines)('%s', (name, start) => {
  let engine: Started;
  let app: TestApp;
  beforeAll(async () => {
    engine = await start();
    app = await startApp(engine.host);
  });
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
    await engine.stop();
  });

  test.each(made)('%s loads as it is shown', async (_, file) => {
    await loadAsShown(app, at(file));
  });

  // of these engines, only this one's BuildKit writes image files
  test.runIf(name.endsWith('containerd')).each([
    ['oci', '--provenance=false'],
    ['oci', '--provenance=true'],
    ['docker', '--provenance=false'],
  ])('buildx type=%s, %s loads as it is shown', async (type, provenance) => {
    const target = at(`buildx-${type}${provenance}.tar`);
    const context = new WorkFolder({ Dockerfile: 'FROM scratch\nCOPY a /\nLABEL b=c\nCOPY a /d/\n', a: 'content' });
    const buildx = [...programOf(provideRoot('trixie'), 'usr/libexec/docker/cli-plugins/docker-buildx')];
    const [program = '', ...before] = buildx;
    const args = [...before, 'build', provenance, '--tag', `by/buildx-${type}:1`, '--output', `type=${type},dest=${target}`, context.path];
    execFileSync(program, args, { stdio: 'pipe', env: { ...process.env, DOCKER_HOST: engine.host } });
    context[Symbol.dispose]();
    const shown = await loadAsShown(app, target);
    expect(shown.images.map(({ references }) => references)).toEqual([[`by/buildx-${type}:1`]]);
  });

  test.each(['docker.tar', 'oci.tar'])('its own save of what came from %s comes back as it is shown', async (file) => {
    const shown = await loadAsShown(app, at(file));
    const { product } = app.connection.engine;
    const names = [...new Set(shown.images.flatMap((image) => (product === 'Podman' ? image.referencesOnPodman : image.references)))];
    // Podman 4.3 saves one image at a time
    for (const references of product === 'Podman' ? names.map((one) => [one]) : [names]) {
      const target = at(`${name} ${file} ${references[0]?.replaceAll(/\W/g, '-')}.tar`);
      expect(await app.run({ kind: 'save', references, target: app.writable(target) })).toMatchObject({ state: 'succeeded' });
      await loadAsShown(app, target);
    }
  });
});
