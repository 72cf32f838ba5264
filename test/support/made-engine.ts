import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { WorkFolder } from './work-folder.ts';

/** The oldest and the newest version of the API that an engine speaks. */
export type Spoken = { oldest: string; newest: string };

/**
 * MADE BY HAND, as no engine like these can be had: it speaks any versions of the API and refuses others as moby does
 * (daemon/server/middleware/version.go). It has no images. Without versions it is no engine.
 */
export async function startMadeEngine(spoken: Spoken | undefined) {
  const folder = new WorkFolder();
  const asked: string[] = [];
  const streams = new Set<ServerResponse>();
  let now = spoken;
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    if (now) response.setHeader('Api-Version', now.newest);
    const refusal = now && refusalOf(now, url);
    const path = url.replace(/^\/v[\d.]+|\?.*$/g, '');
    if (refusal) response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ message: refusal }));
    else if (path === '/events') {
      streams.add(response);
      response.flushHeaders();
    } else response.end(path === '/_ping' ? 'OK' : JSON.stringify(path === '/version' ? versionOf(now) : []));
  });
  await once(server.listen(folder.file('engine.sock')), 'listening');
  const address = `unix://${folder.file('engine.sock')}`;
  return {
    address,
    asked,
    /** Becomes another engine, as an update does: its streams end. */
    become: (next: Spoken) => {
      now = next;
      for (const stream of streams) stream.destroy();
    },
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
      folder[Symbol.dispose]();
    },
  };
}

function refusalOf({ oldest, newest }: Spoken, url: string): string | undefined {
  const [, version = newest] = /^\/v([\d.]+)\//.exec(url) ?? [];
  const minor = (text: string) => Number(text.split('.')[1]);
  if (minor(version) >= minor(oldest)) return undefined;
  return `client version ${version} is too old. Minimum supported API version is ${oldest}, please upgrade your client to a newer version`;
}

const versionOf = (spoken: Spoken | undefined) => ({
  Version: '30.0.0',
  ApiVersion: spoken?.newest,
  MinAPIVersion: spoken?.oldest,
  Os: 'linux',
  Arch: 'amd64',
});
