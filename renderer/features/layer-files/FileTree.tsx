import { Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronRight } from '@tabler/icons-react';
import { type CSSProperties, type ReactNode, useEffect, useEffectEvent, useId, useRef } from 'react';
import type { FileOrder } from '../../../contract/layer-files.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { bytes, grouped } from '../../ui/format.ts';
import { PlainText } from '../../ui/PlainText.tsx';
import { FileIcon } from './FileIcon.tsx';
import { FileMark } from './FileMark.tsx';
import c from './FileTree.module.css';
import type { TreeLine } from './tree-layout.ts';
import type { SeenTree } from './tree-reader.ts';
import { useTreeKeys } from './use-tree-keys.ts';
import { rowHeight, useTreeLines } from './use-tree-lines.ts';
import type { TreeRow } from './use-tree-reader.ts';

type Props = {
  label: string;
  tree: SeenTree<TreeRow>;
  chosen: number | undefined;
  order: FileOrder;
  /** In the whole image, everything would be marked as added. */
  isMarked: boolean;
  empty: string;
  /** `path`: of what was found. */
  onChoose(place: number, path?: string): void;
  /** The chosen file is opened, not only looked at. */
  onOpen(): void;
  onOrder(order: FileOrder): void;
  onReopen(): void;
};

/** A tree of any size: only the lines in sight are in the page, and folders are read when they are opened. */
export function FileTree({ label, tree, chosen, order, isMarked, empty, onChoose, onOpen, onOrder, onReopen }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const { reader, seen, isSearch } = tree;
  const { layout, open } = seen;
  const { height, lines, inSight, choose, moveTo } = useTreeLines({
    tree,
    box,
    chosen,
    onChoose: (row) => onChoose(row.place, row.path),
  });
  const chooseFirst = () => {
    if (chosen === undefined && layout.total > 0) choose(height);
  };
  const hasLines = layout.total > 0;
  const greet = useEffectEvent(chooseFirst);
  useEffect(() => {
    // the focus may have come before the lines
    if (hasLines && box.current === document.activeElement) greet();
  }, [hasLines]);
  const onKeyDown = useTreeKeys({ tree, height, page: inSight, moveTo, onOpen });
  const isEmpty = seen.isReady && layout.total === 0;
  return (
    <>
      {seen.failure && (
        <div className={c.failure}>
          <FailureNote failure={seen.failure}>
            <Button size="xs" onClick={onReopen}>
              Open the files again
            </Button>
          </FailureNote>
        </div>
      )}
      <div
        ref={box}
        className={`scroll ${c.tree}`}
        role="treegrid"
        aria-label={label}
        aria-rowcount={layout.total + 1}
        aria-activedescendant={layout.total > 0 ? `${id}-${height}` : undefined}
        aria-busy={!seen.isReady && !seen.failure}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={(event) => event.target === event.currentTarget && chooseFirst()}
      >
        <Head order={order} onOrder={onOrder} />
        {/* biome-ignore lint/a11y/useSemanticElements: the lines of a table can't stand where they belong and be virtual */}
        <div role="rowgroup" className={c.body} style={{ height: layout.total * rowHeight }}>
          {lines.map(
            ({ height: at, line }) =>
              line && (
                <FileLine
                  key={at}
                  id={`${id}-${at}`}
                  line={line}
                  top={at * rowHeight}
                  height={at}
                  isOpen={line.row !== undefined && open.has(line.row.place)}
                  isActive={at === height}
                  isChosen={line.row !== undefined && line.row.place === chosen}
                  isSearch={isSearch}
                  isMarked={isMarked}
                  onChoose={() => choose(at)}
                  onOpen={() => (line.row?.hasMore ? reader.toggle(line.row.place) : onOpen())}
                  onToggle={() => line.row && reader.toggle(line.row.place)}
                />
              ),
          )}
        </div>
        {isEmpty && <p className={`t2 ${c.empty}`}>{empty}</p>}
      </div>
    </>
  );
}

function Head({ order, onOrder }: { order: FileOrder; onOrder(order: FileOrder): void }) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons have the focus
    // biome-ignore lint/a11y/useSemanticElements: part of a treegrid
    <div role="row" aria-rowindex={1} className={`sm ${c.row} ${c.head}`}>
      <HeadCell name="Name" isSorted={order === 'name'} direction="ascending" onSort={() => onOrder('name')} />
      <HeadCell name="Change" isHidden />
      <HeadCell name="Files" />
      <HeadCell name="Size" isSorted={order === 'size'} direction="descending" onSort={() => onOrder('size')} />
    </div>
  );
}

