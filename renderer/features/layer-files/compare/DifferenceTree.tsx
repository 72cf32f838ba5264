import { Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronRight } from '@tabler/icons-react';
import { type CSSProperties, type ReactNode, type RefObject, useId } from 'react';
import type { CompareOrder } from '../../../../contract/compare.ts';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { bytes } from '../../../ui/format.ts';
import { PlainText } from '../../../ui/PlainText.tsx';
import { FileIcon } from '../FileIcon.tsx';
import { FileMark } from '../FileMark.tsx';
import t from '../FileTree.module.css';
import type { TreeLine } from '../tree-layout.ts';
import type { SeenTree } from '../tree-reader.ts';
import { useTreeKeys } from '../use-tree-keys.ts';
import { rowHeight, useTreeLines } from '../use-tree-lines.ts';
import c from './DifferenceTree.module.css';
import { differenceWords, rowWords } from './difference-words.ts';
import type { DifferenceRow } from './use-difference-tree.ts';

type Props = {
  box: RefObject<HTMLDivElement | null>;
  tree: SeenTree<DifferenceRow>;
  names: [string, string];
  chosen: number | undefined;
  order: CompareOrder;
  empty: string;
  onChoose(place: number): void;
  onClose(): void;
  onOrder(order: CompareOrder): void;
  onReopen(): void;
};

/** What differs, however much: only the lines in sight are in the page, and folders are read when they are opened. */
export function DifferenceTree({ box, tree, names, chosen, order, empty, onChoose, onClose, onOrder, onReopen }: Props) {
  const id = useId();
  const { reader, seen, isSearch } = tree;
  const { layout, open } = seen;
  const { height, lines, inSight, choose, moveTo } = useTreeLines({ tree, box, chosen, onChoose: ({ place }) => onChoose(place) });
  const onKeyDown = useTreeKeys({ tree, height, page: inSight, moveTo, onOpen: () => choose(height) });
  return (
    <>
      {seen.failure && (
        <div className={t.failure}>
          <FailureNote failure={seen.failure}>
            <Button size="xs" onClick={onReopen}>
              Open both again
            </Button>
          </FailureNote>
        </div>
      )}
      <div
        ref={box}
        className={`scroll ${t.tree} ${c.tree}`}
        role="treegrid"
        aria-label="Files that differ"
        aria-rowcount={layout.total + 1}
        aria-activedescendant={layout.total > 0 ? `${id}-${height}` : undefined}
        aria-busy={!seen.isReady && !seen.failure}
        tabIndex={0}
        onKeyDown={(event) => (event.key === 'Escape' ? onClose() : onKeyDown(event))}
      >
        <Head order={order} names={names} onOrder={onOrder} />
        {/* biome-ignore lint/a11y/useSemanticElements: the lines of a table can't stand where they belong and be virtual */}
        <div role="rowgroup" className={t.body} style={{ height: layout.total * rowHeight }}>
          {lines.map(
            ({ height: at, line }) =>
              line && (
                <Line
                  key={at}
                  id={`${id}-${at}`}
                  line={line}
                  height={at}
                  isOpen={line.row !== undefined && open.has(line.row.place)}
                  isActive={at === height}
                  isChosen={line.row !== undefined && line.row.place === chosen}
                  isSearch={isSearch}
                  onChoose={() => choose(at)}
                  onToggle={() => line.row?.hasMore && reader.toggle(line.row.place)}
                />
              ),
          )}
        </div>
        {seen.isReady && layout.total === 0 && <p className={`t2 ${t.empty}`}>{empty}</p>}
      </div>
    </>
  );
}

function Head({ order, names, onOrder }: Pick<Props, 'order' | 'names' | 'onOrder'>) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons have the focus
    // biome-ignore lint/a11y/useSemanticElements: part of a treegrid
    <div role="row" aria-rowindex={1} className={`sm ${t.row} ${c.row} ${t.head}`}>
      <HeadCell isSorted={order === 'name'} direction="ascending" onSort={() => onOrder('name')}>
        Name
      </HeadCell>
      <HeadCell>
        <span className="hidden">Change</span>
      </HeadCell>
      <HeadCell>
        <PlainText text={names[0]} />
      </HeadCell>
      <HeadCell>
        <PlainText text={names[1]} />
      </HeadCell>
      <HeadCell isSorted={order === 'difference'} direction="descending" onSort={() => onOrder('difference')}>
        Difference
      </HeadCell>
    </div>
  );
}

type HeadCellProps = { children: ReactNode; isSorted?: boolean; direction?: 'ascending' | 'descending'; onSort?(): void };

