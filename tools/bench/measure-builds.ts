import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Builder } from '../../contract/engine.ts';
import { buildImage } from '../../main/features/builds/build-image.ts';
import { ContextRecorder } from '../../main/foundation/context/record/context-recorder.ts';
import { openEngine, type Reaching } from '../../main/foundation/engine/open-engine.ts';
import { Logins } from '../../main/foundation/registries/logins/logins.ts';
import type { Engine } from '../engine/engine.ts';
import { median, seconds, timed } from './process-figures.ts';

type Context = { name: string; files: number; bytes: number };

const large: Context = { name: 'large', files: 50_000, bytes: 21_000 };
const small: Context = { name: 'small', files: 10_000, bytes: 2000 };

/** Contexts that are sent for the first time and contexts that have not changed, alternating with the docker command. */
export async function measureBuilds(engine: Engine, folder: string): Promise<string[]> {
  return [
    await compare(engine, makeContext(folder, small), 'buildkit', { rounds: 7, isFirst: false }),
    await compare(engine, makeContext(folder, small), 'classic', { rounds: 3, isFirst: false }),
    await compare(engine, makeContext(folder, large), 'buildkit', { rounds: 3, isFirst: true }),
  ];
}

/** A context that an engine on another computer gets for the first time, with both builders. */
export async function measureFarBuilds(engine: Engine, folder: string, reaching: Reaching): Promise<string[]> {
  const far: Context = { name: 'far', files: Number(process.env.LAYERDECK_BENCH_FILES ?? 10_000), bytes: 30_000 };
  return [
    await compare(engine, makeContext(folder, far), 'buildkit', { rounds: 5, isFirst: true, reaching }),
    await compare(engine, makeContext(folder, far), 'classic', { rounds: 5, isFirst: true, reaching }),
  ];
}

type Way = { rounds: number; isFirst: boolean; reaching?: Reaching };

async function compare(engine: Engine, context: Context & { folder: string }, builder: Builder, way: Way): Promise<string> {
  const { rounds, isFirst, reaching } = way;
  const kept = `${context.folder}.context.gz`;
  const own = () => buildInMain(engine, context.folder, builder, kept, reaching);
  const rival = () =>
    engine.docker(['build', '--quiet', '--tag', 'bench:1', context.folder], {
      env: { DOCKER_BUILDKIT: builder === 'buildkit' ? '1' : '0' },
    });
  const forget = async () => {
    await engine.docker(['builder', 'prune', '--all', '--force']);
    // the classic builder's cache is its images
    await engine.docker(['image', 'prune', '--force']);
    await engine.docker(['rmi', '--force', 'bench:1']).catch(() => {});
  };
  const prepare = () => (isFirst ? forget() : Promise.resolve());
  const times = { own: [] as number[], rival: [] as number[] };
  if (!isFirst) await own();
  for (let round = 0; round < rounds; round++) {
    const build = {
      own: async () => times.own.push(await own()),
      rival: async () => times.rival.push(await timed(rival)),
    };
    // whoever comes second finds more in the system's caches
    for (const who of round % 2 === 0 ? (['own', 'rival'] as const) : (['rival', 'own'] as const)) {
      await prepare();
      await build[who]();
    }
  }
  rmSync(context.folder, { recursive: true });
  rmSync(kept);
  const what = `${isFirst ? 'first build' : 'nothing changed'}, ${context.files.toLocaleString('en')} files, ${builder}`;
  const ratio = (median(times.own) / median(times.rival)).toFixed(2);
  return `${what}: ${seconds(median(times.own))}, docker ${seconds(median(times.rival))}, ratio ${ratio}  [${times.own.map(seconds).join(', ')} | ${times.rival.map(seconds).join(', ')}]`;
}

/**
 * Main's own code, including what it records of the context, but without the window, which shows updates 25 times a
 * second at most. Returns the milliseconds of the build; the digests are finished after it, as in the app.
 */
async function buildInMain(engine: Engine, folder: string, builder: Builder, kept: string, reaching?: Reaching): Promise<number> {
  const begin = performance.now();
  const client = await openEngine({ id: 'bench', label: 'bench', address: engine.host }, reaching);
  const order = { folder, dockerfile: 'Dockerfile', references: ['bench:1'], secrets: [], classicModes: 'docker-20' as const };
  const context = { id: 'bench', signal: new AbortController().signal, log: () => {}, report: () => {} };
  const refuse = () => Promise.reject(new Error('nothing can be fetched here'));
  const recorder = new ContextRecorder(kept, existsSync(kept) ? kept : undefined);
  await buildImage(client, builder, order, context, { witness: recorder, getImage: refuse, logins: new Logins() });
  const took = performance.now() - begin;
  await recorder.finish();
  return took;
}

function makeContext(folder: string, context: Context): Context & { folder: string } {
  const path = join(folder, context.name);
  for (let number = 0; number < context.files; number++) {
    const sub = join(path, String(Math.floor(number / 100)));
    if (number % 100 === 0) mkdirSync(sub, { recursive: true });
    writeFileSync(join(sub, `file-${number}`), randomBytes(context.bytes));
  }
  writeFileSync(join(path, 'Dockerfile'), 'FROM scratch\nCOPY . /\n');
  return { ...context, folder: path };
}
