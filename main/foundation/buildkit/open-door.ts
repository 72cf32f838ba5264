import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectEncrypted } from 'node:tls';
import { isBefore } from '../engine/api-version.ts';
import type { Engine, EngineAddress } from '../engine/open-engine.ts';
import { requestUpgrade } from '../engine/request.ts';

/** The first version of the API whose engine speaks gRPC at its own address (moby, `daemon/command/httphandler.go`). */
const firstNative = '1.53';

export type SessionHeaders = Record<string, string | string[]>;

export const isNative = ({ apiVersion }: Engine): boolean => !isBefore(apiVersion, firstNative);

/** A connection on which BuildKit speaks HTTP/2: the engine's own address, or, up to Docker 28, one that it turns over to BuildKit. */
export async function openDoor(engine: Engine, signal: AbortSignal): Promise<Duplex> {
  if (isNative(engine)) return openNative(engine.address, signal);
  return requestUpgrade(engine.docker, { method: 'POST', path: '/grpc', headers: { Upgrade: 'h2c' }, signal });
}

/** A connection of an engine up to Docker 28 over which BuildKit asks for files and logins, with nothing around it. */
export const openSessionDoor = ({ docker }: Engine, headers: SessionHeaders, signal: AbortSignal): Promise<Duplex> =>
  requestUpgrade(docker, { method: 'POST', path: '/session', headers: { Upgrade: 'h2c', ...headers }, signal });

async function openNative({ socketPath, host, port, protocol, ca, cert, key }: EngineAddress, signal: AbortSignal): Promise<Duplex> {
  const isEncrypted = protocol === 'https';
  const place = { host: String(host), port: Number(port) };
  const socket = socketPath
    ? connectPlain(socketPath)
    : isEncrypted
      ? connectEncrypted({ ...place, ca: ca as Buffer, cert: cert as Buffer, key: key as Buffer, ALPNProtocols: ['h2'] })
      : connectPlain(place);
  const stop = () => socket.destroy(signal.reason as Error);
  signal.addEventListener('abort', stop, { once: true });
  await once(socket, isEncrypted && !socketPath ? 'secureConnect' : 'connect');
  return socket;
}
