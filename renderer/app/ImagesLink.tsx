import { type DragEvent, type ReactNode, useState } from 'react';
import { carriesTags, getTags, useDraggedTags } from '../desk/dragged-tags.ts';
import c from './Shell.module.css';

/** The link to the images. Tags of a registry that are dropped on it are got. */
export function ImagesLink({ href, isCurrent, children }: { href: string; isCurrent: boolean; children: ReactNode }) {
  const dragged = useDraggedTags(({ references }) => references);
  const [isOver, setIsOver] = useState(false);
  const accept = (event: DragEvent) => {
    if (!carriesTags(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setIsOver(true);
  };
  const drop = (event: DragEvent) => {
    setIsOver(false);
    if (!carriesTags(event)) return;
    event.preventDefault();
    getTags(dragged);
  };
  return (
    <a
      href={href}
      className={c.link}
      aria-current={isCurrent ? 'page' : undefined}
      data-target={dragged.length > 0 || undefined}
      data-over={(dragged.length > 0 && isOver) || undefined}
      title={dragged.length > 0 ? 'Drop here to get' : undefined}
      onDragEnter={accept}
      onDragOver={accept}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      {children}
    </a>
  );
}
