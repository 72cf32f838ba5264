import { basename } from 'node:path';
import type { TaskResult } from '../../../contract/task.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { checkSpace } from '../../foundation/files/check-space.ts';
import { checkTarget } from '../../foundation/files/check-target.ts';
import type { PartialFiles } from '../../foundation/files/partial-files.ts';
import type { Written } from '../../foundation/files/write-steadily.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { estimateSize } from './estimate-size.ts';
import { receiveFile } from './receive-file.ts';
import { writeChecksum } from './write-checksum.ts';

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
  const { sha256, bytes } = await partials.write(target, (partial) =>
    writeArchive(engine, { references, partial, target, total, checksum }, context),
  );
  if (sha256) await writeChecksum(partials, target, sha256);
  return { kind: 'save', name: basename(target), path: target, bytes, ...(sha256 && { sha256 }) };
}

type Writing = Pick<SaveOrder, 'references' | 'target' | 'checksum'> & { partial: string; total: number };

/** Resolves once everything the engine sent is on disk. */
function writeArchive(engine: Engine, { references, partial, total, ...file }: Writing, context: OperationContext): Promise<Written> {
  const names = references.map((name) => `names=${encodeURIComponent(name)}`);
  const onBytes = (done: number, isAll: boolean) => {
    if (isAll) return context.report({ phase: 'finishing', bytes: { done, total: done } });
    const bytes = { done, total: Math.max(total, done), estimated: true };
    context.report({ phase: 'writing', bytes, ...(total > 0 && { fraction: done / total }) });
  };
  return receiveFile(engine, { ...file, path: partial, request: `/images/get?${names.join('&')}`, onBytes }, context.signal);
}
