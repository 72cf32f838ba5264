import type { DragEvent } from 'react';
import { create } from 'zustand';
import { openDialog } from './dialogs.ts';
import { startTasks } from './start-task.ts';

/** Only the app's own drags carry this type; a dragged file or text never does. */
const type = 'application/x-layerdeck-tags';

/** The tags of a registry that are being dragged at this moment, by their whole names. */
export const useDraggedTags = create<{ references: string[] }>(() => ({ references: [] }));

export function dragTags(event: DragEvent, references: string[]): void {
  const { dataTransfer } = event;
  dataTransfer.setData(type, JSON.stringify(references));
  dataTransfer.effectAllowed = 'copy';
  // a row that has scrolled out of the page gets no event when its drag ends
  for (const end of ['dragend', 'drop'] as const) window.addEventListener(end, endDrag, { once: true });
  // a page that changes while a drag begins ends it
  setTimeout(() => useDraggedTags.setState({ references }));
}

const endDrag = (): void => useDraggedTags.setState({ references: [] });

export const carriesTags = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes(type);

/** Gets tags of a registry: one is looked at first, several are got at once. */
export function getTags(references: readonly string[]): void {
  const [only] = references;
  if (references.length === 1 && only !== undefined) openDialog({ name: 'pull', reference: only });
  else if (references.length > 1) void startTasks(references.map((reference) => ({ kind: 'pull', reference })));
}
