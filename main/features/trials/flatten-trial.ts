import { Readable } from 'node:stream';
import { parseReference, repositoryOf } from '../../../contract/reference.ts';
import type { CommitOrder } from '../../../contract/trial.ts';
import { inspectImage } from '../../foundation/engine/answers/image-answers.ts';
import { readNdjson } from '../../foundation/engine/ndjson.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { requestStream } from '../../foundation/engine/request.ts';
import { splitCommand } from '../../foundation/formats/split-command.ts';
import { checkWhole } from '../../foundation/formats/tar/check-whole.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { checkIsOwn } from './end-trial.ts';
import { notMade } from './trial-failures.ts';
import type { TrialOwner } from './trial-labels.ts';

type ImportLine = { status?: string };
type StartSettings = Awaited<ReturnType<typeof inspectImage>>['Config'];

/**
 * Makes a base image of a trial: all its files in one layer, with what its image says of how to start, and without its history. No engine keeps
 * a note of the container in such an image, so that what was set for the trial stays out of it. Nothing is written on this computer meanwhile.
 */
export async function flattenTrial(
  engine: Engine,
  owner: TrialOwner,
  { container, reference, message, command }: CommitOrder,
  { signal, report }: Pick<OperationContext, 'signal' | 'report'>,
): Promise<string> {
  const { Image } = await checkIsOwn(engine, owner, container);
  const own = (await inspectImage(engine, Image)).Config;
  const parsed = parseReference(reference);
  const tag = parsed.tag ?? 'latest';
  const files = await requestStream(engine.docker, { method: 'GET', path: `/containers/${container}/export`, signal });
  const body = Readable.from(counted(checkWhole(files), (done) => report({ phase: 'copying', bytes: { done } })));
  // half of the files must not become an image
  const broken = new AbortController();
  body.once('error', (error) => broken.abort(error));
  const answer = await requestStream(engine.docker, {
    method: 'POST',
    path: '/images/create',
    query: {
      fromSrc: '-',
      message,
      // Podman 4.3 ignores the tag unless it is part of the name
      ...(engine.product === 'Podman' ? { repo: `${repositoryOf(parsed)}:${tag}` } : { repo: repositoryOf(parsed), tag }),
      changes: instructionsFor({ ...own, ...(command.trim() !== '' && { Cmd: splitCommand(command) }) }, engine.product),
    },
    headers: { 'Content-Type': 'application/x-tar' },
    body,
    signal: AbortSignal.any([signal, broken.signal]),
  }).catch((error: unknown) => {
    throw broken.signal.reason ?? error;
  });
  let image: string | undefined;
  for await (const { status } of readNdjson<ImportLine>(answer)) {
    const id = /^(?:sha256:)?([0-9a-f]{64})$/.exec(status ?? '')?.[1];
    if (id) image = `sha256:${id}`;
  }
  if (image === undefined) throw notMade();
  return image;
}

/**
 * How an image starts, as instructions of a Dockerfile. A value with a line break can't be said in one, and is left out. Podman takes what is
 * between the outer quotes as it is.
 */
function instructionsFor(
  own: Pick<StartSettings, 'Env' | 'Cmd' | 'Entrypoint' | 'WorkingDir' | 'User' | 'ExposedPorts'>,
  product: Engine['product'],
): string[] {
  const lines = own.Env.filter((line) => !/[\r\n]/.test(line)).map((line) => {
    const at = line.indexOf('=');
    const value = line.slice(at + 1);
    return `ENV ${line.slice(0, at)}="${product === 'Podman' ? value : value.replace(/[\\"$]/g, '\\$&')}"`;
  });
  const ports = Object.keys(own.ExposedPorts);
  return [
    ...lines,
    ...(own.Entrypoint.length > 0 ? [`ENTRYPOINT ${JSON.stringify(own.Entrypoint)}`] : []),
    ...(own.Cmd.length > 0 ? [`CMD ${JSON.stringify(own.Cmd)}`] : []),
    ...(own.WorkingDir ? [`WORKDIR ${own.WorkingDir}`] : []),
    ...(own.User ? [`USER ${own.User}`] : []),
    ...(ports.length > 0 ? [`EXPOSE ${ports.join(' ')}`] : []),
  ];
}

async function* counted(bytes: AsyncIterable<Buffer>, onBytes: (done: number) => void): AsyncGenerator<Buffer> {
  let done = 0;
  for await (const chunk of bytes) {
    done += chunk.length;
    onBytes(done);
    yield chunk;
  }
}