type HeadCellProps = { name: string; isHidden?: boolean; isSorted?: boolean; direction?: 'ascending' | 'descending'; onSort?(): void };

const HeadCell = ({ name, isHidden, isSorted, direction, onSort }: HeadCellProps) => (
  // biome-ignore lint/a11y/useFocusableInteractive: its button has the focus
  // biome-ignore lint/a11y/useSemanticElements: part of a treegrid
  <span role="columnheader" aria-sort={isSorted ? direction : undefined}>
    {onSort ? (
      <button type="button" className={c.sort} onClick={onSort}>
        {name}
        {isSorted && (direction === 'ascending' ? <IconArrowUp size={12} aria-hidden /> : <IconArrowDown size={12} aria-hidden />)}
      </button>
    ) : (
      <span className={isHidden ? 'hidden' : undefined}>{name}</span>
    )}
  </span>
);

type LineProps = {
  id: string;
  line: TreeLine<TreeRow>;
  top: number;
  height: number;
  isOpen: boolean;
  isActive: boolean;
  isChosen: boolean;
  isSearch: boolean;
  isMarked: boolean;
  onChoose(): void;
  onOpen(): void;
  onToggle(): void;
};

function FileLine({ id, line, top, height, isOpen, isActive, isChosen, isSearch, isMarked, onChoose, onOpen, onToggle }: LineProps) {
  const { row, level, at, setSize } = line;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and says which line it is at
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys
    // biome-ignore lint/a11y/useSemanticElements: part of a treegrid
    <div
      id={id}
      role="row"
      className={c.row}
      style={{ transform: `translateY(${top}px)` }}
      aria-rowindex={height + 2}
      aria-level={level}
      aria-posinset={at + 1}
      aria-setsize={setSize}
      aria-selected={isChosen}
      aria-expanded={row?.hasMore ? isOpen : undefined}
      data-active={isActive || undefined}
      data-change={isMarked ? row?.change : undefined}
      onClick={onChoose}
      onDoubleClick={onOpen}
    >
      {row ? (
        <Cells row={row} level={level} isOpen={isOpen} isSearch={isSearch} isMarked={isMarked} onToggle={onToggle} />
      ) : (
        <Cell className={`t3 ${c.name}`} style={{ paddingLeft: level * 16 }}>
          …
        </Cell>
      )}
    </div>
  );
}

type CellsProps = { row: TreeRow; level: number; isOpen: boolean; isSearch: boolean; isMarked: boolean; onToggle(): void };

const Cells = ({ row, level, isOpen, isSearch, isMarked, onToggle }: CellsProps) => (
  <>
    <Cell className={c.name} style={{ paddingLeft: 4 + (level - 1) * 16 }}>
      <span
        className={c.chevron}
        data-open={isOpen || undefined}
        data-shown={row.hasMore || undefined}
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          if (row.hasMore) onToggle();
        }}
      >
        {row.hasMore && <IconChevronRight size={14} stroke={1.8} />}
      </span>
      <FileIcon kind={row.kind} isOpen={isOpen} />
      <span className={`cut ${c.words}`} title={row.path ?? row.name}>
        <span className={c.own}>
          <PlainText text={row.name} />
        </span>
        {isSearch && row.path && (
          <span className={c.where}>
            <PlainText text={folderOf(row.path)} />
          </span>
        )}
        {row.link !== undefined && (
          <span className={c.where}>
            → <PlainText text={row.link} />
          </span>
        )}
      </span>
    </Cell>
    <Cell className={c.mark}>{isMarked && row.change && <FileMark change={row.change} />}</Cell>
    <Cell className={`num ${c.number}`}>{row.kind === 'folder' ? grouped(row.sums.files) : ''}</Cell>
    <Cell className={`num ${c.number} ${c.size}`}>
      {row.kind === 'folder' ? bytes(row.sums.bytes + row.sums.removedBytes) : row.kind === 'file' ? bytes(row.size) : ''}
    </Cell>
  </>
);

const Cell = ({ className, style, children }: { className: string | undefined; style?: CSSProperties; children?: ReactNode }) => (
  // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus
  // biome-ignore lint/a11y/useSemanticElements: part of a treegrid
  <span role="gridcell" className={className} style={style}>
    {children}
  </span>
);

const folderOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));
