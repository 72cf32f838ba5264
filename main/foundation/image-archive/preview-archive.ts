import type { PreviewEvent } from '../../../contract/archive.ts';
import { readInThread } from './read-in-thread.ts';

/** The progress of reading a file, and finally what is in it. Stores nothing. */
export async function* previewArchive(path: string, signal?: AbortSignal): AsyncGenerator<PreviewEvent> {
  for await (const answer of readInThread(path, signal)) {
    yield answer.kind === 'reading' ? answer : { kind: 'preview', preview: answer.archive.preview };
  }
}
