import { basename } from 'node:path';
import type { Transform } from 'node:stream';
import type { TaskResult } from '../../../contract/task.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { requestStream } from '../../foundation/engine/request.ts';
import { checkSpace } from '../../foundation/files/check-space.ts';
import { checkTarget } from '../../foundation/files/check-target.ts';
import type { PartialFiles } from '../../foundation/files/partial-files.ts';
import { type Written, writeSteadily } from '../../foundation/files/write-steadily.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { estimateSize } from './estimate-size.ts';
import { TarEnd } from './tar-end.ts';
import { writeChecksum } from './write-checksum.ts';

/** Milliseconds between two reports of how much is written. */
const reportEvery = 100;

export type SaveOrder = {
  references: string[];
  target: string;
  /** Whether to write a second file with the SHA-256. */
  checksum: boolean;
};

/**
 * Saves images to one tarball, with shared layers only once. Files named `.gz`, `.tgz` or `.zst` are packed on the way. A partial
 * file never has the final name.
 */
export async function saveImages(
  engine: Engine,
  { references, target, checksum }: SaveOrder,
  partials: PartialFiles,
  context: OperationContext,
): Promise<TaskResult & { kind: 'save' }> {
  await checkTarget(target);
  if (checksum) await checkTarget(`${target}.sha256`);
  context.report({ phase: 'engine-prepares' });
  const { total, least } = await estimateSize(engine, references);
  await checkSpace(target, least);
  context.log(`Saving ${references.join(', ')} to ${target}`);
  const { sha256, bytes } = await partials.write(target, (partial, packers) =>
    writeArchive(engine, references, { partial, packers, total, checksum }, context),
  );
  if (sha256) await writeChecksum(partials, target, sha256);
  return { kind: 'save', name: basename(target), path: target, bytes, ...(sha256 && { sha256 }) };
}

type Writing = { partial: string; packers: Transform[]; total: number; checksum: boolean };

/** Resolves once everything the engine sent is on disk. */
async function writeArchive(
  { docker }: Engine,
  names: string[],
  { partial, packers, total, checksum }: Writing,
  { signal, report }: OperationContext,
): Promise<Written> {
  const source = await requestStream(docker, { method: 'GET', path: '/images/get', query: { names }, signal });
  let received = 0;
  const end = new TarEnd();
  const see = (chunk: Buffer) => {
    received += chunk.length;
    end.see(chunk);
  };
  source.once('end', () => report({ phase: 'finishing', bytes: { done: received, total: received } }));
  const look = setInterval(() => {
    if (received === 0 || source.readableEnded) return;
    const bytes = { done: received, total: Math.max(total, received), estimated: true };
    report({ phase: 'writing', bytes, ...(total > 0 && { fraction: received / total }) });
  }, reportEvery);
  try {
    const written = await writeSteadily(partial, [source, ...packers], { see, checksum, signal });
    end.check();
    return written;
  } finally {
    clearInterval(look);
  }
}
