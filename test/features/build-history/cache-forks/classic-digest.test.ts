import { expect, test } from 'vitest';
import {
  digestEntry,
  digestFolder,
  digestSeveral,
  type SentEntry,
} from '../../../../main/features/build-history/cache-forks/classic-digest.ts';

// digests as Docker Engine 20.10 wrote them into its images' histories

const file = (name: string, text: string, of: Partial<SentEntry> = {}): SentEntry => ({
  name,
  typeFlag: '0',
  mode: 0o644,
  uid: 0,
  gid: 0,
  linkName: '',
  content: Buffer.from(text),
  ...of,
});
const hello = 'hello\n';
const theirs = { uid: 1000, gid: 1000 };

test.each([
  ['docker’s command from 24', {}, '2aa65135719b7e14c925470b8af20d6e6603c8774ea9f11f1b3908e32b49f582'],
  ['docker’s command up to 23', { mode: 0o100644 }, '322c304c57a238e15567fd882afb0a22d570de1284a24a3aac11a77dc3ee7328'],
  ['Compose 1 and scripts', theirs, '5ad2d0934dc06e49611452178457c80d48dc9bd36a5de08e1b309d20e2f021e4'],
  ['tar', { name: './important.txt' }, 'fb7af6d7838ddf8f81444c697cd713b7ecfaa07112f74bb7443bbd120719c286'],
])('a file as %s packs it', (_, of, digest) => {
  expect(digestEntry(file('important.txt', hello, of))).toBe(digest);
});

test('a folder, and several files', () => {
  const folder = (name: string): SentEntry => file(name, '', { ...theirs, typeFlag: '5', mode: 0o755 });
  const a = file('src/a', 'a\n', { ...theirs, mode: 0o600 });
  const all = [folder('src/'), a, folder('src/sub/'), file('src/sub/b', 'b\n', theirs)];
  expect(digestFolder(all)).toBe('49b0c26f11ee58d1a410c69fc4f90f9b24e48170cbbf5aa1f4c43b5f60d3894d');
  expect(digestSeveral([file('important.txt', hello, theirs), a])).toBe('3ff3c9043423fb08ec7546adaae19bc5073d50e433dc16e7deb2b87e5d2c1aaa');
});
