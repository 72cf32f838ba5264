import { createHash, type Hash } from 'node:crypto';
import type Docker from 'dockerode';
import { TarCutter } from '../../../main/foundation/formats/tar/tar-cutter.ts';

/** What an image has below `/c…`, by path: type, mode, owner, target of a link, size and digest of the content. */
export async function filesOfImage(docker: Docker, reference: string): Promise<Map<string, string>> {
  const container = await docker.createContainer({ Image: reference, Cmd: ['none'] });
  try {
    return await readFiles((await container.export()) as AsyncIterable<Buffer>);
  } finally {
    await container.remove();
  }
}

async function readFiles(tarball: AsyncIterable<Buffer>): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const cutter = new TarCutter();
  let open: { name: string; facts: string; hash: Hash } | undefined;
  const close = () => open && files.set(open.name, `${open.facts} ${open.hash.digest('hex').slice(0, 12)}`);
  for await (const chunk of tarball) {
    for (const piece of cutter.cut(chunk)) {
      if (piece.kind === 'body') open?.hash.update(piece.bytes);
      if (piece.kind !== 'head') continue;
      close();
      const header = piece.bytes.subarray(-512);
      const [type, mode, owner, group] = [header.toString('latin1', 156, 157), octal(header, 100), octal(header, 108), octal(header, 116)];
      const { name, linkName, size } = piece.member;
      const facts = `${type} ${mode} ${owner}:${group} ${size} ${linkName}`;
      open = /^c\d+\//.test(name) ? { name, facts, hash: createHash('sha256') } : undefined;
    }
  }
  close();
  return files;
}

const octal = (header: Buffer, at: number): string => header.toString('latin1', at, at + 8).replace(/[\0 ].*$/s, '');
