import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { OwnName } from '../../../../main/features/local-registry/name/own-name.ts';
import { ownAddresses } from '../../../../main/features/local-registry/reach-registry.ts';
import { RegistryBook } from '../../../../main/features/local-registry/registry-book.ts';
import { isDue, renewedTls } from '../../../../main/features/local-registry/tls/encrypt-registry.ts';
import { makeAuthority } from '../../../../main/features/local-registry/tls/make-certificate.ts';
import { namesOfComputer, ownNames } from '../../../../main/features/local-registry/tls/names-of-computer.ts';
import { RegistryAuthority } from '../../../../main/features/local-registry/tls/registry-authority.ts';
import { authorityIn, describeChain } from '../../../../main/features/local-registry/tls/tls-files.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

/** Turns each byte over, in place of a keychain. */
const turn = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => 255 - byte));
const lockThat = (isThere: boolean) => ({
  isThere: async () => isThere,
  seal: async (text: string) => turn(Buffer.from(text)),
  open: async (sealed: Buffer) => turn(sealed).toString(),
});

test('the authority stays, and its key lies locked on disk', async () => {
  using folder = new WorkFolder();
  const open = () => new RegistryAuthority(folder.file('authority.json'), lockThat(true));
  const one = await open().issue(['localhost', '192.168.1.7']);
  const two = await open().issue(['localhost']);
  const authority = authorityIn(one.chain);
  expect(authorityIn(two.chain)).toBe(authority);
  expect(await open().isSame(authority)).toBe(true);
  expect(new X509Certificate(two.chain).verify(new X509Certificate(authority).publicKey)).toBe(true);
  const onDisk = readFileSync(folder.file('authority.json'), 'utf8');
  expect(onDisk).not.toContain('PRIVATE');
  expect(Buffer.from(JSON.parse(onDisk).key, 'base64').toString()).not.toContain('PRIVATE');
  // the key of a registry is in its volume alone
  expect(turn(Buffer.from(JSON.parse(onDisk).key, 'base64')).toString()).not.toContain(one.key);
});

test('without a keychain nothing of its key is on disk, and the next start has another authority', async () => {
  using folder = new WorkFolder();
  const own = new RegistryAuthority(folder.file('authority.json'), lockThat(false));
  const [one, two] = [await own.issue(['localhost']), await own.issue(['localhost'])];
  expect(authorityIn(one.chain)).toBe(authorityIn(two.chain));
  expect(() => readFileSync(folder.file('authority.json'))).toThrow();
  const next = new RegistryAuthority(folder.file('authority.json'), lockThat(false));
  expect(await next.isSame(authorityIn(one.chain))).toBe(false);
});

test('one that was forgotten is made no certificate from any longer', async () => {
  using folder = new WorkFolder();
  const own = new RegistryAuthority(folder.file('authority.json'), lockThat(true));
  const { chain } = await own.issue(['localhost']);
  await own.forget();
  expect(await own.isSame(authorityIn(chain))).toBe(false);
  expect(readFileSync(folder.file('authority.json'), 'utf8')).not.toContain('CERTIFICATE');
  expect(authorityIn((await own.issue(['localhost'])).chain)).not.toBe(authorityIn(chain));
});

test('a name that it may not vouch for is left out, unless it must be in: then there is another authority', async () => {
  using folder = new WorkFolder();
  const own = new RegistryAuthority(folder.file('authority.json'), lockThat(true));
  const one = await own.issue(['localhost', 'registry.example', 'dev.docker.local']);
  expect(describeChain(one.chain)?.names).toEqual(['localhost', 'dev.docker.local']);
  const two = await own.issue(['localhost', '::1'], ['registry.example']);
  expect(describeChain(two.chain)?.names).toEqual(['localhost', '::1', 'registry.example']);
  expect(authorityIn(two.chain)).not.toBe(authorityIn(one.chain));
  expect(authorityIn((await own.issue(['localhost'], ['registry.example'])).chain)).toBe(authorityIn(two.chain));
});

test.each([
  ['pc', ['pc', 'pc.local']],
  ['pc.office.example', ['pc.office.example']],
  ['pc_of_me', []],
  ['localhost', []],
])('a computer called %s has the names %j', (name, expected) => {
  expect(ownNames(name)).toEqual(expected);
});

test('a certificate is due when it ends soon, and when a real network has given this computer another address', () => {
  const day = 24 * 60 * 60 * 1000;
  const wlan = { interface: 'wlan0', address: '192.168.1.7', isInner: false };
  const docker = { interface: 'docker0', address: '172.17.0.1', isInner: true };
  const certificate = { from: 0, until: 400 * day, authority: '', names: namesOfComputer([wlan]) };
  expect(isDue(certificate, 300 * day, [wlan, docker])).toBe(false);
  expect(isDue(certificate, 371 * day, [wlan])).toBe(true);
  expect(isDue(certificate, 300 * day, [wlan, { ...wlan, address: '10.0.0.7' }])).toBe(true);
});

test('a start makes a certificate anew in time, and only from the authority that others trust already', async () => {
  using folder = new WorkFolder();
  const authority = new RegistryAuthority(folder.file('authority.json'), lockThat(true));
  const { chain } = await authority.issue(namesOfComputer(ownAddresses()));
  const book = new RegistryBook(folder.file('registries.json'));
  const ownName = new OwnName({ file: folder.write('hosts', "127.0.0.1 a.local # Layerdeck's registry\n"), platform: 'linux', env: {} });
  await ownName.refresh();
  const parts = { book, authority, ownName };
  const known = (certificate: string) => Object.assign(book, { authorityOf: () => certificate });
  const certificate = describeChain(chain);
  if (!certificate) throw new Error('it has no certificate');
  const registry = { ...stopped, certificate };
  const soon = { ...registry, certificate: { ...certificate, until: Date.now() + 1000 } };

  known(authorityIn(chain));
  expect(await renewedTls(registry, parts)).toBeUndefined();
  const anew = await renewedTls(soon, parts);
  expect(authorityIn(anew?.chain ?? '')).toBe(authorityIn(chain));
  expect(describeChain(anew?.chain)?.names).toContain('a.local');
  expect(await renewedTls({ ...soon, maker: 'person' }, parts)).toBeUndefined();
  // one that others trust, whose key is gone
  known(makeAuthority('gone', ['localhost']).certificate);
  expect(await renewedTls(soon, parts)).toBeUndefined();
});

const stopped = {
  ...({ state: 'stopped', containerId: 'a', name: 'r', maker: 'layerdeck', image: 'registry:2', restarts: 'never' } as const),
  ...({ address: 'localhost:5000', port: 5000, isOpen: false, hasLogin: false, isEncrypted: true } as const),
  storage: { kind: 'container' } as const,
};

test('what is no certificate is described as none', () => {
  expect([describeChain(undefined), describeChain('damaged')]).toEqual([undefined, undefined]);
});
