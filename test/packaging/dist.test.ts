import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const unpacked = join(root, 'release/linux-unpacked');

beforeAll(() => {
  execFileSync(process.execPath, ['tools/pack/run.ts', '--linux', 'dir'], { cwd: root, stdio: 'pipe' });
});

test('the package holds the bundles and nothing else', () => {
  const files = listPackage(join(unpacked, 'resources/app.asar'), { isPack: false });
  expect(files).toEqual(
    expect.arrayContaining([
      '/package.json',
      '/dist/main/index.js',
      '/dist/main/context-worker.cjs',
      '/dist/main/inspect-worker.cjs',
      '/dist/preload/index.cjs',
      '/dist/renderer/index.html',
    ]),
  );
  expect(files.filter((file) => !/^\/(package\.json|dist)(\/|$)/.test(file))).toEqual([]);
  expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
});

test('every fuse is set as the security checklist asks', async () => {
  const wire = await getCurrentFuseWire(join(unpacked, 'layerdeck'));
  const isOn = (fuse: FuseV1Options) => wire[fuse] === FuseState.ENABLE;
  expect({
    runAsNode: isOn(FuseV1Options.RunAsNode),
    cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
    nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
    ownSnapshot: isOn(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    fileProtocol: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    inspect: false,
    asarIntegrity: true,
    onlyAsar: true,
    ownSnapshot: false,
    fileProtocol: false,
  });
});
