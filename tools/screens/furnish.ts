import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { writeBackup } from './write-backup.ts';

export type Furniture = {
  /** A project that builds, one that builds slowly, and one that does not. */
  good: string;
  slow: string;
  broken: string;
  /** A project with a version, several Dockerfiles, a secret, and much that does not belong in an image. */
  grown: string;
  /** A tarball of images, one of a whole file system, and a text that poses as one. */
  archive: string;
  system: string;
  notes: string;
  /** The record of a build. */
  record: string;
};

/** Gives a fresh engine what a working person would have: projects, images of several ages, containers. */
export async function furnish(engine: Engine, home: string): Promise<Furniture> {
  const folder = (name: string) => join(home, name);
  cpSync(join(import.meta.dirname, '../../assets/samples/hello-web'), folder('hello-web'), { recursive: true });
  project(folder('reports'), `${app('reports', 40, 90)}RUN echo "Collecting figures" && sleep 3600\n`);
  project(
    folder('billing'),
    `${app('billing', 3, 2)}RUN echo "Compiling billing.c" && echo "billing.c:88: error: expected ; before return" >&2 && exit 1\n`,
  );
  grownProject(folder('storefront'));
  await makeImages(engine);
  const archive = folder('team-backup.tar');
  await writeBackup(archive);
  const system = folder('Small Linux (3.20).tar');
  await writeSystem(engine, system);
  const notes = folder('notes.tar');
  writeFileSync(notes, 'These are only notes.\n');
  const record = folder('nightly.dockerbuild');
  cpSync(join(import.meta.dirname, '../../test/fixtures/docker-28-containerd/records/succeeded.dockerbuild'), record);
  return {
    good: folder('hello-web'),
    slow: folder('reports'),
    broken: folder('billing'),
    grown: folder('storefront'),
    archive,
    system,
    notes,
    record,
  };
}

/** The files of a container, without what an engine knows about its image. */
async function writeSystem(engine: Engine, path: string): Promise<void> {
  const container = (await engine.docker(['create', 'layerdeck/base:1'])).trim();
  await engine.docker(['export', '--output', path, container]);
  await engine.docker(['rm', container]);
}

function project(path: string, dockerfile: string): void {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'Dockerfile'), dockerfile);
  writeFileSync(join(path, 'main.txt'), 'the program\n');
}

function grownProject(path: string): void {
  const write = (name: string, content: string | Buffer) => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  };
  write('Dockerfile', grownDockerfile);
  write('docker/Dockerfile.worker', 'FROM layerdeck/base:1\nCOPY . /app\n');
  write('docker/npm', '#!/bin/sh\nmkdir node_modules && dd if=/dev/urandom of=node_modules/all bs=1M count=24 && sleep 3\n');
  chmodSync(join(path, 'docker/npm'), 0o755);
  write('package.json', '{"name":"@my-team/storefront","version":"2.3.0"}');
  write('VERSION', '2.4.0\n');
  write('.dockerignore', '*.log\ncoverage\n');
  write('.env', 'PAYMENT_PASSWORD=example\n');
  write('debug.log', Buffer.alloc(9_000_000));
  write('coverage/lcov.info', Buffer.alloc(3_000_000));
  write('public/film.mp4', Buffer.alloc(14_000_000));
  for (let number = 0; number < 9; number++) write(`public/photo-${number}.jpg`, Buffer.alloc(700_000 * (1 + (number % 4))));
  for (let number = 0; number < 40; number++)
    write(`node_modules/package-${number}/index.js`, Buffer.alloc(60_000 * (1 + ((number * 7) % 11))));
  for (let number = 0; number < 30; number++) write(`.git/objects/${number}/pack`, Buffer.alloc(150_000 + number * 9000));
  const rooms = ['api', 'pages', 'lib'];
  for (let number = 0; number < 24; number++)
    write(`src/${rooms[number % 3]}/file-${number}.ts`, Buffer.alloc(40_000 * (1 + (number % 5))));
}

// the npm that is copied in does nothing real: the screenshot needs no internet
const grownDockerfile = `FROM layerdeck/base:1 AS assets
ARG NPM_TOKEN
COPY docker/npm /bin/
WORKDIR /src
COPY . .
RUN --mount=type=secret,id=payment-key npm ci

FROM layerdeck/base:1 AS app
ARG COLOUR=grey
ADD public /app/public
COPY --from=assets /src/node_modules /app/node_modules
CMD ["sh"]
`;

const app = (name: string, library: number, data: number): string =>
  [
    'FROM layerdeck/base:1',
    `LABEL org.opencontainers.image.title="${name}"`,
    'WORKDIR /app',
    `RUN mkdir -p /usr/lib/${name} && dd if=/dev/urandom of=/usr/lib/${name}/library.so bs=1M count=${library}`,
    `RUN dd if=/dev/urandom of=/app/data.bin bs=1M count=${data}`,
    'ENV PORT=8080',
    'EXPOSE 8080',
    'CMD ["sh"]',
    '',
  ].join('\n');

async function makeImages(engine: Engine): Promise<void> {
  const build = (tags: string[], dockerfile: string) =>
    engine.docker(['build', ...tags.flatMap((tag) => ['--tag', tag]), '-'], { input: dockerfile });
  await build(['my-team/hello-api:1.9.4', 'my-team/hello-api:latest'], app('hello-api', 12, 20));
  await build(
    ['my-team/hello-api:2.0.0', 'my-team/hello-api:2.0', 'localhost:5000/hello-api:2.0.0'],
    `${app('hello-api', 12, 20)}RUN dd if=/dev/urandom of=/app/more bs=1M count=17\n`,
  );
  await build(['reports:0.9.2'], app('reports', 40, 61));
  await build(['reports:0.9.3', 'reports:0.9'], `${app('reports', 40, 61)}RUN dd if=/dev/urandom of=/app/pages bs=1M count=22\n`);
  await build(['my-team/storefront'], app('storefront', 18, 12));
  await build(['nightly'], app('nightly', 5, 5));
  await build(['nightly'], app('nightly', 5, 6));
  await engine.docker(['run', '--detach', '--name', 'hello-api-1', 'my-team/hello-api:2.0.0', 'sleep', '1d']);
  await engine.docker(['create', '--name', 'reports-job', 'reports:0.9.3']);
}
