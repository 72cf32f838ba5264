import type { DragEvent } from 'react';
import { create } from 'zustand';
import { count } from '../../ui/format.ts';
import c from './DragDock.module.css';
import { useImageList } from './list-store.ts';

/** Only the app's own drags carry this type; a dragged file or text never does. */
const type = 'application/x-layerdeck-images';

/** The images that are being dragged at this moment. */
export const useDraggedImages = create<{ ids: string[] }>(() => ({ ids: [] }));

/** Starts to drag the whole selection if the row is part of it, otherwise the row alone. */
export function dragRow(event: DragEvent, id: string): void {
  // selected text is dragged as text
  if (!(event.target instanceof Element)) return;
  const { selected } = useImageList.getState();
  const ids = selected.has(id) ? [...selected] : [id];
  const { dataTransfer } = event;
  // the row's link would be dragged as an address
  dataTransfer.clearData();
  dataTransfer.setData(type, JSON.stringify(ids));
  dataTransfer.effectAllowed = 'copy';
  showCount(dataTransfer, ids.length);
  // a page that changes while a drag begins ends it
  setTimeout(() => useDraggedImages.setState({ ids }));
}

export const endDrag = (): void => useDraggedImages.setState({ ids: [] });

export const carriesImages = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes(type);

/** "2 images" at the pointer, instead of a picture of the one row. */
function showCount(dataTransfer: DataTransfer, images: number): void {
  const chip = document.createElement('div');
  chip.className = c.chip ?? '';
  chip.textContent = count(images, 'image');
  document.body.append(chip);
  dataTransfer.setDragImage(chip, -8, -8);
  setTimeout(() => chip.remove());
}
