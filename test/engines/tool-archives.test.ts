import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installMissing } from '../../tools/engine/install-missing.ts';
import { startEngine } from '../../tools/engine/start-engine.ts';
import { dockerArchive, ociArchive } from '../../tools/fuzz/sample-archives.ts';
import { loadAsShown } from '../support/load-as-shown.ts';
import { TestApp } from '../support/make-app.ts';
import { otherEngines, type Started } from '../support/started-engines.ts';
import { WorkFolder } from '../support/work-folder.ts';

const folder = new WorkFolder({ 'docker.tar': dockerArchive(), 'oci.tar': ociArchive() });
const at = (name: string) => folder.file(name);
afterAll(() => folder[Symbol.dispose]());

const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'pipe' });
const skopeo = (from: string, to: string, ...options: string[]) => run('skopeo', '--insecure-policy', 'copy', '-q', ...options, from, to);
const source = () => `docker-archive:${at('docker.tar')}:app:1`;

/** How each tool writes an image file, in the formats that it has. */
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
  'GNU tar of a docker save that was unpacked': (target) => {
    run('mkdir', `${target}.d`);
    run('tar', '--extract', '--file', at('docker.tar'), '--directory', `${target}.d`);
    run('tar', '--create', '--gzip', '--format=gnu', '--file', target, '--directory', `${target}.d`, '.');
  },
};

const made = Object.keys(tools).map((tool, number) => [tool, `${number}.tar`] as const);

beforeAll(() => {
  installMissing(['skopeo', 'umoci']);
  for (const [tool, name] of made) tools[tool]?.(at(name));
});

const engines: typeof otherEngines = [['Docker Engine 20.10', () => startEngine()], ...otherEngines];

describe.each(engines)('%s', (name, start) => {
  let engine: Started;
  let app: TestApp;
  beforeAll(async () => {
    engine = await start();
    app = new TestApp(engine.host);
    await app.connected();
  });
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
    await engine.stop();
  });

  test.each(made)('%s comes as it is shown', async (_, file) => {
    await loadAsShown(app, at(file));
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
