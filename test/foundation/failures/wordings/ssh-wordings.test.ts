import { expect, test } from 'vitest';
import { failedAnswer } from '../../../../main/foundation/engine/ssh/ssh-failed.ts';
import { toFailure } from '../../../../main/foundation/failures/failure.ts';

const changed = `@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
Host key for [127.0.0.1]:2299 has changed and you have requested strict checking.
Host key verification failed.`;
const mode = `Permissions 0644 for '/k/key' are too open.
@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @
root@127.0.0.1: Permission denied (publickey).`;
const usage = 'docker: unknown command: docker system dial-nothing\n\nUsage:  docker system';

const who = 'The other computer wants to know who you are';
const silent = 'The other computer doesn’t answer';
// what OpenSSH 9.2 and docker's commands said
const cases: [said: string, code: number, title: string, asking?: string][] = [
  ['Host key verification failed.', 255, 'This computer doesn’t know the other one yet', 'The other computer’s key was not accepted'],
  [changed, 255, 'The other computer isn’t the one it was'],
  [
    'No ED25519 host key is known for [127.0.0.1]:22 and you have requested strict checking.\nHost key verification failed.',
    255,
    'SSH may only connect to computers it knows',
  ],
  ['root@127.0.0.1: Permission denied (publickey).', 255, who, 'The other computer didn’t let you in'],
  ['Received disconnect from 127.0.0.1 port 22:2: Too many authentication failures', 255, who, 'The other computer didn’t let you in'],
  [mode, 255, 'SSH won’t use a key that others can read'],
  [
    '/x/config: line 1: Bad configuration option: foo\n/x/config: terminating, 1 bad configuration options',
    255,
    'SSH can’t read its settings',
  ],
  ['Bad owner or permissions on /home/me/.ssh/config', 255, 'SSH can’t read its settings'],
  ['ssh: Could not resolve hostname nowhere.invalid: Name or service not known', 255, 'No computer called “nowhere.invalid” can be found'],
  ['ssh: connect to host 127.0.0.1 port 1: Connection refused', 255, '127.0.0.1 doesn’t accept SSH'],
  ['ssh: connect to host 192.0.2.1 port 22: Connection timed out', 255, silent],
  ['ssh: connect to host 192.0.2.1 port 22: No route to host', 255, silent],
  ['Connection timed out during banner exchange\nConnection to 127.0.0.1 port 2298 timed out', 255, silent],
  ['kex_exchange_identification: banner line contains invalid characters', 255, 'What answers there isn’t SSH'],
  [
    'Unable to negotiate with 192.0.2.1 port 22: no matching host key type found. Their offer: ssh-rsa',
    255,
    'The two SSH programs have nothing in common',
  ],
  ['This account is currently not available.', 1, 'That user may not work on the other computer'],
  ['bash: docker: command not found', 127, 'The other computer has no docker command'],
  ['', 127, 'The other computer has no docker command'],
  [
    'failed to open the raw stream connection: dial unix /var/run/docker.sock: connect: permission denied',
    1,
    'Your user there may not use the engine',
  ],
  [
    'failed to open the raw stream connection: dial unix /var/run/docker.sock: connect: no such file or directory',
    1,
    'The engine on the other computer isn’t running',
  ],
  [usage, 1, 'Docker on the other computer is too old'],
  ['kex_exchange_identification: Connection closed by remote host', 255, 'The SSH connection ended before the engine answered'],
];

const failureOf = (said: string, code: number, mayAsk: boolean) => {
  const body = failedAnswer({ hasAnswered: false, code, said }, mayAsk).split('\r\n\r\n')[1] ?? '';
  return toFailure(Object.assign(new Error('x'), { statusCode: 502, json: JSON.parse(body) }));
};

test.each(cases)('%s', (said, code, title, asking) => {
  expect(failureOf(said, code, false)).toMatchObject({ title, cause: expect.stringContaining(said) });
  expect(failureOf(said, code, true).title).toBe(asking ?? title);
});

test('an answer of an engine that only speaks of ssh is not taken for one of ssh', () => {
  const error = Object.assign(new Error('ssh ended with 255: Host key verification failed.'), { statusCode: 500 });
  expect(toFailure(error).title).not.toContain('computer');
});
