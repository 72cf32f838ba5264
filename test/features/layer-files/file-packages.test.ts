import { expect, test } from 'vitest';
import { FilePackages } from '../../../main/features/layer-files/packages/file-packages.ts';
import { layerOf, type MadeMember } from '../../support/layer-files/made-layers.ts';
import { treeOf } from '../../support/layer-files/read-tree.ts';

const file = (name: string, body: string): MadeMember => ({ kind: 'file', name, body });

const packageOf = (layers: MadeMember[][]) => {
  const tree = treeOf(layers.map(layerOf));
  const packages = new FilePackages(tree);
  return (path: string) => {
    const found = packages.of(tree.paths.findPath(Buffer.from(path)));
    return found && `${found.manager} ${found.name} ${found.version}`;
  };
};

const status = (name: string, version: string, state = 'install ok installed') =>
  `Package: ${name}\nStatus: ${state}\nArchitecture: amd64\nVersion: ${version}\nDescription: a\n Version: no field\n`;

test('dpkg’s databases tell, those on top, also behind a link', () => {
  const of = packageOf([
    [
      { kind: 'symlink', name: 'bin', linkName: 'usr/bin' },
      file('usr/bin/ls', 'x'),
      file('usr/bin/old', 'x'),
      file('./var/lib/dpkg/status', `${status('coreutils', '9.1-1')}\n${status('gone', '1', 'deinstall ok config-files')}`),
      file('var/lib/dpkg/info/coreutils.list', '/.\n/bin\n/bin/ls\n'),
      file('var/lib/dpkg/info/gone.list', '/usr/bin/old\n'),
    ],
    [
      file('usr/lib/libz', 'x'),
      file('var/lib/dpkg/status', `${status('coreutils', '9.1-2')}\n${status('zlib1g', '1:1.2')}`),
      file('var/lib/dpkg/info/zlib1g:amd64.list', '/usr/lib/libz\n'),
    ],
  ]);
  expect(of('usr/bin/ls')).toBe('dpkg coreutils 9.1-2');
  expect(of('usr/lib/libz')).toBe('dpkg zlib1g 1:1.2');
  expect(of('usr/bin/old')).toBeUndefined();
});

test('apk’s database tells', () => {
  const of = packageOf([
    [
      file(
        'lib/apk/db/installed',
        'C:Q1\nP:musl\nV:1.2.5-r0\nF:lib\nR:ld-musl.so\nF:\nR:top\n\nP:busybox\nV:1.36\nF:bin\nR:busybox\na:0:0:755\n',
      ),
      file('lib/ld-musl.so', 'x'),
      file('bin/busybox', 'x'),
      file('top', 'x'),
      file('bin/own', 'x'),
    ],
  ]);
  expect(['lib/ld-musl.so', 'bin/busybox', 'top', 'bin/own'].map(of)).toEqual([
    'apk musl 1.2.5-r0',
    'apk busybox 1.36',
    'apk musl 1.2.5-r0',
    undefined,
  ]);
});
