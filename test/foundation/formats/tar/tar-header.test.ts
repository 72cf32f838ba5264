import { extract, type Pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { type TarEntry, tarEnd, tarHeader } from '../../../../main/foundation/formats/tar/tar-header.ts';

type Header = Parameters<Pack['entry']>[0];

async function read(entry: Partial<TarEntry>): Promise<Header> {
  const header = tarHeader({ name: 'a', kind: 'file', mode: 0o644, size: 0, modified: 1_700_000_000, ...entry });
  const archive = extract();
  archive.end(Buffer.concat([header, tarEnd()]));
  const [first] = await Array.fromAsync(archive, (one) => {
    one.resume();
    return one.header;
  });
  return first as Header;
}

test.each([
  ['short', 'a/b.txt'],
  ['a folder', `${'d'.repeat(99)}/`],
  ['101 characters', 'n'.repeat(101)],
  ['over 255 characters', `${'deep/'.repeat(60)}file`],
  ['non-ASCII', 'grün/漢字 🐳.txt'],
  ['99 characters, more bytes', 'ü'.repeat(99)],
])('a name: %s', async (_, name) => expect((await read({ name })).name).toBe(name));

test('the mode is written in full, even if it is 0', async () => {
  const modeField = (mode: number) => tarHeader({ name: 'a', kind: 'file', mode, size: 0, modified: 0 }).toString('latin1', 100, 107);
  expect(modeField(0o104755)).toBe('0104755');
  expect(modeField(0)).toBe('0000000');
});

test('a link keeps what it points to, however long', async () => {
  const linkName = `/${'far/'.repeat(40)}away-ü`;
  expect(await read({ kind: 'symlink', linkName })).toMatchObject({ type: 'symlink', linkname: linkName });
});

test('times before 1970 and sizes over 8 GB go beside the header', () => {
  const header = tarHeader({ name: 'a', kind: 'file', mode: 0o644, size: 9_000_000_000, modified: -5 }).toString('latin1');
  expect(header).toContain('19 size=9000000000\n');
  expect(header).toContain('12 mtime=-5\n');
});

test('attributes are bytes, not text', () => {
  const capability = Buffer.from([1, 0, 0, 2, 0x80, 0xff]);
  const header = tarHeader({
    name: 'a',
    kind: 'file',
    mode: 0o755,
    size: 0,
    modified: 0,
    attributes: new Map([['security.capability', capability]]),
  });
  expect(header.includes(Buffer.concat([Buffer.from('SCHILY.xattr.security.capability='), capability, Buffer.from('\n')]))).toBe(true);
});
