import { basename } from 'node:path';
import { parseReference, repositoryOf, withDefaultTag } from '../../../contract/reference.ts';
import type { TaskResult } from '../../../contract/task.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import { splitCommand } from '../../foundation/formats/split-command.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { sendFile } from './send-file.ts';
import { sendingProgress } from './sending-progress.ts';

export type ImportOrder = {
  path: string;
  /** The image's name. */
  reference: string;
  /** The command its containers run, as typed. */
  command?: string;
};

type ImportLine = { status?: string };

/** Milliseconds between two reports of how much is sent. */
const reportEvery = 100;

/** Makes a one-layer image from a tarball of a system's files. Rejects unless the engine names the image. */
export async function importRootFiles(
  engine: Engine,
  { path, reference, command = '' }: ImportOrder,
  { signal, report, log }: OperationContext,
): Promise<TaskResult & { kind: 'import' }> {
  const words = splitCommand(command);
  const named = parseReference(withDefaultTag(reference));
  const tag = named.tag ?? 'latest';
  const name = `${repositoryOf(named)}:${tag}`;
  const query = new URLSearchParams({
    fromSrc: '-',
    message: `Imported from ${basename(path)}`,
    // Podman 4.3 ignores the tag unless it is part of the name
    ...(engine.product === 'Podman' ? { repo: name } : { repo: repositoryOf(named), tag }),
    ...(words.length > 0 && { changes: `CMD ${JSON.stringify(words)}` }),
  });
  log(`Importing ${path} as ${name}`);
  const sending = await sendFile<ImportLine>(engine, { path, request: `/images/create?${query}` }, signal);
  const look = setInterval(() => report(sendingProgress(sending)), reportEvery);
  let imageId: string | undefined;
  try {
    for await (const { status } of sending.lines) {
      if (status) log(status);
      const id = /^(?:sha256:)?([0-9a-f]{64})$/.exec(status ?? '')?.[1];
      if (id) imageId = `sha256:${id}`;
    }
  } finally {
    clearInterval(look);
  }
  if (!imageId) throw notImported(basename(path));
  return { kind: 'import', imageId, reference: name };
}

const notImported = (name: string): FailureError =>
  new FailureError({
    kind: 'bad-archive',
    title: `${name} couldn’t be imported`,
    detail: 'The engine read the whole file but made no image from it.',
    hint: 'Check that the file contains a complete system.',
  });
