import { sshAddress } from '../../../../contract/grammar.ts';
import { FailureError } from '../../failures/failure.ts';

/** A computer that ssh leads to, and the engine there. */
export type SshTarget = {
  /** A name or address, or what ssh's own configuration calls it. */
  host: string;
  user?: string;
  port?: string;
  /** The engine's socket over there, if it isn't the one that docker's command uses there. */
  socket?: string;
};

/** Reads `ssh://user@host:port/socket` as docker's command does. Throws a failure if it is not such an address. */
export function readTarget(address: string): SshTarget {
  const { user, host, port, socket } = sshAddress.exec(address)?.groups ?? {};
  const name = user === undefined ? undefined : decoded(user);
  // what stands behind a % must be part of a name as well: it goes to ssh, which puts it into other programs' commands
  if (host === undefined || (name !== undefined && !/^[\w.@\\+][\w.@\\+-]*$/.test(name))) throw new FailureError(notReadable(address));
  return {
    host: decoded(host.replace(/^\[|\]$/g, '')),
    ...(name !== undefined && { user: name }),
    ...(port !== undefined && { port }),
    ...(socket !== undefined && /[^/]/.test(socket) && { socket }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const notReadable = (address: string) => ({
  kind: 'invalid-input' as const,
  title: 'This address can’t be used with SSH',
  // the address may hold a password, which is not shown
  detail: /\/\/[^/@]*:[^/@]*@/.test(address)
    ? 'It has a password in it, which SSH takes from no address.'
    : 'It should read ssh://user@computer, with a port such as :2222 behind it where one is needed.',
  hint: 'Remove this engine from the list and add it with another address.',
});
