import type { Failure } from '../../../../contract/failure.ts';
import type { ErrorFacts, Wording } from './wording.ts';

type Words = Omit<Failure, 'cause'>;
/** By what ssh or the command on the other computer says. `mayAsk`: a person could have been asked. */
type SshWording = { when: RegExp; say: (match: string[], mayAsk: boolean) => Words };

/**
 * The way to an engine over SSH, told apart by what OpenSSH's client says (recorded from 9.2; its source has the same sentences since
 * 7.6) and by what the shell and docker's command there say. The most certain first.
 */
const byWords: SshWording[] = [
  {
    when: /could not be started: .*ENOENT/,
    say: () => ({
      kind: 'engine-missing',
      title: 'This computer has no SSH program',
      detail: 'Layerdeck uses the system’s own “ssh”, with its settings and keys, and can’t find it.',
      hint: 'Install OpenSSH’s client, then start Layerdeck again.',
    }),
  },
  {
    when: /REMOTE HOST IDENTIFICATION HAS CHANGED|REVOKED HOST KEY/,
    say: () => ({
      kind: 'engine-asks',
      title: 'The other computer isn’t the one it was',
      detail:
        'It shows another key than before: it was set up anew, or somebody stands between it and you and could read everything. Layerdeck did not connect.',
      hint: 'Ask whoever runs that computer. If its key really is a new one, remove the old key with the command in the details, then connect again.',
    }),
  },
  {
    when: /No \S+ host key is known for (\S+) and you have requested strict checking/,
    say: ([, host = 'it']) => ({
      kind: 'engine-asks',
      title: 'SSH may only connect to computers it knows',
      detail: `Your SSH settings say so (StrictHostKeyChecking), and the key of ${host} isn’t among the known ones.`,
      hint: 'Add its key to the known ones, then connect again.',
    }),
  },
  {
    when: /Host key verification failed/,
    say: (_, mayAsk) =>
      mayAsk
        ? {
            kind: 'engine-asks',
            title: 'The other computer’s key was not accepted',
            detail: 'Nobody has said that its key is the right one, so Layerdeck did not connect.',
            hint: 'Ask whoever runs it for the fingerprint of its key, then connect again and compare.',
          }
        : {
            kind: 'engine-asks',
            title: 'This computer doesn’t know the other one yet',
            detail: 'Before the first connection, somebody has to say that the key it shows is the right one.',
            hint: 'Connect, and compare the fingerprint that Layerdeck shows.',
          },
  },
  {
    when: /UNPROTECTED PRIVATE KEY FILE/,
    say: () => ({
      kind: 'engine-asks',
      title: 'SSH won’t use a key that others can read',
      detail: 'The file with your key can be read by other users of this computer. The details name it.',
      hint: 'Make the file readable to you alone, then connect again.',
    }),
  },
  {
    when: /Permission denied \(|Too many authentication failures|No more authentication methods/,
    say: (_, mayAsk) =>
      mayAsk
        ? {
            kind: 'engine-asks',
            title: 'The other computer didn’t let you in',
            detail: 'It accepts none of your keys, or the password or passphrase wasn’t the right one.',
            hint: 'Check the user in the address, and whether your key is known there. Then connect again.',
          }
        : {
            kind: 'engine-asks',
            title: 'The other computer wants to know who you are',
            detail: 'No key lets Layerdeck in without a question: a key may have a passphrase, or the computer wants a password.',
            hint: 'Connect, and answer what SSH asks.',
          },
  },
  {
    when: /Bad configuration option|Bad owner or permissions on|configuration options?$|unsupported option|keyword .* extra arguments/m,
    say: () => ({
      kind: 'invalid-input',
      title: 'SSH can’t read its settings',
      detail: 'Something in your SSH configuration is wrong. The details name the file and the line.',
      hint: 'Correct it; Layerdeck uses it as every other program does.',
    }),
  },
  {
    when: /Could not resolve hostname (\S+?):/,
    say: ([, host = '']) => ({
      kind: 'engine-lost',
      title: `No computer called “${host}” can be found`,
      detail: 'Its name leads nowhere: it is misspelt, or this computer is offline or outside of the other one’s network.',
      hint: 'Check the address and the network. Layerdeck tries again by itself.',
    }),
  },
  {
    when: /connect to (?:host|address) (\S+) port (\d+): Connection refused/,
    say: ([, host = '', port = '']) => ({
      kind: 'engine-lost',
      title: `${host} doesn’t accept SSH`,
      detail: `The computer is there, but nothing listens for SSH at its port ${port}.`,
      hint: 'Start the SSH server there, or add the right port to the address.',
    }),
  },
  {
    when: /[Tt]imed out|Timeout, server|No route to host|Network is unreachable|Host is down/,
    say: () => ({
      kind: 'engine-lost',
      title: 'The other computer doesn’t answer',
      detail: 'It is switched off, or a network or a firewall between it and this computer lets nothing through.',
      hint: 'Check that it is on and in reach. Layerdeck tries again by itself.',
    }),
  },
  {
    when: /banner line|Bad remote protocol version|Protocol major versions differ/,
    say: () => ({
      kind: 'engine-lost',
      title: 'What answers there isn’t SSH',
      detail: 'Another program listens at that port.',
      hint: 'Check the port in the address.',
    }),
  },
  {
    when: /Unable to negotiate with/,
    say: () => ({
      kind: 'engine-unsupported',
      title: 'The two SSH programs have nothing in common',
      detail: 'The other computer offers only ways to encrypt that this computer’s SSH considers unsafe. The details name them.',
      hint: 'Update the SSH server there.',
    }),
  },
  {
    when: /account is (?:currently )?not available|account has expired|Your password has expired/i,
    say: () => ({
      kind: 'engine-asks',
      title: 'That user may not work on the other computer',
      detail: 'The computer knows the user, but lets it run no commands.',
      hint: 'Use another user in the address, or ask whoever runs the computer.',
    }),
  },
  {
    when: /ended with 127:|command not found|is not recognized as an internal/,
    say: () => ({
      kind: 'engine-missing',
      title: 'The other computer has no docker command',
      detail: 'Layerdeck speaks with the engine there through docker’s command, and a shell without a terminal doesn’t find it.',
      hint: 'Install docker’s command there. If it is there, its folder must be in the PATH of such a shell, too.',
    }),
  },
  {
    when: /(?:dial unix|Docker daemon socket).*permission denied/,
    say: () => ({
      kind: 'not-permitted',
      title: 'Your user there may not use the engine',
      detail: 'The other computer let you in, but its engine refuses connections from that user.',
      hint: 'On Linux, have the user added to the group “docker” there.',
    }),
  },
  {
    when: /open the raw stream connection|Cannot connect to the Docker daemon|docker daemon is not running/i,
    say: () => ({
      kind: 'engine-lost',
      title: 'The engine on the other computer isn’t running',
      detail: 'The computer let Layerdeck in and has docker’s command, but nothing answers at the engine’s socket.',
      hint: 'Start the engine there. Layerdeck tries again by itself.',
    }),
  },
  {
    when: /dial-stdio|Usage:\s+docker/,
    say: () => ({
      kind: 'engine-unsupported',
      title: 'Docker on the other computer is too old',
      detail: 'Its command can’t pass a connection on over SSH, which Docker can since version 18.09.',
      hint: 'Update Docker there.',
    }),
  },
];

const otherwise: SshWording = {
  when: /(?:)/,
  say: () => ({
    kind: 'engine-lost',
    title: 'The SSH connection ended before the engine answered',
    detail: 'SSH or the other computer gave up. What they said is in the details.',
    hint: 'Try “ssh” and the same address in a terminal. Layerdeck tries again by itself.',
  }),
};

/** What a way over SSH answers in an engine's place (engine/ssh/ssh-failed.ts). */
const fromSsh = ({ status, message }: ErrorFacts): string[] | null =>
  status === 502 ? /^ssh(, which may not ask,)? (?:ended with|could not be started)/.exec(message) : null;

export const sshWordings: Wording[] = [
  {
    when: fromSsh,
    say: ([, mayNotAsk], { message }) => {
      const { when, say } = byWords.find((wording) => wording.when.test(message)) ?? otherwise;
      return say(when.exec(message) ?? [], mayNotAsk === undefined);
    },
  },
];
