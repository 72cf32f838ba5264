import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { type Header, pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { LayerListing } from '../../../../main/features/build-history/cache-forks/layer-listing.ts';

async function tarball(entries: [Partial<Header> & { name: string }, string?][]): Promise<Buffer> {
  const made = pack();
  for (const [header, body] of entries) made.entry(header, body ?? '');
  made.finalize();
  return buffer(made);
}

function list(bytes: Buffer, pieces: number[]) {
  const listing = new LayerListing();
  let at = 0;
  for (const length of [...pieces, bytes.length]) {
    listing.take(bytes.subarray(at, at + length));
    at += length;
  }
  return listing.end();
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('base64');

test('everything that a layer keeps of a file, however its bytes arrive', async () => {
  const long = `${'long/'.repeat(60)}name`;
  const bytes = await tarball([
    [{ name: 'app/', type: 'directory', mode: 0o755, mtime: new Date(5000) }],
    [{ name: 'app/a.txt', mode: 0o4755, uid: 1000, gid: 100, mtime: new Date(7000) }, 'hello'],
    [{ name: 'app/empty' }, ''],
    [{ name: 'app/link', type: 'symlink', linkname: 'a.txt' }],
    [{ name: 'app/.wh.gone' }, ''],
    [{ name: long, pax: { 'SCHILY.xattr.user.x': 'y', mtime: '8.25' } }, 'far'],
  ]);
  const whole = list(bytes, []);
  expect(whole.diffId).toBe(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  const { entries } = whole;
  expect(entries?.get('app')).toMatchObject({ kind: 'folder', mode: 0o755, time: '5' });
  expect(entries?.get('app/a.txt')).toMatchObject({ mode: 0o4755, uid: 1000, gid: 100, time: '7', content: digestOf('hello') });
  expect(entries?.get('app/empty')).toMatchObject({ size: 0, content: digestOf('') });
  expect(entries?.get('app/link')).toMatchObject({ kind: 'symlink', linkName: 'a.txt', content: '' });
  expect(entries?.get('app/gone')).toMatchObject({ kind: 'removal' });
  expect(entries?.get(long)).toMatchObject({ time: '8.25', content: digestOf('far') });
  expect(entries?.get(long)?.attributes).not.toBe('');
  expect(whole.contents?.get('app/a.txt')?.toString()).toBe('hello');
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 20 }), (pieces) => {
      expect(list(bytes, pieces)).toEqual(whole);
    }),
  );
});

test('the bytes of large files are not kept, everything else is', async () => {
  const large = 'x'.repeat(9 * 1024 * 1024);
  const { entries, contents } = list(
    await tarball([
      [{ name: 'a' }, large],
      [{ name: 'b' }, large],
    ]),
    [],
  );
  expect(contents).toBeUndefined();
  expect(entries?.get('b')?.content).toBe(digestOf(large));
});

test('attributes that aren’t text are told apart, too', async () => {
  const attributes = async (value: string) => {
    const name = 'SCHILY.xattr.security.capability';
    return list(await tarball([[{ name: 'a', pax: { [name]: value } }, '']]), []).entries?.get('a')?.attributes;
  };
  expect(await attributes('\0\x01')).not.toBe(await attributes('\0\x02'));
});

test('a layer that is cut off is refused', async () => {
  const bytes = await tarball([[{ name: 'a' }, 'x'.repeat(2000)]]);
  expect(() => list(bytes.subarray(0, 1500), [])).toThrow();
});
