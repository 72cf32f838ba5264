import { expect, test } from 'vitest';
import { readQuestion } from '../../../../main/foundation/engine/ssh/read-question.ts';

// as OpenSSH 9.2 asks them
const unknownHost = `The authenticity of host '[127.0.0.1]:2299 ([127.0.0.1]:2299)' can't be established.
ED25519 key fingerprint is SHA256:0Zg4+DUvqcq4ej34qJcj3rp9Q8PfhtHy6haOxA5qb8Q.
This key is not known by any other names.
Are you sure you want to continue connecting (yes/no/[fingerprint])?`;
const renamedHost = `The authenticity of host 'new.example (192.0.2.7)' can't be established.
ED25519 key fingerprint is SHA256:0Zg4+DUvqcq4ej34qJcj3rp9Q8PfhtHy6haOxA5qb8Q.
This host key is known by the following other names/addresses:
    ~/.ssh/known_hosts:3: old.example
    ~/.ssh/known_hosts:4: 192.0.2.7
Are you sure you want to continue connecting (yes/no/[fingerprint])?`;

test('an unknown computer', () => {
  const fingerprint = 'SHA256:0Zg4+DUvqcq4ej34qJcj3rp9Q8PfhtHy6haOxA5qb8Q';
  const host = '[127.0.0.1]:2299';
  expect(readQuestion(unknownHost, '')).toEqual({ kind: 'host-key', host, keyKind: 'ED25519', fingerprint });
  expect(readQuestion(renamedHost, '')).toMatchObject({
    host: 'new.example (192.0.2.7)',
    others: ['~/.ssh/known_hosts:3: old.example', '~/.ssh/known_hosts:4: 192.0.2.7'],
  });
});

test.each([
  ["Enter passphrase for key '/home/me/.ssh/id_ed25519':", '', { kind: 'passphrase', key: '/home/me/.ssh/id_ed25519' }],
  ['Enter passphrase for PKCS#11 token:', '', { kind: 'secret', text: 'Enter passphrase for PKCS#11 token:' }],
  ["me@build.example's password:", '', { kind: 'password', owner: 'me@build.example' }],
  ['(me@build.example) Password:', '', { kind: 'password', owner: 'me@build.example' }],
  ['(me@build.example) Verification code:', '', { kind: 'secret', text: '(me@build.example) Verification code:' }],
  ['Enter PIN for ED25519-SK key /home/me/.ssh/id:', '', { kind: 'secret', text: 'Enter PIN for ED25519-SK key /home/me/.ssh/id:' }],
  ['Allow use of key id_ed25519?', 'confirm', { kind: 'confirm', text: 'Allow use of key id_ed25519?' }],
  ['Confirm user presence for key ED25519-SK', 'none', { kind: 'notice', text: 'Confirm user presence for key ED25519-SK' }],
  ['', '', { kind: 'secret', text: '' }],
])('%s', (text, hint, words) => {
  expect(readQuestion(text, hint)).toEqual(words);
});
