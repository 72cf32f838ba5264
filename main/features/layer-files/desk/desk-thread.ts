import { AskedThread } from '../../../foundation/threads/asked-thread.ts';
import type { FilesDesk } from './files-desk.ts';

export type DeskOrder = {
  /** The file with all indexed layers. */
  path: string;
  mostBytes: number;
};

/** The desk, in a thread. */
export class DeskThread extends AskedThread<Omit<FilesDesk, 'close'>> {
  constructor(order: DeskOrder) {
    super(new URL('./desk-worker.ts', import.meta.url), order);
  }
}
