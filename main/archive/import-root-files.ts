import { basename } from 'node:path';
import { parseReference, repositoryOf, withDefaultTag } from '../../contract/reference.ts';
import type { TaskResult } from '../../contract/task.ts';
import { FailureError } from '../engine/failure.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { OperationContext } from '../engine/operation.ts';
import { commandWords } from './command-words.ts';
import { sendTarball } from './send-tarball.ts';
import { sendingProgress } from './sending-progress.ts';
import { tarballToImport } from './tarball-for-engine.ts';

export type ImportOrder = {
  path: string;
  /** What the image is called. */
  reference: string;
  /** What a container of it runs, as typed. */
  command?: string;
};

type ImportLine = { status?: string };

/** Milliseconds between two looks at how much is sent. */
const lookEvery = 100;

/** Makes an image of one layer out of a tarball with the files of a system. Rejects unless the engine names the image. */
export async function importRootFiles(
  engine: Engine,
  { path, reference, command = '' }: ImportOrder,
  { signal, report, log }: OperationContext,
): Promise<TaskResult & { kind: 'import' }> {
  const words = commandWords(command);
  const named = parseReference(withDefaultTag(reference));
  const tag = named.tag ?? 'latest';
  const name = `${repositoryOf(named)}:${tag}`;
  const query = {
    ...{ fromSrc: '-', message: `Imported from ${basename(path)}` },
    // Podman 4.3 overlooks the tag unless it is a part of the name
    ...(engine.product === 'Podman' ? { repo: name } : { repo: repositoryOf(named), tag }),
    ...(words.length > 0 && { changes: [`CMD ${JSON.stringify(words)}`] }),
  };
  log(`Importing ${path} as ${name}`);
  const body = await tarballToImport(path);
  const look = setInterval(() => report(sendingProgress(body)), lookEvery);
  let imageId: string | undefined;
  try {
    for await (const { status } of sendTarball<ImportLine>(engine, { path: '/images/create', query }, body.stream, signal)) {
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
    title: `${name} could not be imported`,
    detail: 'The engine read the file to its end, but made no image of it.',
    hint: 'Check that it holds the files of a whole system.',
  });
