import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findCandidates, findPlaces, placeOfCommand } from '../../../main/foundation/engine/candidates.ts';
import { addContext, listContexts, removeContext, switchContext } from '../../../main/foundation/engine/docker-contexts.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const machine = (home: string, env: Record<string, string> = {}) => ({ platform: 'linux' as const, home, env, uid: 1000 });

test('docker’s command knows what was added, with its certificates, and no longer what was removed', async () => {
  using home = new WorkFolder({ 'given/ca.pem': 'ca', 'given/cert.pem': 'cert', 'given/key.pem': 'key' });
  const docker = home.file('.docker');
  await addContext(docker, { name: 'build-server', address: 'tcp://build.example:2376', certificates: home.file('given') });
  const inspect = (name: string) =>
    JSON.parse(
      execFileSync('docker', ['context', 'inspect', name], {
        env: { ...process.env, DOCKER_CONFIG: docker },
        encoding: 'utf8',
        stdio: 'pipe',
      }),
    );
  expect(inspect('build-server')).toMatchObject([
    {
      Name: 'build-server',
      Endpoints: { docker: { Host: 'tcp://build.example:2376' } },
      TLSMaterial: { docker: ['ca.pem', 'cert.pem', 'key.pem'] },
    },
  ]);
  const [context] = await listContexts(docker);
  expect(readdirSync(context?.tlsFolder ?? '')).toHaveLength(3);
  expect(statSync(join(context?.tlsFolder ?? '', 'key.pem')).mode & 0o777).toBe(0o600);

  await removeContext(docker, 'build-server');
  expect(() => inspect('build-server')).toThrow();
  expect(existsSync(context?.tlsFolder ?? '')).toBe(false);
  expect(await listContexts(docker)).toEqual([]);
});

test('what docker’s command made is read', async () => {
  using home = new WorkFolder();
  const docker = home.file('.docker');
  const create = ['context', 'create', 'theirs', '--docker', 'host=ssh://me@build.example'];
  execFileSync('docker', create, { env: { ...process.env, DOCKER_CONFIG: docker }, stdio: 'pipe' });
  expect(await listContexts(docker)).toMatchObject([{ name: 'theirs', address: 'ssh://me@build.example' }]);
});

test('a name that is taken, and a folder without a certificate, are refused before anything is kept', async () => {
  using home = new WorkFolder({ 'given/ca.pem': 'ca' });
  const docker = home.file('.docker');
  await addContext(docker, { name: 'one', address: 'tcp://one:2375' });
  await expect(addContext(docker, { name: 'one', address: 'tcp://two:2375' })).rejects.toThrow('already an engine called one');
  const two = { name: 'two', address: 'tcp://two:2376', certificates: home.file('given') };
  await expect(addContext(docker, two)).rejects.toThrow('no cert.pem');
  expect(await listContexts(docker)).toMatchObject([{ name: 'one', address: 'tcp://one:2375' }]);
});

