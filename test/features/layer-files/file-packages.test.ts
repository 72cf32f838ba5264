import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { FilePackages } from '../../../main/features/layer-files/packages/file-packages.ts';
import { readRpm } from '../../../main/features/layer-files/packages/read-rpm.ts';
import { Random } from '../../../tools/fuzz/random.ts';
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

test('a damaged database of rpm says less, and breaks nothing', () => {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE other (a); CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB)');
  const add = database.prepare('INSERT INTO Packages VALUES (?, ?)');
  for (let at = 1; at <= 60; at++)
    add.run(
      at,
      rpmHeader(
        `made-${at}`,
        `1.${at}`,
        Array.from({ length: at * 3 }, (_, file) => `file-${file}`),
      ),
    );
  const bytes = Buffer.from(database.serialize());
  database.close();
  const names = (read: ReturnType<typeof readRpm>) => read.map(({ installed: { name, version } }) => `${name} ${version}`);
  expect(names(readRpm(bytes))).toEqual(Array.from({ length: 60 }, (_, at) => `made-${at + 1} 1.${at + 1}`));
  expect(readRpm(bytes).at(-1)?.files.slice(-1)).toEqual(['/opt/file-179']);
  for (let seed = 0; seed < 500; seed++) {
    const random = new Random(seed);
    const damaged = Buffer.from(bytes.subarray(0, random.below(2) ? bytes.length : random.below(bytes.length)));
    for (let times = random.below(20); times > 0 && damaged.length > 0; times--) damaged[random.below(damaged.length)] = random.below(256);
    expect(readRpm(damaged).length).toBeLessThanOrEqual(bytes.length);
  }
});

/** A header as rpm keeps it: texts and numbers behind a list of where they are. */
function rpmHeader(name: string, version: string, files: string[]): Buffer {
  const parts: [tag: number, type: number, count: number, data: Buffer][] = [
    [1000, 6, 1, Buffer.from(`${name}\0`)],
    [1001, 6, 1, Buffer.from(`${version}\0`)],
    [1116, 4, files.length, Buffer.alloc(4 * files.length)],
    [1117, 8, files.length, Buffer.from(files.map((file) => `${file}\0`).join(''))],
    [1118, 8, 1, Buffer.from('/opt/\0')],
  ];
  const data = Buffer.concat(parts.map((part) => part[3]));
  const head = Buffer.alloc(8 + 16 * parts.length);
  head.writeUInt32BE(parts.length, 0);
  head.writeUInt32BE(data.length, 4);
  let offset = 0;
  for (const [at, [tag, type, count, bytes]] of parts.entries()) {
    for (const [field, value] of [tag, type, offset, count].entries()) head.writeUInt32BE(value, 8 + 16 * at + 4 * field);
    offset += bytes.length;
  }
  return Buffer.concat([head, data]);
}
