import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findCandidates } from '../../../main/foundation/engine/candidates.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'layerdeck-home-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const addresses = async (env: Record<string, string>, platform: NodeJS.Platform = 'linux') =>
  (await findCandidates({ platform, home, env, uid: 1000 })).map(({ address }) => address);

function writeContext(name: string, host: string): void {
  const folder = join(home, '.docker/contexts/meta', createHash('sha256').update(name).digest('hex'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }));
  writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ currentContext: name }));
}

test('if DOCKER_HOST is set, it is the only candidate', async () => {
  writeContext('work', 'tcp://work:2376');
  expect(await addresses({ DOCKER_HOST: 'unix:///x.sock' })).toEqual(['unix:///x.sock']);
});

test('the current context comes before the usual sockets', async () => {
  writeContext('work', 'tcp://work:2376');
  const found = await findCandidates({ platform: 'linux', home, env: {}, uid: 1000 });
  expect(found[0]).toMatchObject({ label: 'docker context work', address: 'tcp://work:2376' });
  expect(found[0]?.tlsFolder).toContain('tls');
});

test('a broken configuration does not hide the usual sockets', async () => {
  mkdirSync(join(home, '.docker'));
  writeFileSync(join(home, '.docker/config.json'), '{');
  expect(await addresses({})).toContain('unix:///var/run/docker.sock');
});

test('the usual sockets of each product are looked at, once each', async () => {
  const all = await addresses({ XDG_RUNTIME_DIR: '/run/user/1000' });
  for (const part of ['.docker/desktop', '.colima', '.rd', '.orbstack', 'podman/podman.sock', '/run/user/1000/docker.sock']) {
    expect(all.some((address) => address.includes(part))).toBe(true);
  }
  expect(new Set(all).size).toBe(all.length);
  expect(await addresses({}, 'win32')).toContain('npipe:////./pipe/docker_engine');
});
