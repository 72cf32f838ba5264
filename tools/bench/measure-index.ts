import { execFile } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { tarEnd, tarHeader, tarPadding } from '../../main/foundation/formats/tar/tar-header.ts';
import { projectRoot } from '../build/build-app.ts';
import { mainBundles } from '../build/bundle-main.ts';
import type { Engine } from '../engine/engine.ts';
import { median, megabytes, seconds, timed } from './process-figures.ts';

const run = promisify(execFile);
/** A gigabyte in a hundred thousand files. */
const folders = 1000;
const filesInFolder = 100;
const fileSize = 10 * 1024;
const rounds = 3;
const image = 'bench/index:1';

type Figures = { took: number; before: number; peak: number; read: number };

/** How long it takes until the files of an image can be seen, beside `docker save` of it to nowhere. */
export async function measureIndex(engine: Engine, folder: string): Promise<string[]> {
  await makeImage(engine, join(folder, 'many-files.tar'));
  const program = await bundleApp();
  const indexIn = async (reference: string, kept = ''): Promise<Figures> => {
    const { stdout } = await run(process.execPath, [program, engine.host, reference, kept]);
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  };
  const env = { ...process.env, DOCKER_HOST: engine.host };
  const save = () => run('/bin/sh', ['-c', `docker save ${image} | cat > /dev/null`], { env });
  const [own, rival]: [Figures[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    rival.push(await timed(save));
    own.push(await indexIn(image));
  }
  const kept = join(folder, 'index');
  await indexIn(image, kept);
  const again = [await indexIn(image, kept), await indexIn(image, kept), await indexIn(image, kept)];
  await engine.docker(['build', '--quiet', '--tag', 'bench/index:2', '-'], {
    input: `FROM ${image}\nCOPY --from=layerdeck/base:1 /bin /more\n`,
  });
  const second = await indexIn('bench/index:2', kept);
  const took = own.map((one) => one.took);
  const all = (values: number[]) => values.map(seconds).join(', ');
  return [
    `1 GB in 100,000 files, until they can be seen: ${seconds(median(took))}, docker save | cat ${seconds(median(rival))}, ratio ${(median(took) / median(rival)).toFixed(2)}  [${all(took)} | ${all(rival)}]`,
    `memory of the process: ${megabytes(own[0]?.before ?? 0)} before, ${megabytes(Math.max(...own.map(({ peak }) => peak)))} at most`,
    `opened again by another process: ${all(again.map((one) => one.took))}`,
    `an image with one more layer: ${second.read} layer read, ${seconds(second.took)}`,
  ];
}

/** As the app is bundled, beside the threads of the build: compiling the sources would take longer than what is measured. */
async function bundleApp(): Promise<string> {
  const outDir = join(projectRoot, 'dist');
  const [main] = mainBundles(projectRoot, outDir, 'production');
  await build({ ...main, entryPoints: [{ in: 'tools/bench/index-app.ts', out: 'bench-index-app' }] });
  return join(outDir, 'main/bench-index-app.js');
}

async function makeImage(engine: Engine, path: string): Promise<void> {
  const file = createWriteStream(path);
  const body = Buffer.alloc(fileSize);
  for (let folder = 0; folder < folders; folder++) {
    const name = `usr/lib/python3/dist-packages/package-${folder}/`;
    const parts = [tarHeader({ name, kind: 'folder', mode: 0o755, size: 0, modified: 1_700_000_000 })];
    for (let at = 0; at < filesInFolder; at++) {
      randomFillSync(body);
      const header = tarHeader({ name: `${name}module_${at}.py`, kind: 'file', mode: 0o644, size: fileSize, modified: 1_700_000_000 });
      parts.push(header, Buffer.from(body), tarPadding(fileSize));
    }
    if (!file.write(Buffer.concat(parts))) await once(file, 'drain');
  }
  file.end(tarEnd());
  await once(file, 'close');
  await engine.docker(['import', path, image]);
}
