import type { Progress } from '../../../contract/task.ts';
import type { SendingFile } from './send-file.ts';

/** The first phase of sending a tarball to an engine. Unpacking is the second half; how long it takes is unknown in advance. */
export function sendingProgress({ size, position, isSent }: Omit<SendingFile<object>, 'lines'>): Progress {
  const done = isSent() ? size : position();
  return { phase: isSent() ? 'unpacking' : 'sending', bytes: { done, total: size }, fraction: size > 0 ? done / size / 2 : undefined };
}
