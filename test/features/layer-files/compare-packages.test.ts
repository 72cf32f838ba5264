import { expect, test } from 'vitest';
import { comparePackages } from '../../../main/features/layer-files/compare/compare-packages.ts';
import { FilePackages } from '../../../main/features/layer-files/packages/file-packages.ts';
import { layerOf, type MadeMember } from '../../support/layer-files/made-layers.ts';
import { treeOf } from '../../support/layer-files/read-tree.ts';

const file = (name: string, body: string): MadeMember => ({ kind: 'file', name, body });
const page = { first: 0, most: 100 };

const dpkg = (packages: [name: string, version: string, architecture?: string][]): MadeMember =>
  file(
    'var/lib/dpkg/status',
    packages
      .map(
        ([name, version, architecture = 'amd64']) =>
          `Package: ${name}\nStatus: install ok installed\nArchitecture: ${architecture}\nVersion: ${version}\n`,
      )
      .join('\n'),
  );

const told = (members: MadeMember[]) => new FilePackages(treeOf([layerOf(members)]));
const compare = (first: MadeMember[], second: MadeMember[]) => comparePackages(told(first), told(second), page);

test('packages are told by name, with the versions before and after', () => {
  const found = compare(
    [
      dpkg([
        ['curl', '8.1'],
        ['gone', '1'],
        ['libc6', '2.36'],
        ['same', '1:3'],
      ]),
    ],
    [
      dpkg([
        ['curl', '8.2'],
        ['libc6', '2.36'],
        ['new', '5'],
        ['same', '1:3'],
      ]),
    ],
  );
  expect(found).toEqual({
    known: ['known', 'known'],
    totals: [4, 4],
    counts: { added: 1, changed: 1, removed: 1 },
    rows: [
      { manager: 'dpkg', name: 'curl', change: 'changed', versions: [['8.1'], ['8.2']] },
      { manager: 'dpkg', name: 'gone', change: 'removed', versions: [['1'], []] },
      { manager: 'dpkg', name: 'new', change: 'added', versions: [[], ['5']] },
    ],
    total: 3,
  });
});

test('another architecture is no other package, and another version beside the first is a change', () => {
  expect(
    compare(
      [dpkg([['libc6', '1']])],
      [
        dpkg([
          ['libc6', '1'],
          ['libc6', '1', 'i386'],
        ]),
      ],
    ).rows,
  ).toEqual([]);
  expect(compare([dpkg([['libc6', '1']])], [dpkg([['libc6', '1', 'arm64']])]).rows).toEqual([]);
  expect(
    compare(
      [dpkg([['linux', '1']])],
      [
        dpkg([
          ['linux', '2', 'i386'],
          ['linux', '1'],
        ]),
      ],
    ).rows,
  ).toMatchObject([{ name: 'linux', change: 'changed', versions: [['1'], ['1', '2']] }]);
});

test('packages of two managers are apart, and pages are cut from all', () => {
  const apk = file('lib/apk/db/installed', 'P:curl\nV:8.1\n\nP:musl\nV:1\n');
  const found = comparePackages(told([dpkg([['curl', '8.1']])]), told([apk]), { first: 1, most: 1 });
  expect(found).toMatchObject({ total: 3, counts: { added: 2, changed: 0, removed: 1 }, rows: [{ manager: 'dpkg', name: 'curl' }] });
});

test('an image without a database has no packages; one with a database that nobody reads may have any', () => {
  const none = [file('hello', 'x'), file('var/lib/dpkg/status', '')];
  expect(compare(none, [dpkg([['curl', '1']])])).toMatchObject({ known: ['none', 'known'], counts: { added: 1 } });
  expect(compare(none, none)).toMatchObject({ known: ['none', 'none'], rows: [] });
  for (const unread of ['var/lib/rpm/Packages', 'usr/lib/sysimage/rpm/Packages.db', 'var/lib/rpm/rpmdb.sqlite'])
    expect(compare([file(unread, 'no database')], [dpkg([['curl', '1']])])).toMatchObject({
      known: ['unknown', 'known'],
      rows: [],
      total: 0,
    });
});
