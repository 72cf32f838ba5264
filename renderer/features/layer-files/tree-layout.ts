import type { FileRow } from '../../../contract/layer-files.ts';

/** What a tree needs to know of a line. */
export type AnyRow = Pick<FileRow, 'place' | 'name' | 'hasMore'>;

/** How many lines of a folder are asked for at once. */
export const pageSize = 200;

/** What is known of an open folder: how many lines it has, and those that came, by page. */
export type Folder<Row extends AnyRow = AnyRow> = { total: number; pages: ReadonlyMap<number, Row[]> };
export type Folders<Row extends AnyRow = AnyRow> = ReadonlyMap<number, Folder<Row>>;

/** Lines of one folder that stand below each other without an open folder between them. */
type Span = { folder: number; level: number; first: number; count: number; at: number };

/** Where the lines of a tree are; its size grows with what is open and not with what there is. */
export type TreeLayout = { spans: Span[]; total: number };

/** One line: the how many-th of its folder it is, and its row once that has come. Levels begin at 1. */
export type TreeLine<Row extends AnyRow = AnyRow> = { folder: number; at: number; level: number; setSize: number; row?: Row };

/** Puts the open folders below each other. */
export function layOut(folders: Folders, open: ReadonlySet<number>): TreeLayout {
  const spans: Span[] = [];
  let total = 0;
  const add = (span: Omit<Span, 'at'>) => {
    if (span.count === 0) return;
    spans.push({ ...span, at: total });
    total += span.count;
  };
  const walk = (place: number, level: number) => {
    const folder = folders.get(place);
    if (!folder) return;
    let first = 0;
    for (const [at, row] of openRows(folder, folders, open)) {
      add({ folder: place, level, first, count: at + 1 - first });
      walk(row.place, level + 1);
      first = at + 1;
    }
    add({ folder: place, level, first, count: folder.total - first });
  };
  walk(0, 1);
  return { spans, total };
}

function* openRows({ pages }: Folder, folders: Folders, open: ReadonlySet<number>): Generator<[at: number, row: AnyRow]> {
  for (const page of [...pages.keys()].sort((one, other) => one - other)) {
    const rows = pages.get(page) ?? [];
    for (const [at, row] of rows.entries()) {
      if (row.hasMore && open.has(row.place) && folders.has(row.place)) yield [page * pageSize + at, row];
    }
  }
}

/** The line at a height of the tree; undefined below its end. */
export function lineAt<Row extends AnyRow>({ spans, total }: TreeLayout, folders: Folders<Row>, height: number): TreeLine<Row> | undefined {
  if (height < 0 || height >= total) return undefined;
  let [low, high] = [0, spans.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((spans[middle]?.at ?? 0) <= height) low = middle;
    else high = middle - 1;
  }
  const span = spans[low];
  const folder = span && folders.get(span.folder);
  if (!span || !folder) return undefined;
  const at = span.first + height - span.at;
  const row = folder.pages.get(Math.floor(at / pageSize))?.[at % pageSize];
  return { folder: span.folder, at, level: span.level, setSize: folder.total, ...(row && { row }) };
}

/** The height of a line, by its folder and its place there; undefined if that folder is not in the tree. */
export function heightOf({ spans }: TreeLayout, folder: number, at: number): number | undefined {
  const span = spans.find((one) => one.folder === folder && at >= one.first && at < one.first + one.count);
  return span && span.at + at - span.first;
}
