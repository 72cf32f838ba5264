import { closeSync, constants, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { ContextMap } from '../../../../contract/context-map.ts';
import type { Builder } from '../../../../contract/engine.ts';
import type { Failure } from '../../../../contract/failure.ts';
import { copiedSources } from '../../dockerfile/copied-sources.ts';
import { readDockerfileText } from '../../dockerfile/dockerfile-text.ts';
import { toFailure } from '../../failures/failure.ts';
import { placeIn } from '../../formats/name-bytes.ts';
import { endWhenAsked } from '../../threads/end-when-asked.ts';
import { ignoreFileUse, readIgnored } from '../ignore-file.ts';
import { findWarnings } from './find-warnings.ts';
import { measureContext } from './measure-context.ts';
import { shapeMap } from './shape-map.ts';

export type InspectOrder = { folder: string; dockerfile: string; ignoreFile: string; builder: Builder };
export type InspectAnswer = { map: ContextMap } | { failure: Failure };

/** The most files whose start is read, and how many bytes of each. */
const mostRead = 300;
const startBytes = 4096;
const mostUnreadable = 20;

async function inspect({ folder, dockerfile, ignoreFile, builder }: InspectOrder): Promise<ContextMap> {
  const exclude = await readIgnored(folder, ignoreFile, dockerfile, builder);
  const copied = copiedSources(await readDockerfileText(folder, dockerfile).catch(() => ''));
  const { root, unreadable } = measureContext(folder, exclude, builder);
  const warnings = findWarnings(root, { copied, readStart: makeReader(folder) });
  return {
    sent: root.sent,
    left: root.left,
    root: shapeMap(root),
    warnings,
    unreadable: unreadable.slice(0, mostUnreadable),
    ignoreFile,
    ignoreFileUse: await ignoreFileUse(folder, ignoreFile, builder),
  };
}

function makeReader(folder: string): (path: string) => string {
  let read = 0;
  return (path) => {
    if (++read > mostRead) return '';
    try {
      // a pipe without a writer must not block the thread
      const file = openSync(placeIn(folder, path), constants.O_RDONLY | constants.O_NONBLOCK);
      try {
        const start = Buffer.alloc(startBytes);
        return start.toString('latin1', 0, readSync(file, start));
      } finally {
        closeSync(file);
      }
    } catch {
      return '';
    }
  };
}

const answer = (message: InspectAnswer): void => parentPort?.postMessage(message);

endWhenAsked();
inspect(workerData as InspectOrder).then(
  (map) => answer({ map }),
  (error) => answer({ failure: toFailure(error) }),
);
