import { basename } from 'node:path';
import type { Transform } from 'node:stream';
import type { TaskResult } from '../../contract/task.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { OperationContext } from '../engine/operation.ts';
import { requestStream } from '../engine/request.ts';
import { checkSpace } from '../formats/check-space.ts';
import { checkTarget } from '../formats/check-target.ts';
import { type Written, writeSteadily } from '../formats/packing/write-steadily.ts';
import { estimateSize } from './estimate-size.ts';
import type { PartialFiles } from './partial-files.ts';
import { TarEnd } from './tar-end.ts';
import { writeChecksum } from './write-checksum.ts';

/** Milliseconds between two looks at how much is written. */
const lookEvery = 100;

export type SaveOrder = {
  references: string[];
  target: string;
  /** Whether a second file with its SHA-256 is written. */
  checksum: boolean;
};

/**
 * Saves images, shared layers once, into one tarball; `.gz`, `.tgz` and `.zst` names are packed on the way. No partial file ever
 * has the final name.
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

/** Resolves once all that the engine sent is on the disk. */
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
  }, lookEvery);
  try {
    const written = await writeSteadily(partial, [source, ...packers], { see, checksum, signal });
    end.check();
    return written;
  } finally {
    clearInterval(look);
  }
}
