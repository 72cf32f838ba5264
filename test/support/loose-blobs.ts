import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../tools/engine/engine.ts';
import { WorkFolder } from './work-folder.ts';

/** Puts layers into a registry's files that no image has, as pushes leave them that ended half-way; so many keep its collector busy. */
export async function putLooseBlobs(engine: Pick<Engine, 'docker'>, container: string, number: number): Promise<void> {
  using folder = new WorkFolder();
  const root = join(folder.path, 'sha256');
  mkdirSync(root);
  for (let at = 0; at < number; at++) {
    const body = `loose ${at}`;
    const hex = createHash('sha256').update(body).digest('hex');
    const place = join(root, hex.slice(0, 2), hex);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'data'), body);
  }
  await engine.docker(['cp', root, `${container}:/var/lib/registry/docker/registry/v2/blobs/`]);
}
