import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { extract, type Pack } from 'tar-stream';
import { type DockerCommand, runDocker } from './measure-parity.ts';
import { WorkFolder } from './work-folder.ts';

type Header = Parameters<Pack['entry']>[0];

/** An entry of a tarball as docker's cache sees it. */
export type SentEntry = Pick<Header, 'name' | 'mode' | 'uid' | 'gid' | 'size' | 'type' | 'linkname'>;

/** The entries of a tarball, in its order. */
export async function readTar(body: Readable): Promise<SentEntry[]> {
  const archive = extract();
  body.pipe(archive);
  return Array.fromAsync(archive, async (entry) => {
    entry.resume();
    const { name, mode, uid, gid, size, type, linkname } = entry.header;
    return { name, mode, uid, gid, size, type, linkname };
  });
}

/** An engine that only looks at what docker's command sends it for a build. */
export async function startListener() {
  const folder = new WorkFolder();
  let sent: SentEntry[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    response.setHeader('API-Version', '1.41');
    response.setHeader('OSType', 'linux');
    if (!request.url?.includes('/build?')) {
      response.end('{}');
      return;
    }
    sent = await readTar(request);
    response.end('{"stream":"Successfully built 0123456789ab\\n"}\n');
  }).listen(folder.file('socket'));
  await once(server, 'listening');
  return {
    /** What the command sends of a folder; undefined if it refuses. */
    async sentBy(command: DockerCommand, context: string): Promise<SentEntry[] | undefined> {
      try {
        await runDocker(`unix://${folder.file('socket')}`, command, ['build', context], 'classic');
        return sent;
      } catch {
        return undefined;
      }
    },
    [Symbol.dispose]() {
      server.close();
      folder[Symbol.dispose]();
    },
  };
}