test('docker’s command uses the context that it is switched to, and the default one after its removal; its other settings stay', async () => {
  const settings = { detachKeys: 'ctrl-a', auths: { 'registry.example': { auth: 'eDp5' } }, currentContext: 'gone' };
  using home = new WorkFolder({ 'dotfiles/docker.json': JSON.stringify(settings) });
  const docker = home.file('.docker');
  mkdirSync(docker);
  symlinkSync(home.file('dotfiles/docker.json'), join(docker, 'config.json'));
  chmodSync(home.file('dotfiles/docker.json'), 0o640);
  const inUse = () =>
    execFileSync('docker', ['context', 'inspect', '--format', '{{.Name}}'], {
      env: { ...process.env, DOCKER_CONFIG: docker, DOCKER_HOST: '', DOCKER_CONTEXT: '' },
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  const kept = () => JSON.parse(readFileSync(home.file('dotfiles/docker.json'), 'utf8'));
  await addContext(docker, { name: 'one', address: 'tcp://one:2375' });
  expect(inUse).toThrow();
  await switchContext(docker, 'one');
  expect(inUse()).toBe('one');
  expect(kept()).toEqual({ ...settings, currentContext: 'one' });
  expect(statSync(home.file('dotfiles/docker.json')).mode & 0o777).toBe(0o640);
  expect(lstatSync(join(docker, 'config.json')).isSymbolicLink()).toBe(true);
  await removeContext(docker, 'one');
  expect(inUse()).toBe('default');
  const { currentContext: _, ...others } = settings;
  expect(kept()).toEqual(others);
});

test('docker’s settings are made where there are none, and stay as they are if they can’t be read', async () => {
  using home = new WorkFolder();
  const docker = home.file('.docker');
  await switchContext(docker, 'one');
  expect(JSON.parse(readFileSync(join(docker, 'config.json'), 'utf8'))).toEqual({ currentContext: 'one' });
  expect(statSync(join(docker, 'config.json')).mode & 0o777).toBe(0o600);
  for (const broken of ['{', '[]']) {
    writeFileSync(join(docker, 'config.json'), broken);
    await expect(switchContext(docker, 'two')).rejects.toThrow('can’t be read');
    expect(readFileSync(join(docker, 'config.json'), 'utf8')).toBe(broken);
  }
});

test('the place where docker’s command goes is known, and whether its context is gone', async () => {
  using home = new WorkFolder();
  const { home: path } = machine(home.file('.'));
  const docker = home.file('.docker');
  const place = (env = {}) => placeOfCommand(machine(path, env));
  expect(await place()).toEqual({ context: 'default', address: 'unix:///var/run/docker.sock' });
  await addContext(docker, { name: 'one', address: 'tcp://one:2375' });
  await switchContext(docker, 'one');
  expect(await place()).toEqual({ context: 'one', address: 'tcp://one:2375' });
  expect(await place({ DOCKER_CONTEXT: 'default' })).toMatchObject({ context: 'default' });
  expect(await place({ DOCKER_HOST: 'tcp://x:1' })).toMatchObject({ address: 'tcp://x:1' });
  expect(await place({ DOCKER_CONTEXT: 'gone' })).toEqual({ context: 'gone' });
});

test('a broken context hides no other', async () => {
  using home = new WorkFolder();
  const docker = home.file('.docker');
  await addContext(docker, { name: 'whole', address: 'tcp://one:2375' });
  for (const [place, text] of ['{', '[]', '{"Name":"x"}', '{"Name":1,"Endpoints":{}}'].entries()) {
    mkdirSync(join(docker, `contexts/meta/${place}`), { recursive: true });
    writeFileSync(join(docker, `contexts/meta/${place}/meta.json`), text);
  }
  expect((await listContexts(docker)).map(({ name }) => name)).toEqual(['whole']);
});

test('a product’s own context and its socket are one place; a choice leaves no other place, and DOCKER_HOST no choice', async () => {
  using home = new WorkFolder();
  const socket = `unix://${home.file('.docker/desktop/docker.sock')}`;
  await addContext(home.file('.docker'), { name: 'desktop-linux', address: socket });
  await addContext(home.file('.docker'), { name: 'far', address: 'tcp://far:2375' });
  const places = await findPlaces(machine(home.path));
  expect(places.filter(({ address }) => address === socket)).toMatchObject([{ label: 'Docker Desktop', context: 'desktop-linux' }]);
  expect((await findCandidates(machine(home.path))).map(({ address }) => address)).not.toContain('tcp://far:2375');
  expect(await findCandidates(machine(home.path), 'tcp://far:2375')).toMatchObject([{ context: 'far' }]);
  expect(await findCandidates(machine(home.path), 'tcp://gone:2375')).toEqual([]);
  expect(await findCandidates(machine(home.path, { DOCKER_HOST: 'unix:///x' }), 'tcp://far:2375')).toMatchObject([
    { address: 'unix:///x' },
  ]);
});
