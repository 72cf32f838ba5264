import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { CacheMatrix, MatrixCell } from '../../../../contract/cache-matrix.ts';
import { bytes, count, shortId } from '../../../ui/format.ts';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import { describeStep } from '../describe-step.ts';
import c from './ComparePage.module.css';
import { cellRuns, foldedColumns } from './cell-runs.ts';
import { columnName, hasDivergence, marksOf, shownColumn } from './column-words.ts';
import { useColumnInView } from './use-column-in-view.ts';

/** Images or builds one below the other, with a column for each step. Where they agree, they share a cell. */
export function MatrixTable({ matrix }: { matrix: CacheMatrix }) {
  const folded = foldedColumns(matrix);
  const [isFolded, setFolded] = useState(folded > 3);
  const first = isFolded ? folded : 0;
  const columns = Math.max(...matrix.rows.map(({ cells }) => cells.length));
  const shown = useMemo(
    () => Array.from({ length: columns - first }, (_, place) => ({ column: first + place, runs: cellRuns(matrix, first + place) })),
    [matrix, columns, first],
  );
  const target = shownColumn(matrix);
  const { region, head, isWider, show } = useColumnInView();
  return (
    <>
      <div className={`row ${c.matrixActions}`}>
        {target !== undefined && isWider && (
          <Button size="xs" variant="default" onClick={show}>
            {hasDivergence(matrix) ? 'Show where they diverge' : 'Show where one ends'}
          </Button>
        )}
        {folded > 3 && (
          <Button size="xs" variant="subtle" onClick={() => setFolded(!isFolded)}>
            {isFolded ? `Show the first ${count(folded, 'step')}, the same in all` : 'Hide the first steps, the same in all'}
          </Button>
        )}
      </div>
      <ScrollRegion ref={region} className={c.matrixBox} label="Cache matrix">
        <table className={c.matrix}>
          <thead>
            <tr>
              <th scope="col">Image</th>
              {shown.map(({ column }) => (
                <th key={column} ref={column === target ? head : undefined} scope="col" data-parts={column === target || undefined}>
                  {columnName(matrix, column)}
                  {marksOf(matrix, column).map((mark) => (
                    <span key={mark} className={c.parts}>
                      {mark}
                    </span>
                  ))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.rows.map(({ id, title }, row) => (
              <tr key={id}>
                <th scope="row" className="cut" title={title}>
                  {title}
                </th>
                {shown.map(({ column, runs }) => {
                  const run = runs.find((one) => one.row === row);
                  return run && <Cell key={column} cell={run.cell} span={run.span} isWhole={runs.length === 1} />;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </>
  );
}

function Cell({ cell, span, isWhole }: { cell: MatrixCell | undefined; span: number; isWhole: boolean }) {
  if (!cell) return <td className={c.noCell} aria-label="no such step" />;
  return (
    <td rowSpan={span} data-agrees={isWhole ? 'all' : span > 1 ? 'some' : undefined} title={cell.instruction}>
      <span className={`cut ${c.cellWords}`}>{describeStep(cell.instruction)}</span>
      <span className={`mono t3 ${c.cellId}`}>
        {cell.layer ? shortId(cell.layer) : cell.hasLayer === false ? 'no layer' : 'layer unknown'}
      </span>
      {cell.files && (
        <span className={`mono t3 ${c.cellId}`} title="What the classic builder’s cache goes by">
          files {cell.files.slice(0, 12)}
        </span>
      )}
      {cell.size !== undefined && cell.size > 0 && <span className={`t3 num ${c.cellId}`}>{bytes(cell.size)}</span>}
    </td>
  );
}
