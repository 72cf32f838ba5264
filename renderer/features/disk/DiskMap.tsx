import { useElementSize } from '@mantine/hooks';
import { type MouseEvent, useMemo } from 'react';
import type { DiskLook } from '../../../contract/disk.ts';
import { bytes } from '../../ui/format.ts';
import c from './DiskMap.module.css';
import { isLostForGood } from './disk-words.ts';
import { layOutDisk, partsOfDisk, type Tile } from './lay-out-disk.ts';

type Props = { look: DiskLook; chosen: ReadonlySet<string>; onToggle(key: string): void };

/** Areas are bytes. For the eye and the mouse only: the list below says and does the same. */
export function DiskMap({ look, chosen, onToggle }: Props) {
  const { ref, width, height } = useElementSize();
  const parts = useMemo(() => partsOfDisk(look, chosen, isLostForGood), [look, chosen]);
  const tiles = useMemo(() => layOutDisk(parts, { width, height }), [parts, width, height]);
  const click = ({ target }: MouseEvent) => {
    const key = target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset.key : undefined;
    if (key !== undefined && look.items.some((item) => item.key === key && !item.stays)) onToggle(key);
  };
  return (
    <div className={c.frame}>
      <div className={c.map} ref={ref} aria-hidden onClick={click}>
        {tiles.map((tile) => (
          <MapTile key={tile.key} tile={tile} />
        ))}
      </div>
      <ul className={`sm t2 ${c.legend}`} aria-hidden>
        <li data-fate="goes">Goes</li>
        <li data-fate="could">Could go, stays</li>
        <li data-only>Nowhere else, as far as known</li>
        <li data-fate="stays">In use or shared</li>
      </ul>
    </div>
  );
}

const MapTile = ({ tile: { key, title, bytes: size, fate, isOnlyOne, x, y, width, height } }: { tile: Tile }) => (
  <div
    className={c.tile}
    data-key={key}
    data-fate={fate}
    data-only={isOnlyOne || undefined}
    title={`${title}, ${bytes(size)}`}
    style={{ left: x, top: y, width, height }}
  >
    {width > 70 && height > 24 && (
      <span className={c.label}>
        <span className={c.name}>{title}</span>
        {height > 42 && <span className="num">{bytes(size)}</span>}
      </span>
    )}
  </div>
);
