import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../engine/engine.ts';

export type Furniture = {
  /** A project that builds, one that builds slowly, and one that does not. */
  good: string;
  slow: string;
  broken: string;
  /** A tarball of an image, and a text that calls itself one. */
  archive: string;
  notes: string;
};

/** Gives a fresh engine what a person who works with it would have: projects, images of several ages, containers. */
export async function furnish(engine: Engine, home: string): Promise<Furniture> {
  const folder = (name: string) => join(home, name);
  cpSync(join(import.meta.dirname, '../../assets/samples/hello-web'), folder('hello-web'), { recursive: true });
  project(folder('reports'), `${app('reports', 40, 90)}RUN echo "Collecting figures" && sleep 3600\n`);
  project(
    folder('billing'),
    `${app('billing', 3, 2)}RUN echo "Compiling billing.c" && echo "billing.c:88: error: expected ; before return" >&2 && exit 1\n`,
  );
  await makeImages(engine);
  const archive = folder('team-backup.tar');
  await engine.docker(['save', '--output', archive, 'my-team/hello-api:2.0.0']);
  const notes = folder('notes.tar');
  writeFileSync(notes, 'These are only notes.\n');
  return { good: folder('hello-web'), slow: folder('reports'), broken: folder('billing'), archive, notes };
}

function project(path: string, dockerfile: string): void {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'Dockerfile'), dockerfile);
  writeFileSync(join(path, 'main.txt'), 'the program\n');
}

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
  await build(['nightly'], app('nightly', 5, 5));
  await build(['nightly'], app('nightly', 5, 6));
  await engine.docker(['run', '--detach', '--name', 'hello-api-1', 'my-team/hello-api:2.0.0', 'sleep', '1d']);
  await engine.docker(['create', '--name', 'reports-job', 'reports:0.9.3']);
}
