import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, expect, test } from 'vitest';
import type { EngineQuestion } from '../../../contract/engine.ts';
import type { Failure } from '../../../contract/failure.ts';
import { EngineQuestions } from '../../../main/foundation/engine/engine-questions.ts';
import { openEngine } from '../../../main/foundation/engine/open-engine.ts';
import { SshWays } from '../../../main/foundation/engine/ssh/ssh-ways.ts';
import { toFailure } from '../../../main/foundation/failures/failure.ts';
import { SshServer, type SshServerOptions } from '../../../tools/engine/ssh-server.ts';
import { host, registry, traits } from '../../support/engines/own-engine.ts';
import { startApp, TestApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { makeRoundTrip } from '../../support/round-trip.ts';
import { WorkFolder } from '../../support/work-folder.ts';

// a folder for temporary files that no other program's ways are in
const own = new WorkFolder();
const usual = process.env.TMPDIR;
process.env.TMPDIR = own.path;
afterAll(() => {
  if (usual === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = usual;
  own[Symbol.dispose]();
});

/** What ways to engines have on this computer. */
const foldersHere = () => readdirSync(tmpdir()).filter((name) => name.startsWith('layerdeck-ssh-'));

test('a whole round trip, and nothing is left of the way', async () => {
  await using server = await SshServer.start(host);
  {
    await using app = await startApp(server.address, { env: server.env });
    expect(app.connection.state).toMatchObject({ candidate: { address: server.address } });
    await app.until(() => app.images.list !== undefined);
    // whatever was asked went over one connection
    expect(server.connections).toBe(1);
    await makeRoundTrip(app, registry, traits.hasBuildKit ? ['classic', 'buildkit'] : ['classic']);
  }
  expect(foldersHere()).toEqual([]);
  await expect.poll(() => server.connections).toBe(0);
});

test('cut in the middle of a save: it fails in words, no file stays, and the engine is found again by itself', async () => {
  await using server = await SshServer.start(host);
  await using app = await startApp(server.address, { env: server.env });
  using folder = new WorkFolder();
  await makeRandomImage(host, 'it-ssh-save:1', 400_000_000);
  const save = () => app.tasks.start({ kind: 'save', references: ['it-ssh-save:1'], target: app.writable(folder.file('x.tar')) });
  const id = save();
  await app.until(() => (app.tasks.task(id).progress.bytes?.done ?? 0) > 1_000_000);
  await server.cut();
  await app.until(() => app.connection.state.state === 'missing');
  expect(await app.ended(id)).toMatchObject({
    state: 'failed',
    failure: { kind: 'engine-lost', detail: expect.stringContaining('connection to it broke') },
  });
  expect(readdirSync(folder.path)).toEqual([]);
  await server.mend();
  await app.connected();
  expect((await app.ended(save())).state).toBe('succeeded');
});

test('an engine there that is gone is told from a computer that is, and found again', async () => {
  await using server = await SshServer.start(host);
  await using app = await startApp(server.address, { env: server.env });
  server.setEnvironment({ DOCKER_HOST: 'unix:///nobody.sock' });
  await server.cut();
  await server.mend();
  await app.until(() => app.connection.state.state === 'missing' && app.connection.state.tried.length > 0);
  expect(app.connection.state).toMatchObject({ failure: { title: 'The engine on the other computer isn’t running' } });
  server.setEnvironment({ DOCKER_HOST: host });
  await server.cut();
  await server.mend();
  await app.connected();
});

type Met = { failure?: Failure; asked: EngineQuestion[] };

/** Tries to reach the engine, answering what is asked; without answers, nothing may be asked. */
async function meet(server: SshServer, answers?: (string | null)[], address = server.address, env = server.env): Promise<Met> {
  const questions = new EngineQuestions();
  const asked: EngineQuestion[] = [];
  questions.on('open', (open) => {
    for (const question of open.filter(({ id }) => !asked.some((one) => one.id === id))) {
      asked.push(question);
      questions.answer(question.id, answers?.shift() ?? null);
    }
  });
  const ssh = new SshWays({ platform: process.platform, home: '/nonexistent', env }, questions);
  try {
    await openEngine({ id: address, label: 'test', address }, { ssh, mayAsk: answers !== undefined });
    return { asked };
  } catch (error) {
    return { asked, failure: toFailure(error) };
  } finally {
    await ssh.close();
    expect(questions.open).toEqual([]);
    expect(foldersHere()).toEqual([]);
  }
}

test('a computer that isn’t known shows its fingerprint; once accepted, it is known', async () => {
  await using server = await SshServer.start(host, { isUnknown: true });
  expect(await meet(server)).toMatchObject({ asked: [], failure: { kind: 'engine-asks', title: expect.stringContaining('doesn’t know') } });
  const declined = await meet(server, [null]);
  expect(declined).toMatchObject({
    asked: [{ kind: 'host-key', host: expect.stringContaining('127.0.0.1'), keyKind: 'ED25519', fingerprint: server.fingerprint }],
    failure: { kind: 'engine-asks', title: 'The other computer’s key was not accepted' },
  });
  expect(existsSync(server.knownHosts)).toBe(false);
  expect((await meet(server, ['yes'])).failure).toBeUndefined();
  expect(readFileSync(server.knownHosts, 'utf8')).toContain('ssh-ed25519');
  expect(await meet(server)).toEqual({ asked: [] });
});

test('another key than before is refused, and nobody is asked to accept it', async () => {
  await using server = await SshServer.start(host);
  server.expectOtherKey();
  const known = readFileSync(server.knownHosts, 'utf8');
  expect(await meet(server, ['yes', 'yes'])).toMatchObject({ asked: [], failure: { title: 'The other computer isn’t the one it was' } });
  expect(readFileSync(server.knownHosts, 'utf8')).toBe(known);
});

test('a passphrase is asked for until it is the right one, with whatever signs are in it', async () => {
  const passphrase = ' it’s "$HOME" \\n `a` %s ';
  await using server = await SshServer.start(host, { passphrase });
  expect(await meet(server)).toMatchObject({
    asked: [],
    failure: { kind: 'engine-asks', hint: expect.stringContaining('answer what SSH asks') },
  });
  const met = await meet(server, ['wrong', passphrase]);
  expect(met.failure).toBeUndefined();
  expect(met.asked).toMatchObject([{ kind: 'passphrase' }, { kind: 'passphrase' }]);
  expect(await meet(server, [null])).toMatchObject({ asked: [{}], failure: { title: 'The other computer didn’t let you in' } });
});

const wordsFor: [what: string, title: string, options: SshServerOptions, prepare?: (server: SshServer) => void][] = [
  ['a key that nobody knows there', 'The other computer wants to know who you are', {}, (server) => server.forgetClient()],
  ['no docker command there', 'The other computer has no docker command', { env: { PATH: '/nonexistent' } }],
  ['no engine there', 'The engine on the other computer isn’t running', { env: { DOCKER_HOST: 'unix:///nonexistent.sock' } }],
  [
    'an old docker there',
    'Docker on the other computer is too old',
    {},
    // as a command answers that has not heard of it
    (server) => server.setEnvironment({ PATH: `${server.addProgram('docker', 'exec /usr/bin/docker system dial-nothing')}:/usr/bin:/bin` }),
  ],
  [
    'an engine that isn’t the user’s',
    'Your user there may not use the engine',
    {},
    (server) => {
      const programs = server.addProgram('docker', 'exec setpriv --reuid 65534 --regid 65534 --clear-groups /usr/bin/docker "$@"');
      server.setEnvironment({ DOCKER_HOST: host, PATH: `${programs}:/usr/bin:/bin` });
    },
  ],
];

test.each(wordsFor)('words for %s', async (_, title, options, prepare) => {
  await using server = await SshServer.start(host, options);
  prepare?.(server);
  expect(await meet(server)).toMatchObject({ asked: [], failure: { title } });
});

test('words for what is no way at all', async () => {
  await using server = await SshServer.start(host);
  const of = async (address: string, env = server.env) => (await meet(server, undefined, address, env)).failure?.title;
  expect(await of('ssh://nowhere.invalid')).toBe('No computer called “nowhere.invalid” can be found');
  expect(await of('ssh://127.0.0.1:1')).toBe('127.0.0.1 doesn’t accept SSH');
  expect(await of(server.address, { PATH: '/nonexistent' })).toBe('This computer has no SSH program');
  expect(await of('ssh://me:secret@127.0.0.1')).toBe('This address can’t be used with SSH');
  expect(await of('ssh://-oProxyCommand=touch')).toBe('This address can’t be used with SSH');
  await server.cut();
  expect(await of(server.address)).toBe('127.0.0.1 doesn’t accept SSH');
});

test('a socket over there is part of the address', async () => {
  await using server = await SshServer.start('unix:///nobody.sock');
  expect((await meet(server, undefined, `${server.address}${host.replace('unix://', '')}`)).failure).toBeUndefined();
});

test('a connection that a person’s own settings share is used, and nobody waits for the first of those that share it', async () => {
  await using server = await SshServer.start(host);
  using folder = new WorkFolder();
  server.addClientSettings(['ControlMaster auto', `ControlPath ${folder.file('own')}`]);
  await using app = await startApp(server.address, { env: server.env });
  await app.until(() => app.images.list !== undefined);
  expect(existsSync(folder.file('own'))).toBe(true);
  expect(server.connections).toBe(1);
  expect((await app.run({ kind: 'pull', reference: `${registry}/it-ssh/nothing:1` })).state).toBe('failed');
  server.endShared(folder.file('own'));
});

test('whoever only looks while a person is asked is told to wait for them, and asks nothing', async () => {
  await using server = await SshServer.start(host, { passphrase: 'x' });
  await using app = new TestApp(server.address, { env: server.env });
  await app.until(() => app.questions.open.length > 0);
  await expect(app.look(server.address)).rejects.toMatchObject({ statusCode: 502 });
  expect(app.questions.open).toHaveLength(1);
});

test('a try that is called off takes its question along', async () => {
  await using server = await SshServer.start(host, { isUnknown: true });
  await using app = new TestApp(server.address, { env: server.env });
  await app.until(() => app.questions.open.length > 0);
  expect(app.questions.open).toMatchObject([{ kind: 'host-key', engine: server.address }]);
});
