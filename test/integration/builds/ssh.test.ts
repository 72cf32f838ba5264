import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Task } from '../../../contract/task.ts';
import { FailureError } from '../../../main/foundation/failures/failure.ts';
import { listLibraries } from '../../../tools/engine/list-libraries.ts';
import { buildDirectly } from '../../support/build-directly.ts';
import { base, host, traits } from '../../support/engines/own-engine.ts';
import { startApp } from '../../support/make-app.ts';
import { SshAgent } from '../../support/ssh-agent.ts';
import { WorkFolder } from '../../support/work-folder.ts';

/** Only BuildKit gives keys to steps. */
const withKeys = test.skipIf(!traits.hasBuildKit);

const program = '/usr/bin/ssh-add';

/** A folder with Debian's ssh-add and everything it loads; `lines` follow those that put it into the image. */
async function folderWith(lines: string, publicKey = ''): Promise<WorkFolder> {
  const files = [program, ...(await listLibraries(program))];
  return new WorkFolder({
    Dockerfile: `FROM ${base} AS first\nCOPY root /\nRUN chmod -R +x /usr/bin /lib* /usr/lib*; echo ${Math.random()}\n${lines}\n`,
    'root/key.pub': publicKey,
    ...Object.fromEntries(files.map((path) => [`root${path}`, readFileSync(path)])),
  });
}

async function build(folder: WorkFolder, ssh = true): Promise<{ task: Task; log: string }> {
  await using app = await startApp(host);
  const task = await app.run({
    kind: 'build',
    folder: app.readable(folder.path),
    dockerfile: 'Dockerfile',
    references: ['it-ssh:1'],
    ...(ssh && { ssh }),
  });
  const lines = (await Array.fromAsync(app.tasks.followLog(task.id, 0, undefined))).flat();
  return { task, log: lines.map(({ text }) => text).join('\n') };
}

withKeys('steps see the keys and sign with them, under any id and side by side', async () => {
  using agent = new SshAgent();
  const key = agent.addKey();
  const check = `test "$(${program} -L)" = "$(cat /key.pub)" && ${program} -T /key.pub`;
  using folder = await folderWith(
    [
      `RUN --mount=type=ssh,required=true ${check}`,
      'FROM first AS other',
      `RUN --mount=type=ssh,id=deploy ${check} && for i in 1 2 3 4 5 6 7 8; do (${program} -l; ${program} -l) & done; wait; touch /made`,
      'FROM first',
      `RUN --mount=type=ssh,mode=0600,target=/agent SSH_AUTH_SOCK=/agent ${check}`,
      'COPY --from=other /made /',
    ].join('\n'),
    key,
  );
  const { task, log } = await build(folder);
  expect(task.failure).toBeUndefined();
  expect(log.match(/\(ED25519\)/g)).toHaveLength(16);
});

withKeys('a step can neither add, take away nor lock keys', async () => {
  using agent = new SshAgent();
  const key = agent.addKey();
  using folder = await folderWith(
    [
      `RUN --mount=type=ssh ! ${program} -D && ! ${program} -d /key.pub && test "$(${program} -L)" = "$(cat /key.pub)"`,
      `RUN printf '#!/bin/sh\\necho x\\n' > /word && chmod +x /word`,
      `RUN --mount=type=ssh SSH_ASKPASS=/word SSH_ASKPASS_REQUIRE=force ${program} -x; ${program} -l`,
    ].join('\n'),
    key,
  );
  const { task, log } = await build(folder);
  expect(task.failure).toBeUndefined();
  expect(log).toContain('Failed to lock agent');
  expect(agent.publicKeys()).toBe(key);
});

withKeys('an agent is out of reach unless it was allowed', async () => {
  using agent = new SshAgent();
  agent.addKey();
  using folder = await folderWith(`RUN --mount=type=ssh ${program} -l; test $? = 2`);
  expect((await build(folder, false)).task.failure).toBeUndefined();
  using needs = await folderWith('RUN --mount=type=ssh,required=true true');
  const { task } = await build(needs, false);
  expect(task.failure).toMatchObject({ title: 'A step needs an SSH key', hint: expect.stringContaining('Let steps use the SSH keys') });
});

withKeys('if no agent answers, that is said before anything is sent', async () => {
  using _ = new SshAgent();
  using folder = await folderWith('RUN --mount=type=ssh true');
  for (const address of ['', '/nowhere/agent']) {
    process.env.SSH_AUTH_SOCK = address;
    const { task } = await build(folder);
    expect(task.failure).toMatchObject({ title: 'No SSH agent answers on this computer', hint: expect.any(String) });
    expect(task.progress.build).toBeUndefined();
  }
});

withKeys('an agent without keys is noted, and stops nothing', async () => {
  using _ = new SshAgent();
  using folder = await folderWith(`RUN --mount=type=ssh ! ${program} -l`);
  const { task, log } = await build(folder);
  expect(task.failure).toBeUndefined();
  expect(log).toContain('has no keys right now, or it is locked');
});

withKeys('an agent that goes away during a build ends a step that cannot do without it', async () => {
  using agent = new SshAgent();
  agent.addKey();
  using folder = await folderWith(
    `RUN --mount=type=ssh while ${program} -l; do echo again; done\nRUN --mount=type=ssh,required=true true\n`,
  );
  const ends = (text: string) => /ED25519/.test(text) && agent.end();
  const failed = await buildDirectly(host, 'buildkit', { folder: folder.path, ssh: true }, () => {}, ends).catch((error) => error);
  expect(failed).toBeInstanceOf(FailureError);
  expect(failed.failure).toMatchObject({ title: 'This computer’s SSH agent stopped answering', hint: expect.any(String) });
});
