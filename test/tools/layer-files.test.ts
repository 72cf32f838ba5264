import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { FilePackages } from '../../main/features/layer-files/packages/file-packages.ts';
import { installMissing } from '../../tools/engine/install-missing.ts';
import { provideRoot } from '../../tools/engine/roots.ts';
import { layoutFiles } from '../support/layer-files/made-image.ts';
import { layerOf } from '../support/layer-files/made-layers.ts';
import { filesIn, treeOf } from '../support/layer-files/read-tree.ts';
import { listTar, withoutAdded } from '../support/layer-files/seen-files.ts';
import { soundLayer } from '../support/layer-files/sound-layers.ts';
import { WorkFolder } from '../support/work-folder.ts';

// The files of images beside what other programs unpack; as root on Debian, which may make any file.

const numRuns = Number(process.env.LAYERDECK_FILES_RUNS ?? 40);
const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'pipe' });

beforeAll(() => installMissing(['umoci']));

test(
  'whatever layers an image has, its files are as umoci unpacks them',
  () => {
    const property = fc.property(fc.array(soundLayer, { minLength: 1, maxLength: 4 }), (members) => {
      const layers = members.map(layerOf);
      using folder = new WorkFolder();
      for (const [name, content] of Object.entries(layoutFiles(layers))) folder.write(`layout/${name}`, content);
      run('umoci', 'unpack', '--image', `${folder.file('layout')}:made`, folder.file('bundle'));
      run('tar', '--create', '--format=posix', '--file', folder.file('unpacked.tar'), '--directory', folder.file('bundle/rootfs'), '.');
      expect(withoutAdded(filesIn(treeOf(layers)))).toEqual(withoutAdded(listTar(folder.file('unpacked.tar'))));
    });
    fc.assert(property, { numRuns, seed: 23 });
  },
  60_000 + numRuns * 5000,
);

test.each([
  ['a small Debian', () => provideRoot('trixie'), ['.'], 5000],
  // the one that runs this, as it has many more files
  ['a large Debian', () => '/usr', ['share'], 20_000],
])('%s is as tar packed it', { timeout: 600_000 }, (_, root, what, least) => {
  const folder = mkdtempSync(join(tmpdir(), 'layerdeck-debian-'));
  try {
    const packed = join(folder, 'debian.tar');
    const left = ['./proc', './sys', './dev', './run', './tmp'].map((name) => `--exclude=${name}`);
    run('tar', '--create', '--format=posix', '--one-file-system', ...left, '--file', packed, '--directory', root(), ...what);
    const files = filesIn(treeOf([readFileSync(packed)]));
    expect(files.size).toBeGreaterThan(least);
    expect(withoutAdded(files)).toEqual(withoutAdded(listTar(packed)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('every file of a Debian belongs to the package that dpkg names', { timeout: 600_000 }, () => {
  const root = provideRoot('trixie');
  using folder = new WorkFolder();
  run('tar', '--create', '--format=posix', '--file', folder.file('debian.tar'), '--directory', root, 'usr', 'var', 'bin', 'lib', 'etc');
  const tree = treeOf([readFileSync(folder.file('debian.tar'))]);
  const packages = new FilePackages(tree);
  const paths = [...filesIn(tree)].filter(([, { kind }]) => kind === 'file').map(([path]) => path);
  const told = new Map<string, string>();
  for (const line of ask(
    'dpkg-query',
    `--admindir=${root}/var/lib/dpkg`,
    '--search',
    ...paths.filter((_, at) => at % 7 === 0).map((path) => `/${path}`),
  ).split('\n')) {
    const [, names = '', path = ''] = /^(.*?): \/(.*)$/.exec(line) ?? [];
    if (path && !names.includes(' diversion '))
      told.set(
        path,
        names
          .split(', ')
          .map((name) => name.replace(/:.*/, ''))
          .join(),
      );
  }
  expect(told.size).toBeGreaterThan(300);
  const found = new Map([...told].map(([path]) => [path, packages.of(tree.paths.findPath(Buffer.from(path)))?.name]));
  expect(found).toEqual(told);
});

test('every file of an rpm system belongs to the package that rpm names', { timeout: 600_000 }, () => {
  installMissing(['rpm']);
  using folder = new WorkFolder();
  const root = folder.file('root');
  run('mkdir', '-p', root);
  // enough of them that the database has trees and rows of many pages
  for (let at = 0; at < 12; at++) {
    const files = Array.from(
      { length: at * at * 5 + 1 },
      (_, file) => `/opt/made-${at}/folder-${file % 7}/file-${file}-${'x'.repeat(file % 90)}`,
    );
    const made = files.map((file) => `mkdir -p %{buildroot}$(dirname ${file}); echo ${file} > %{buildroot}${file}`);
    const spec = folder.write(
      `made-${at}.spec`,
      `Name: made-${at}\nVersion: 1.${at}\nRelease: 3\n${at % 2 ? 'Epoch: 2\n' : ''}Summary: made up\nLicense: MIT\nBuildArch: noarch\n%description\nmade up\n%install\n${made.join('\n')}\n%files\n${files.join('\n')}\n`,
    );
    run('rpmbuild', '-bb', '--quiet', '--define', `_topdir ${folder.file('build')}`, spec);
    run(
      'rpm',
      '--root',
      root,
      '--install',
      '--nodeps',
      '--dbpath',
      '/var/lib/rpm',
      folder.file(`build/RPMS/noarch/made-${at}-1.${at}-3.noarch.rpm`),
    );
  }
  run('tar', '--create', '--format=posix', '--file', folder.file('system.tar'), '--directory', root, 'opt', 'var');
  const tree = treeOf([readFileSync(folder.file('system.tar'))]);
  const packages = new FilePackages(tree);
  const query = ['--root', root, '--dbpath', '/var/lib/rpm', '--query', '--all'];
  const told = ask('rpm', ...query, '--queryformat', '[%{=NAME} %{=EVR} %{FILENAMES}\n]')
    .split('\n')
    .filter(Boolean);
  expect(told.length).toBeGreaterThan(2000);
  const found = told.map((line) => {
    const path = line.split(' ')[2] ?? '';
    const { name, version } = packages.of(tree.paths.findPath(Buffer.from(path.slice(1)))) ?? {};
    return `${name} ${version} ${path}`;
  });
  expect(found).toEqual(told);
});

/** What a program says, though it finds nothing for some of its arguments. */
const ask = (program: string, ...args: string[]): string => spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 26 }).stdout;
