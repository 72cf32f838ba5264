import fc from 'fast-check';
import { expect, test } from 'vitest';
import { engineAddress, sshAddress } from '../../../../contract/grammar.ts';
import { argumentsFor, type SshManner } from '../../../../main/foundation/engine/ssh/ssh-arguments.ts';
import { readTarget } from '../../../../main/foundation/engine/ssh/ssh-target.ts';

const none = { isShared: false, endsWithFirst: false, isAliveSet: false };

test.each([
  ['ssh://build', { host: 'build' }],
  ['ssh://me@build.example', { host: 'build.example', user: 'me' }],
  ['ssh://me@build.example:2222', { host: 'build.example', user: 'me', port: '2222' }],
  ['ssh://build/', { host: 'build' }],
  ['ssh://build/run/user/1000/docker.sock', { host: 'build', socket: '/run/user/1000/docker.sock' }],
  ['ssh://corp%5Cmara@build', { host: 'build', user: 'corp\\mara' }],
  ['ssh://mara%40corp@build', { host: 'build', user: 'mara@corp' }],
  ['ssh://[::1]:22', { host: '::1', port: '22' }],
  ['ssh://[fe80::1%25eth0]', { host: 'fe80::1%eth0' }],
])('%s', (address, target) => {
  expect(readTarget(address)).toEqual(target);
  expect(engineAddress.test(address)).toBe(true);
});

test.each([
  'ssh://',
  'ssh://-oProxyCommand=x',
  'ssh://me@-oProxyCommand=x',
  'ssh://-me@build',
  'ssh://%2DoProxyCommand@build',
  'ssh://me%0Ax@build',
  'ssh://me%24(x)@build',
  'ssh://me:secret@build',
  'ssh://build?x=1',
  'ssh://build#x',
  'ssh://build:port',
  'ssh://bu ild',
  'ssh://$(x)',
])('%s is refused', (address) => {
  expect(() => readTarget(address)).toThrow('This address can’t be used with SSH');
});

test('a password in an address is not repeated', () => {
  expect(() => readTarget('ssh://me:secret@build')).toThrow(
    expect.objectContaining({ failure: expect.not.objectContaining({ detail: /secret/ }) }),
  );
});

test('whatever the address, ssh gets no option and no command but ours', () => {
  fc.assert(
    fc.property(fc.stringMatching(sshAddress), fc.boolean(), (address, mayAsk) => {
      let target: ReturnType<typeof readTarget>;
      try {
        target = readTarget(address);
      } catch {
        return;
      }
      const args = argumentsFor(target, { mayAsk, settings: none });
      const end = args.indexOf('--');
      expect(args[end + 1]).toBe(target.host);
      expect(target.host).not.toMatch(/^-|[\s'"`$;&|<>()\\]/);
      expect(target.user ?? '').not.toMatch(/^-|[\s'"`$;&|<>()]/);
      const command = args.slice(end + 2).join(' ');
      const socket =
        target.socket === undefined ? '' : /^docker --host ('(?:[^']|'\\'')*'|[\w@%+=:,./-]+) system dial-stdio$/.exec(command)?.[1];
      expect(socket).toBeDefined();
      if (target.socket === undefined) expect(command).toBe('docker system dial-stdio');
    }),
  );
});

test('only ours is shared, and what a person set is left as it is', () => {
  const options = (manner: Partial<SshManner>) => argumentsFor({ host: 'build' }, { mayAsk: false, settings: none, ...manner });
  expect(options({ shared: '/x/shared' })).toEqual(
    expect.arrayContaining(['ControlPath=/x/shared', 'ControlMaster=auto', 'ControlPersist=60']),
  );
  expect(options({}).join(' ')).not.toContain('Control');
  expect(options({})).toEqual(expect.arrayContaining(['BatchMode=yes', 'ServerAliveInterval=10']));
  expect(options({ settings: { ...none, isAliveSet: true } }).join(' ')).not.toContain('ServerAlive');
  const first = options({ settings: { isShared: true, endsWithFirst: true, isAliveSet: false } }).join(' ');
  expect(first).toContain('ControlPersist=60');
  expect(first).not.toMatch(/ControlMaster|ControlPath/);
});
