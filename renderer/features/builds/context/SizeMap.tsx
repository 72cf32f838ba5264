import { useElementSize } from '@mantine/hooks';
import { type MouseEvent, useMemo } from 'react';
import type { ContextFolder } from '../../../../contract/context-map.ts';
import { bytes } from '../../../ui/format.ts';
import { bytesIn, type ContextPart } from './context-parts.ts';
import { type Cell, layOutMap } from './lay-out-map.ts';
import c from './SizeMap.module.css';

type Props = {
  folder: ContextFolder;
  path: string[];
  withLeft: boolean;
  /** The part that the list is at. */
  active: string | undefined;
  onPoint(part: ContextPart): void;
  onOpen(part: ContextPart): void;
};

/** Areas are bytes. For the eye and the mouse only: the list beside it says and does the same. */
export function SizeMap({ folder, path, withLeft, active, onPoint, onOpen }: Props) {
  const { ref, width, height } = useElementSize();
  const cells = useMemo(() => layOutMap(folder, path, { width, height }, withLeft), [folder, path, width, height, withLeft]);
  const cellOf = ({ target }: MouseEvent): Cell | undefined => {
    const found = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null;
    return cells[Number(found?.dataset.cell ?? -1)];
  };
  // a cell one level deeper belongs to a part of the list, too
  const topOf = ({ part, depth }: Cell): ContextPart =>
    depth === 1 ? part : (cells.find((one) => one.depth === 1 && part.path.startsWith(`${one.part.path}/`))?.part ?? part);
  const click = (event: MouseEvent) => {
    const cell = cellOf(event);
    if (!cell) return;
    const top = topOf(cell);
    if (top.canOpen) onOpen(top);
    else onPoint(top);
  };
  return (
    <div className={c.map} ref={ref} aria-hidden onClick={click}>
      {cells.map((cell, place) => (
        <MapCell key={cell.part.path} cell={cell} place={place} isActive={cell.part.path === active} withLeft={withLeft} />
      ))}
    </div>
  );
}

type CellProps = { cell: Cell; place: number; isActive: boolean; withLeft: boolean };

function MapCell({ cell: { part, depth, label, x, y, width, height }, place, isActive, withLeft }: CellProps) {
  const size = bytes(withLeft ? bytesIn(part) : part.sent.bytes);
  return (
    <div
      className={c.cell}
      data-cell={place}
      data-kind={part.kind}
      data-fate={part.fate}
      data-depth={depth}
      data-can-open={part.canOpen || undefined}
      data-active={isActive || undefined}
      title={`${part.path.replace('//rest', '/…')}, ${size}${part.fate === 'left' ? ', left out' : ''}`}
      style={{ left: x, top: y, width, height }}
    >
      {label !== 'none' && (
        <span className={c.label}>
          <span className={c.name}>{part.name}</span>
          {label === 'name and size' && <span className={c.size}>{size}</span>}
        </span>
      )}
    </div>
  );
}
