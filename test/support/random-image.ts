import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import Docker from 'dockerode';
import { pack } from 'tar-stream';
import { parseReference, repositoryOf } from '../../contract/reference.ts';

/** Makes an image of one layer with so many random bytes: nothing that a registry or a cache could know already. */
export async function makeRandomImage(host: string, reference: string, bytes: number): Promise<void> {
  const docker = new Docker({ socketPath: host.replace(/^unix:\/\//, '') });
  const tar = pack();
  tar.entry({ name: 'random' }, randomBytes(bytes));
  tar.finalize();
  const parsed = parseReference(reference);
  const stream = await docker.importImage(Readable.from(tar), { repo: repositoryOf(parsed), tag: parsed.tag });
  for await (const chunk of stream) if (String(chunk).includes('"error"')) throw new Error(String(chunk));
}
