import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineFor, nameIn, otherLineWith, withName, withoutName } from '../../../../main/features/local-registry/name/hosts-file.ts';
import { type Change, privilegedChange } from '../../../../main/features/local-registry/name/privileged-change.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

const seed = 14;
const name = fc.constantFrom('dev.docker.local', 'a.b', 'registry.internal', 'x-1.test');
/** Anything that people, systems and other programs write there, in any bytes, none of it Layerdeck's line. */
const line = fc.oneof(
  fc.constantFrom(
    '',
    '127.0.0.1 localhost',
    '::1\tlocalhost ip6-localhost',
    '# a comment',
    '127.0.0.1 dev.docker.local',
    "# Layerdeck's registry",
  ),
  fc.constantFrom("127.0.0.1 a.b # Layerdeck's registry too", `#${lineFor('a.b')}`, '192.168.1.7 nas # Büro', '127.0.0.1  a.b'),
  fc.uint8Array({ maxLength: 20 }).map((bytes) =>
    Buffer.from(bytes)
      .toString('latin1')
      .replace(/[\n\r\0]/g, ''),
  ),
);
const text = fc
  .tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, end, isEnded]) => lines.join(end) + (isEnded && lines.length > 0 ? end : ''))
  .filter((one) => nameIn(one) === undefined);

test('the line comes and goes, and every other byte stays, with or without an end of the last line', () => {
  fc.assert(
    fc.property(text, name, name, (before, first, second) => {
      const named = withName(before, first);
      expect(nameIn(named)).toBe(first);
      expect(named).toContain(lineFor(first));
      expect(withoutName(named)).toBe(before);
      expect(nameIn(withName(named, second))).toBe(second);
      expect(withoutName(withName(named, second))).toBe(before);
      expect(withoutName(before)).toBe(before);
    }),
    { seed, numRuns: 2000 },
  );
});

/** What a system's own program makes of a text. */
function changed(platform: 'linux' | 'darwin', before: string, change: Change): string {
  using folder = new WorkFolder({ hosts: Buffer.from(before, 'latin1') });
  const file = folder.file('hosts');
  const command = privilegedChange(platform, file, change, { pkexec: 'pkexec', sed: '/bin/sed' });
  const args = command?.args ?? [];
  if (platform === 'linux') execFileSync(args[0] ?? '', args.slice(1));
  // what osascript hands to perl
  else execFileSync('perl', ['-0777', '-i', '-pe', args.at(-2) ?? '', file]);
  return readFileSync(file).toString('latin1');
}

test.each(['linux', 'darwin'] as const)('what the system does after it has asked is the same (%s)', (platform) => {
  fc.assert(
    fc.property(text, name, name, (before, first, second) => {
      // an empty file has no line for such programs to work on, and a computer without one has no hosts file
      fc.pre(before !== '' && !before.includes('\r'));
      const named = withName(before, first);
      expect(changed(platform, before, { before: undefined, after: first })).toBe(named);
      expect(changed(platform, named, { before: first, after: undefined })).toBe(before);
      expect(changed(platform, named, { before: first, after: second })).toBe(withName(before, second));
    }),
    { seed, numRuns: 60 },
  );
});

test('where lines end as on Windows, the line still comes and goes alone', () => {
  const before = '127.0.0.1 localhost\r\n# x\r\n';
  const named = changed('linux', before, { before: undefined, after: 'a.b' });
  expect(nameIn(named)).toBe('a.b');
  expect(changed('linux', named, { before: 'a.b', after: undefined })).toBe(before);
  expect(changed('linux', withName(before, 'a.b'), { before: 'a.b', after: undefined })).toBe(before);
});

test.each([
  ['127.0.0.1 localhost\n10.0.0.7 nas dev.docker.local # x\n', { number: 2, address: '10.0.0.7' }],
  ['10.0.0.7\tDEV.docker.local', { number: 1, address: '10.0.0.7' }],
  ['# 10.0.0.7 dev.docker.local\n', undefined],
  ['10.0.0.7 x # dev.docker.local\n', undefined],
  ['10.0.0.7 dev.docker.local.example\n', undefined],
  [`${lineFor('dev.docker.local')}\n`, undefined],
])('in %j, another line has the name: %j', (before, expected) => {
  expect(otherLineWith(before, 'dev.docker.local')).toEqual(expected);
});

test('programs are started by lists of arguments, on Windows with everything inside as base64', () => {
  const change = { before: 'old.local', after: 'dev.docker.local' };
  const linux = privilegedChange('linux', '/etc/hosts', change, { pkexec: '/usr/bin/pkexec', sed: '/usr/bin/sed' });
  expect(linux?.program).toBe('/usr/bin/pkexec');
  expect(linux?.args.slice(0, 4)).toEqual(['/usr/bin/sed', '-z', '-i', '--follow-symlinks']);
  expect(privilegedChange('linux', '/etc/hosts', change, { pkexec: undefined, sed: '/usr/bin/sed' })).toBeUndefined();
  const windows = privilegedChange('win32', 'C:\\Windows\\hosts', change, { pkexec: undefined, sed: undefined });
  const [, encoded = ''] = /'-EncodedCommand','([A-Za-z0-9+/=]+)'; exit/.exec(windows?.args.at(-1) ?? '') ?? [];
  const inner = Buffer.from(encoded, 'base64').toString('utf16le');
  expect(inner).toContain("Escape('127.0.0.1 old.local # Layerdeck''s registry')");
  expect(inner).toContain("$t += '127.0.0.1 dev.docker.local # Layerdeck''s registry'");
});
