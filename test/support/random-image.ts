import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import Docker from 'dockerode';
import { pack } from 'tar-stream';
import { withDefaultTag } from '../../contract/reference.ts';

/** Makes an image of one layer with so many random bytes: nothing that a registry or a cache could know already. */
export async function makeRandomImage(host: string, reference: string, bytes: number): Promise<void> {
  const docker = new Docker({ socketPath: host.replace(/^unix:\/\//, '') });
  const tar = pack();
  tar.entry({ name: 'random' }, randomBytes(bytes));
  tar.finalize();
  // Podman 4.3 reads a tag as part of the name only
  const stream = await docker.importImage(Readable.from(tar), { repo: withDefaultTag(reference) });
  for await (const chunk of stream) if (String(chunk).includes('"error"')) throw new Error(String(chunk));
}
