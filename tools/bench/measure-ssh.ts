import { EngineQuestions } from '../../main/foundation/engine/engine-questions.ts';
import { SshWays } from '../../main/foundation/engine/ssh/ssh-ways.ts';
import { makeCommands } from '../engine/docker-command.ts';
import type { Engine } from '../engine/engine.ts';
import { SshServer } from '../engine/ssh-server.ts';
import { measureArchives } from './measure-archives.ts';
import { measureFarBuilds } from './measure-builds.ts';

/** Save, load and contexts to build from, over SSH, alternating with `docker -H ssh://…` over the same server with the same settings. */
export async function measureSsh(engine: Engine, folder: string): Promise<string[]> {
  const server = await SshServer.start(engine.host);
  const { PATH = '' } = server.env;
  const commands = makeCommands(server.address);
  const docker: Engine['docker'] = (args, options = {}) => commands.docker(args, { ...options, env: { ...options.env, PATH } });
  const there = { ...engine, host: server.address, docker };
  const ssh = new SshWays({ platform: process.platform, home: '/nonexistent', env: server.env }, new EngineQuestions());
  try {
    return [...(await measureFarBuilds(there, folder, { ssh })), ...(await measureArchives(there, folder, { PATH }))];
  } finally {
    await ssh.close();
    await server[Symbol.asyncDispose]();
  }
}
