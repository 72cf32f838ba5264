import type { Duplex, Readable } from 'node:stream';
import type Docker from 'dockerode';

export type EngineRequest = {
  method: 'GET' | 'POST' | 'DELETE' | 'HEAD';
  /** Without the API version, which the given dockerode puts in front of it: `/build`. */
  path: `/${string}`;
  /** Undefined values are left out; a list repeats the parameter. */
  query?: Record<string, string | number | boolean | string[] | undefined>;
  headers?: Record<string, string | string[]>;
  /** A body to stream. */
  body?: Readable;
  signal?: AbortSignal;
};

// docker-modem's `dial`, which its types leave out
type Dial = (options: Record<string, unknown>, callback: (error: Error | null, answer: unknown) => void) => void;

/** Calls an endpoint of the engine's API for which dockerode has no (abortable) method. Resolves to the parsed answer. */
export const requestJson = <T>(docker: Docker, request: EngineRequest): Promise<T> => dial<T>(docker, request, {});

/** The same, but resolves to the answer's body as soon as its head has arrived. */
export const requestStream = (docker: Docker, request: EngineRequest): Promise<Readable> =>
  dial<Readable>(docker, request, { isStream: true });

/** Turns the connection into a raw two-way stream (HTTP upgrade). */
export const requestUpgrade = (docker: Docker, request: EngineRequest): Promise<Duplex> =>
  // said to be empty: docker-modem would send the end of a body in pieces, which the engine takes for the stream's first bytes
  // where it comes later than the head, as through a proxy
  dial<Duplex>(docker, request, { hijack: true, file: Buffer.alloc(0) });

const accepted = { 101: true, 200: true, 201: true, 204: true, 304: true };

function dial<T>(docker: Docker, { method, path, query, headers, body, signal }: EngineRequest, how: Record<string, unknown>): Promise<T> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) search.append(name, String(one));
  }
  const options = {
    method,
    // docker-modem cuts off the last character of a path with "?" if it has no options of its own
    path: search.size > 0 ? `${path}?${search}?` : path,
    statusCodes: accepted,
    ...(headers && { headers }),
    ...(body && { file: body }),
    ...(signal && { abortSignal: signal }),
    ...how,
  };
  const modem = docker.modem as unknown as { dial: Dial };
  return new Promise((resolve, reject) => {
    modem.dial(options, (error, answer) => (error ? reject(error) : resolve(answer as T)));
  });
}
