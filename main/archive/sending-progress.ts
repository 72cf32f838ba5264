import type { Progress } from '../../contract/task.ts';
import type { TarballBody } from './tarball-for-engine.ts';

/** Whether the engine has all of the tarball. */
export const isSent = ({ stream, position, size }: TarballBody): boolean => stream.readableEnded || position() >= size;

/** The first phase of bringing a tarball into an engine. Unpacking is the other half; how long it takes is not known before. */
export function sendingProgress(body: TarballBody): Progress {
  const { size } = body;
  const done = isSent(body) ? size : body.position();
  return { phase: isSent(body) ? 'unpacking' : 'sending', bytes: { done, total: size }, fraction: size > 0 ? done / size / 2 : undefined };
}