const HeadCell = ({ children, isSorted, direction, onSort }: HeadCellProps) => (
  // biome-ignore lint/a11y/useFocusableInteractive: its button has the focus
  // biome-ignore lint/a11y/useSemanticElements: part of a treegrid
  <span role="columnheader" className="cut" aria-sort={isSorted ? direction : undefined}>
    {onSort ? (
      <button type="button" className={t.sort} onClick={onSort}>
        {children}
        {isSorted && (direction === 'ascending' ? <IconArrowUp size={12} aria-hidden /> : <IconArrowDown size={12} aria-hidden />)}
      </button>
    ) : (
      children
    )}
  </span>
);

type LineProps = {
  id: string;
  line: TreeLine<DifferenceRow>;
  height: number;
  isOpen: boolean;
  isActive: boolean;
  isChosen: boolean;
  isSearch: boolean;
  onChoose(): void;
  onToggle(): void;
};

function Line({ id, line, height, isOpen, isActive, isChosen, isSearch, onChoose, onToggle }: LineProps) {
  const { row, level, at, setSize } = line;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and says which line it is at
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys
    // biome-ignore lint/a11y/useSemanticElements: part of a treegrid
    <div
      id={id}
      role="row"
      className={`${t.row} ${c.row}`}
      style={{ transform: `translateY(${height * rowHeight}px)` }}
      aria-rowindex={height + 2}
      aria-level={level}
      aria-posinset={at + 1}
      aria-setsize={setSize}
      aria-selected={isChosen}
      aria-expanded={row?.hasMore ? isOpen : undefined}
      data-active={isActive || undefined}
      data-change={row?.change}
      onClick={onChoose}
      onDoubleClick={onToggle}
    >
      {row ? (
        <Cells row={row} level={level} isOpen={isOpen} isSearch={isSearch} onToggle={onToggle} />
      ) : (
        <Cell className={`t3 ${t.name}`} style={{ paddingLeft: level * 16 }}>
          …
        </Cell>
      )}
    </div>
  );
}

type CellsProps = { row: DifferenceRow; level: number; isOpen: boolean; isSearch: boolean; onToggle(): void };

function Cells({ row, level, isOpen, isSearch, onToggle }: CellsProps) {
  const { name, path, kind, change, facts, sums, hasMore } = row;
  const words = rowWords(row);
  return (
    <>
      <Cell className={t.name} style={{ paddingLeft: 4 + (level - 1) * 16 }}>
        <span
          className={t.chevron}
          data-open={isOpen || undefined}
          data-shown={hasMore || undefined}
          aria-hidden
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
        >
          {hasMore && <IconChevronRight size={14} stroke={1.8} />}
        </span>
        <FileIcon kind={kind} isOpen={isOpen} />
        <span className={`cut ${t.words}`} title={path ?? name}>
          <span className={t.own}>
            <PlainText text={name} />
          </span>
          {/* apart for those who hear them, too */} {words !== '' && <span className={`num ${t.where}`}>{words}</span>}{' '}
          {isSearch && path && (
            <span className={t.where}>
              <PlainText text={path.slice(0, Math.max(1, path.lastIndexOf('/')))} />
            </span>
          )}
        </span>
      </Cell>
      <Cell className={t.mark}>{change && <FileMark change={change} />}</Cell>
      <SizeCell row={row} side={0} />
      <SizeCell row={row} side={1} />
      <Cell className={`num ${t.number} ${c.difference}`}>
        {kind === 'folder' || facts.some((one) => one?.kind === 'file') ? differenceWords(...sums.bytes) : ''}
      </Cell>
    </>
  );
}

/** A folder's own bytes say something only if one image has it alone. */
function SizeCell({ row: { change, facts, sums }, side }: { row: DifferenceRow; side: 0 | 1 }) {
  const own = facts[side];
  const isAlone = change === 'added' || change === 'removed';
  if (!own && isAlone) return <Cell className={`t3 ${t.number}`}>not there</Cell>;
  if (own?.kind === 'folder') return <Cell className={`num ${t.number} ${t.size}`}>{isAlone ? bytes(sums.bytes[side]) : ''}</Cell>;
  return <Cell className={`num ${t.number} ${t.size}`}>{own?.kind === 'file' ? bytes(own.size) : ''}</Cell>;
}

const Cell = ({ className, style, children }: { className: string | undefined; style?: CSSProperties; children?: ReactNode }) => (
  // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus
  // biome-ignore lint/a11y/useSemanticElements: part of a treegrid
  <span role="gridcell" className={className} style={style}>
    {children}
  </span>
);
