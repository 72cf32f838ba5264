import type { Failure } from '../../../contract/failure.ts';
import type { FileRows, FilesPage } from '../../../contract/layer-files.ts';
import { failureOf } from '../../connection/failure-of.ts';
import { type AnyRow, type Folder, type Folders, layOut, pageSize, type TreeLayout } from './tree-layout.ts';

/** A tree, and what is known of it. */
export type SeenTree<Row extends AnyRow> = { reader: TreeReader<Row>; seen: TreeSeen<Row>; isSearch: boolean };

/** What is known of a tree at a moment. */
export type TreeSeen<Row extends AnyRow> = {
  folders: Folders<Row>;
  open: ReadonlySet<number>;
  layout: TreeLayout;
  /** Whether the first lines have come. */
  isReady: boolean;
  failure?: Failure;
};

type Ask<Row extends AnyRow> = (folder: number, page: FilesPage, signal: AbortSignal) => Promise<FileRows<Row>>;

/** Reads a tree page by page, as its lines come into sight. Whatever comes after `stop` is dropped. */
export class TreeReader<Row extends AnyRow> {
  readonly #ask: Ask<Row>;
  readonly #opensItself: (row: Row) => boolean;
  /** Open folders; kept by whoever made the reader, so that they stay open in another view. */
  readonly #open: Set<number>;
  /** Where each line is that has come. */
  readonly #where = new Map<number, { folder: number; at: number }>();
  readonly #asked = new Map<string, Promise<void>>();
  readonly #listeners = new Set<() => void>();
  #stop = new AbortController();
  #seen: TreeSeen<Row>;

  /** `opensItself`: which folders are open when they first come. */
  constructor(ask: Ask<Row>, open: Set<number>, opensItself: (row: Row) => boolean = () => false) {
    this.#ask = ask;
    this.#opensItself = opensItself;
    this.#open = open;
    this.#seen = { folders: new Map(), open: new Set(open), layout: { spans: [], total: 0 }, isReady: false };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly seen = (): TreeSeen<Row> => this.#seen;

  start(): void {
    if (this.#stop.signal.aborted) this.#stop = new AbortController();
    void this.want(0, 0);
  }

  stop(): void {
    this.#stop.abort();
    this.#asked.clear();
  }

  /** Where the line of a place is, if it has come. */
  whereIs(place: number): { folder: number; at: number } | undefined {
    return this.#where.get(place);
  }

  /** Asks for a page of a folder, once. */
  want(folder: number, page: number): Promise<void> {
    const key = `${folder} ${page}`;
    const asked = this.#asked.get(key) ?? this.#read(folder, page);
    this.#asked.set(key, asked);
    return asked;
  }

  /** Opens or closes a folder. */
  toggle(place: number, isOpen = !this.#open.has(place)): void {
    if (isOpen) this.#open.add(place);
    else this.#open.delete(place);
    if (isOpen && !this.#seen.folders.has(place)) void this.want(place, 0);
    this.#tell({});
  }

  /** Opens the folders above a path, and says which place it is; undefined if the tree doesn’t show it. */
  async reveal(path: string): Promise<number | undefined> {
    let place = 0;
    const names = path.split('/').filter((name) => name !== '');
    for (const [depth, name] of names.entries()) {
      const found = await this.#find(place, name);
      if (found === undefined) return undefined;
      place = found;
      if (depth < names.length - 1) this.toggle(place, true);
    }
    return place;
  }

  async #find(folder: number, name: string): Promise<number | undefined> {
    for (let page = 0; ; page++) {
      await this.want(folder, page);
      const { total = 0, pages } = this.#seen.folders.get(folder) ?? {};
      const row = pages?.get(page)?.find((one) => one.name === name);
      if (row) return row.place;
      if ((page + 1) * pageSize >= total) return undefined;
    }
  }

  async #read(folder: number, page: number): Promise<void> {
    const { signal } = this.#stop;
    try {
      const { rows, total } = await this.#ask(folder, { first: page * pageSize, most: pageSize }, signal);
      if (!signal.aborted) this.#keep(folder, page, rows, total);
    } catch (error) {
      if (!signal.aborted) this.#tell({ failure: failureOf(error) });
    }
  }

  #keep(folder: number, page: number, rows: Row[], total: number): void {
    const before = this.#seen.folders.get(folder);
    const known: Folder<Row> = { total, pages: new Map([...(before?.pages ?? []), [page, rows]]) };
    for (const [at, { place }] of rows.entries()) this.#where.set(place, { folder, at: page * pageSize + at });
    // a folder in which there is only one more folder says nothing by itself
    const [only] = rows;
    if (!before && total === 1 && only?.hasMore) this.#open.add(only.place);
    if (!before) for (const row of rows) if (row.hasMore && this.#opensItself(row)) this.#open.add(row.place);
    for (const { place, hasMore } of rows) if (hasMore && this.#open.has(place)) void this.want(place, 0);
    this.#tell({ folders: new Map([...this.#seen.folders, [folder, known]]), isReady: true });
  }

  #tell(change: Partial<TreeSeen<Row>>): void {
    const folders = change.folders ?? this.#seen.folders;
    this.#seen = { ...this.#seen, ...change, open: new Set(this.#open), layout: layOut(folders, this.#open) };
    for (const listener of this.#listeners) listener();
  }
}
