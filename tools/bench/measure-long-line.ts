import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { buildImage } from '../../main/features/builds/build-image.ts';
import { openEngine } from '../../main/foundation/engine/open-engine.ts';
import { Logins } from '../../main/foundation/registries/logins/logins.ts';
import type { Engine } from '../engine/engine.ts';
import { seconds, timed } from './process-figures.ts';

/** A step of the classic builder that prints a line of 50 MB: how long the build takes compared with docker's, and how long main is blocked. */
export async function measureLongLine(engine: Engine, folder: string): Promise<string[]> {
  const context = join(folder, 'long-line');
  mkdirSync(context);
  const writeDockerfile = () =>
    writeFileSync(
      join(context, 'Dockerfile'),
      `FROM layerdeck/base:1\nRUN head -c 50000000 /dev/zero | tr '\\0' x; echo ${Math.random()}\n`,
    );
  writeDockerfile();
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const own = await timed(() => buildInMain(engine.host, context));
  delays.disable();
  writeDockerfile();
  const rival = await timed(() => engine.docker(['build', context]));
  const held = (delays.max / 1e6).toFixed(0);
  return [`a line of 50 MB, classic: ${seconds(own)}, main blocked for ${held} ms at most; docker ${seconds(rival)}`];
}

async function buildInMain(host: string, folder: string): Promise<void> {
  const client = await openEngine({ id: 'bench', label: 'bench', address: host });
  const order = { folder, dockerfile: 'Dockerfile', references: ['bench:line'], secrets: [], classicModes: 'docker-20' as const };
  const context = { id: 'bench', signal: new AbortController().signal, log: () => {}, report: () => {} };
  const refuse = () => Promise.reject(new Error('nothing can be fetched here'));
  const witness = { saw: () => {}, sent: () => {} };
  await buildImage(client, 'classic', order, context, { witness, getImage: refuse, logins: new Logins() });
}
