import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskRequest } from '../../contract/task.ts';
import { type App, makeApp } from '../../main/app.ts';
import { EngineQuestions } from '../../main/foundation/engine/engine-questions.ts';
import { SshWays } from '../../main/foundation/engine/ssh/ssh-ways.ts';
import type { DesktopParts } from '../../main/procedures/router.ts';
import { makeCommands } from '../engine/docker-command.ts';
import type { Engine } from '../engine/engine.ts';
import { SshServer } from '../engine/ssh-server.ts';
import { measureFarBuilds } from './measure-builds.ts';
import { median, seconds, timed } from './process-figures.ts';

/** Megabytes. */
const size = Number(process.env.LAYERDECK_BENCH_IMAGE ?? 1000);
const image = `bench-ssh:${size}`;
const rounds = 5;

/**
 * Save, load and contexts to build from, over SSH, alternating with `docker -H ssh://…` over the same server with the same settings.
 * Main's own code, as the app puts it together, without the window.
 */
export async function measureSsh(engine: Engine, folder: string): Promise<string[]> {
  await engine.docker(['build', '--tag', image, '-'], {
    input: `FROM layerdeck/base:1\nRUN dd if=/dev/urandom of=/a bs=1M count=${size}\n`,
  });
  const server = await SshServer.start(engine.host);
  const { PATH = '' } = server.env;
  const commands = makeCommands(server.address);
  const docker: Engine['docker'] = (args, options = {}) => commands.docker(args, { ...options, env: { ...options.env, PATH } });
  const ssh = new SshWays({ platform: process.platform, home: '/nonexistent', env: server.env }, new EngineQuestions());
  try {
    const archives = await compareArchives(server, docker, join(folder, 'ssh'));
    return [...archives, ...(await measureFarBuilds({ ...engine, host: server.address, docker }, folder, { ssh }))];
  } finally {
    await ssh.close();
    await server[Symbol.asyncDispose]();
  }
}

async function compareArchives(server: SshServer, docker: Engine['docker'], folder: string): Promise<string[]> {
  mkdirSync(folder);
  const machine = { platform: process.platform, home: folder, env: { ...server.env, DOCKER_HOST: server.address } };
  const app = makeApp({ folder, licences: '', machine, lock: noLock, desktop: () => ({}) as DesktopParts });
  const times = { saveOwn: [] as number[], saveRival: [] as number[], loadOwn: [] as number[], loadRival: [] as number[] };
  const [own, rival] = [join(folder, 'own.tar'), join(folder, 'rival.tar')];
  try {
    void app.connection.run();
    await connected(app);
    for (let round = 0; round < rounds; round++) {
      const saveOwn = async () => {
        const target = app.grants.grant(own, 'write');
        times.saveOwn.push(await timed(() => run(app, { kind: 'save', references: [image], target })));
      };
      const saveRival = async () => times.saveRival.push(await timed(() => docker(['save', '--output', rival, image])));
      await inTurns(round, saveOwn, saveRival);
      const loadOwn = async () => {
        await docker(['rmi', image]);
        const archive = app.grants.grant(own, 'read');
        times.loadOwn.push(await timed(() => run(app, { kind: 'load', archive })));
      };
      const loadRival = async () => {
        await docker(['rmi', image]);
        times.loadRival.push(await timed(() => docker(['load', '--input', rival])));
      };
      await inTurns(round, loadOwn, loadRival);
      rmSync(own);
      rmSync(rival);
    }
  } finally {
    await app.close();
  }
  const line = (what: string, ours: number[], theirs: number[]) =>
    `${what}: ${seconds(median(ours))}, docker ${seconds(median(theirs))}, ratio ${(median(ours) / median(theirs)).toFixed(2)}  [${ours.map(seconds).join(', ')} | ${theirs.map(seconds).join(', ')}]`;
  return [line(`save ${size} MB`, times.saveOwn, times.saveRival), line(`load ${size} MB`, times.loadOwn, times.loadRival)];
}

// whoever comes second finds more in the system's caches
async function inTurns(round: number, own: () => Promise<unknown>, rival: () => Promise<unknown>): Promise<void> {
  for (const act of round % 2 === 0 ? [own, rival] : [rival, own]) await act();
}

const connected = (app: App): Promise<void> =>
  new Promise((resolve) => {
    const look = () => app.connection.current && resolve();
    app.connection.on('state', look);
    look();
  });

async function run(app: App, request: TaskRequest): Promise<void> {
  const id = app.tasks.start(request);
  for (;;) {
    const { state, failure, endedAt } = app.tasks.task(id);
    if (state === 'succeeded') return;
    if (endedAt !== undefined) throw new Error(JSON.stringify(failure));
    await once(app.tasks, 'task');
  }
}

const refuse = () => Promise.reject(new Error('nothing is kept here'));
const noLock = { isThere: async () => false, seal: refuse, open: refuse };
