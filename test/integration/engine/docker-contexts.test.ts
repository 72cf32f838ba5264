import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findCandidates, findPlaces } from '../../../main/foundation/engine/candidates.ts';
import { addContext, listContexts, removeContext } from '../../../main/foundation/engine/docker-contexts.ts';
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
