import type { PreviewEvent } from '../../../contract/archive.ts';
import { readInThread } from './read-in-thread.ts';

/** How far the reading of a file is, and at last what is in it. Keeps and writes nothing. */
export async function* previewArchive(path: string, signal?: AbortSignal): AsyncGenerator<PreviewEvent> {
  for await (const answer of readInThread(path, signal)) {
    yield answer.kind === 'reading' ? answer : { kind: 'preview', preview: answer.archive.preview };
  }
}
