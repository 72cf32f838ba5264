import { expect, test } from 'vitest';
import type { LicensedPackage } from '../../../../contract/licences.ts';
import { matchPackages, packageKey, wholeText } from '../../../../renderer/features/licences/match-packages.ts';

const made = (name: string, version: string, licence: string, author?: string): LicensedPackage => ({
  name,
  version,
  licence,
  ...(author && { author }),
  texts: [{ file: 'LICENSE', text: 'Terms' }],
});

const packages = [
  made('protobufjs', '7.6.6', 'BSD-3-Clause', 'Daniel Wirtz'),
  made('protobufjs', '8.8.1', 'BSD-3-Clause', 'Daniel Wirtz'),
  made('react', '19.3.1', 'MIT'),
];

test.each([
  ['', ['protobufjs@7.6.6', 'protobufjs@8.8.1', 'react@19.3.1']],
  ['  PROTO  wirtz ', ['protobufjs@7.6.6', 'protobufjs@8.8.1']],
  ['bsd 8.8', ['protobufjs@8.8.1']],
  ['mit', ['react@19.3.1']],
  ['proto mit', []],
])('%j finds %j', (search, found) => expect(matchPackages(packages, search).map(packageKey)).toEqual(found));

test('a single text is copied as it is; several have headings, and notes are copied, too', () => {
  expect(wholeText(made('a', '1', 'MIT'))).toBe('Terms\n');
  const texts = [
    { file: 'MIT', text: 'Terms', note: 'The standard text.' },
    { file: 'NOTICE', text: 'Note' },
  ];
  expect(wholeText({ ...made('a', '1', 'MIT'), texts })).toBe('MIT\n\nThe standard text.\n\nTerms\n\nNOTICE\n\nNote\n');
});
