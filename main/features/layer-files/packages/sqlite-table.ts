// An image's database is not to be trusted, and SQLite itself would run what is in it. All that is needed of one is to walk through a
// table, which its file format (sqlite.org/fileformat2.html) allows with little.

const headerSize = 100;
/** No honest tree is deeper. */
const mostDepth = 20;

type Value = number | Buffer | null;

/** The rows of a table of a SQLite file, each with its columns: blobs and texts as bytes. Throws a `RangeError` if the file is damaged. */
export class SqliteFile {
  readonly #bytes: Buffer;
  readonly #pageSize: number;
  /** Bytes of a page that are used. */
  readonly #usable: number;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    if (bytes.toString('latin1', 0, 16) !== 'SQLite format 3\0') throw new RangeError('no SQLite file');
    const size = bytes.readUInt16BE(16);
    this.#pageSize = size === 1 ? 65_536 : size;
    this.#usable = this.#pageSize - (bytes[20] ?? 0);
    if (this.#pageSize < 512 || this.#usable < 480) throw new RangeError('no page has such a size');
  }

  *rowsOf(table: string): Generator<Value[]> {
    for (const [type, name, , root] of this.#rowsAt(1)) {
      if (String(type) === 'table' && String(name) === table && typeof root === 'number') yield* this.#rowsAt(root);
    }
  }

  *#rowsAt(root: number): Generator<Value[]> {
    const open: { page: number; depth: number }[] = [{ page: root, depth: 0 }];
    const seen = new Set<number>();
    for (let next = open.pop(); next; next = open.pop()) {
      if (next.depth > mostDepth || seen.has(next.page)) throw new RangeError('a tree that leads back to itself');
      seen.add(next.page);
      const { page, start } = this.#page(next.page);
      const kind = page[start];
      if (kind !== 0x0d && kind !== 0x05) throw new RangeError('no page of a table');
      const cells = page.readUInt16BE(start + 3);
      const pointers = start + (kind === 0x05 ? 12 : 8);
      const depth = next.depth + 1;
      if (kind === 0x05) open.push({ page: page.readUInt32BE(start + 8), depth });
      for (let cell = cells - 1; cell >= 0 && kind === 0x05; cell--)
        open.push({ page: page.readUInt32BE(page.readUInt16BE(pointers + 2 * cell)), depth });
      for (let cell = 0; cell < cells && kind === 0x0d; cell++) yield this.#rowAt(page, page.readUInt16BE(pointers + 2 * cell));
    }
  }

  #page(number: number): { page: Buffer; start: number } {
    const begin = (number - 1) * this.#pageSize;
    const page = this.#bytes.subarray(begin, begin + this.#pageSize);
    if (number < 1 || page.length < this.#pageSize) throw new RangeError('no such page');
    return { page, start: number === 1 ? headerSize : 0 };
  }

  #rowAt(page: Buffer, at: number): Value[] {
    const size = varint(page, at);
    const key = varint(page, size.end);
    const payload = this.#payload(page, key.end, size.value);
    const head = varint(payload, 0);
    const row: Value[] = [];
    let body = head.value;
    for (let place = head.end; place < head.value; ) {
      const type = varint(payload, place);
      place = type.end;
      const length = lengthOf(type.value);
      row.push(readValue(type.value, payload.subarray(body, body + length)));
      body += length;
    }
    return row;
  }

  /** What does not fit into its page goes on in others. */
  #payload(page: Buffer, begin: number, size: number): Buffer {
    const most = this.#usable - 35;
    if (size <= most) return page.subarray(begin, begin + size);
    if (size > this.#bytes.length) throw new RangeError('a row that is larger than the file');
    const least = Math.floor(((this.#usable - 12) * 32) / 255) - 23;
    const surplus = least + ((size - least) % (this.#usable - 4));
    const local = surplus <= most ? surplus : least;
    const parts = [page.subarray(begin, begin + local)];
    let left = size - local;
    for (let next = page.readUInt32BE(begin + local); left > 0; ) {
      const { page: more } = this.#page(next);
      const part = more.subarray(4, 4 + Math.min(left, this.#usable - 4));
      parts.push(part);
      left -= part.length;
      next = more.readUInt32BE(0);
    }
    return Buffer.concat(parts);
  }
}

function varint(bytes: Buffer, at: number): { value: number; end: number } {
  let value = 0;
  for (let place = at; place < at + 8; place++) {
    const byte = bytes.readUInt8(place);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: place + 1 };
  }
  return { value: value * 256 + bytes.readUInt8(at + 8), end: at + 9 };
}

const integers = [0, 1, 2, 3, 4, 6, 8];

function lengthOf(type: number): number {
  if (type < integers.length) return integers[type] ?? 0;
  if (type === 7) return 8;
  return type < 12 ? 0 : Math.floor((type - 12) / 2);
}

function readValue(type: number, bytes: Buffer): Value {
  if (type >= 12) return bytes;
  if (type === 8 || type === 9) return type - 8;
  // no other numbers are needed here than small ones
  return type >= 1 && type <= 5 ? bytes.readIntBE(0, bytes.length) : null;
}
