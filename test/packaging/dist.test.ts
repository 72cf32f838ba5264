import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { beforeAll, expect, test } from 'vitest';
import { LicenceFile } from '../../contract/licences.ts';

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
      '/dist/licences.json',
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

test('the licence of every package in the bundles goes along', () => {
  const asar = join(unpacked, 'resources/app.asar');
  const { own, packages } = LicenceFile.parse(JSON.parse(extractFile(asar, 'dist/licences.json').toString()));
  expect(own.texts[0]?.text).toBe(readFileSync(join(root, 'LICENSE'), 'utf8').trimEnd());
  // source maps name no fonts
  const fonts = ['@fontsource-variable/inter', '@fontsource-variable/jetbrains-mono'];
  const inCode = packages.filter(({ name }) => !fonts.includes(name)).map(({ name, version }) => `${name}@${version}`);
  expect(packages.length - inCode.length).toBe(fonts.length);
  expect(inCode.toSorted()).toEqual(packagesInMaps().toSorted());
  const readable = join(unpacked, 'resources');
  expect(readFileSync(join(readable, 'LICENSE'))).toEqual(readFileSync(join(root, 'LICENSE')));
  const texts = readFileSync(join(readable, 'THIRD-PARTY-LICENCES.txt'), 'utf8');
  expect(packages.filter(({ name, version }) => !texts.includes(`${name} ${version}\nLicence: `))).toEqual([]);
  // these come without the text of their licence
  const given = packages.filter(({ texts }) => texts.some(({ note }) => note?.includes('standard text')));
  expect(given.map(({ name }) => name)).toEqual(['react-remove-scroll-bar', 'split-ca', 'xz-decompress']);
});

/** The packages, each version separately, that the source maps name a file of: not the way of counting that writes the list. */
function packagesInMaps(): string[] {
  const sources = globSync('dist/**/*.map', { cwd: root }).flatMap((map) => {
    const { sources }: { sources: string[] } = JSON.parse(readFileSync(join(root, map), 'utf8'));
    // Vite writes those of a worker as if its map lay a folder higher
    return sources.map((source) => source.replace(/^.*?(?=node_modules\/)/, `${root}/`));
  });
  const folders = sources
    .map((source) => /.*\/node_modules\/(?:@[^/]+\/)?[^/@.][^/]*(?=\/)/.exec(source)?.[0])
    .filter((folder) => folder !== undefined);
  expect(folders.length).toBeGreaterThan(500);
  const named = [...new Set(folders)].map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return `${name}@${version}`;
  });
  // the same version may be in several places
  return [...new Set(named)];
}

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
