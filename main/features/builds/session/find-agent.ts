import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { FailureError } from '../../../foundation/failures/failure.ts';
import { agentMessages, listKeys, numberOfKeys } from './agent-messages.ts';

/** Where this computer's SSH agent listens; undefined if the system names none. */
export function agentAddress(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string | undefined {
  const named = env.SSH_AUTH_SOCK || undefined;
  if (platform !== 'win32') return named;
  // Git for Windows puts something there that is not a pipe and that only its own programs can use
  return named && /^[\\/]{2}[.?][\\/]pipe[\\/]/.test(named) ? named : '\\\\.\\pipe\\openssh-ssh-agent';
}

/** Connects to the agent. Rejects with a failure if none answers. */
export async function connectToAgent(signal?: AbortSignal): Promise<Socket> {
  const address = agentAddress(process.platform, process.env);
  if (address === undefined) throw noAgent(process.platform, 'SSH_AUTH_SOCK is not set');
  const socket = connect({ path: address, ...(signal && { signal }) });
  try {
    await once(socket, 'connect');
  } catch (error) {
    signal?.throwIfAborted();
    throw noAgent(process.platform, (error as Error).message);
  }
  socket.on('error', () => {}); // the reader gets the error
  return socket;
}

/** Seconds to wait for an agent that says nothing: it may be asking the person. */
const patience = 5;

/** How many keys the agent has; undefined if it does not say. Rejects with a failure if there is no agent. */
export async function countKeys(signal: AbortSignal): Promise<number | undefined> {
  const socket = await connectToAgent(signal);
  socket.setTimeout(patience * 1000, () => socket.destroy());
  try {
    socket.write(listKeys);
    const { value } = await agentMessages(socket).next();
    return value && numberOfKeys(value);
  } catch {
    signal.throwIfAborted();
    return undefined;
  } finally {
    socket.destroy();
  }
}

function noAgent(platform: NodeJS.Platform, cause: string): FailureError {
  return new FailureError({
    kind: 'invalid-input',
    title: 'No SSH agent answers on this computer',
    detail: 'The build needs the SSH keys that the agent holds. Nothing was sent, and nothing was built.',
    hint: `${nextStep(platform)} Or build without SSH keys.`,
    cause,
  });
}

const nextStep = (platform: NodeJS.Platform): string =>
  platform === 'win32'
    ? 'In Windows’ Services, start “OpenSSH Authentication Agent”, then add your key to it.'
    : platform === 'darwin'
      ? 'Quit Layerdeck and open it from the Dock or Finder, so that the system tells it where the agent is.'
      : 'Most desktops start one when you sign in (ssh-agent, GNOME Keyring, KeePassXC, 1Password). Start it, then close Layerdeck and open it again.';
