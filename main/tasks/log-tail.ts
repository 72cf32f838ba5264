import type { LogLine } from '../../contract/task.ts';

/** Bytes in a block, and the most bytes in a line: 4000 characters of up to three bytes, and a line break. */
const blockBytes = 64 * 1024;
const lineBytes = 12_001;
/** Lines in a block, and how many blocks are kept: 20,480 lines if they have the usual length. */
const blockLines = 512;
const keptBlocks = 120;
const keptLines = 20_480;

// kept as bytes: strings of a hundred thousand lines a second would outlive the young generation and inflate the heap
type Block = {
  /** The number of its first line. */
  first: number;
  count: number;
  /** Its lines, each ending in a line break, in the first `used` bytes. */
  bytes: Buffer;
  used: number;
  /** What lines have besides their text, by position in the block; only where it changes. */
  marks: Mark[];
};
/** The most characters in a line, and the ending of a line that had more. */
const longestLine = 4000;
const cut = ' … [cut here: the line goes on]';

type Mark = { place: number; step?: string | undefined; isError?: boolean | undefined };

/** The end of a log, bounded in size, with the true number of every line. Lines are cut at 4000 characters and say so. */
export class LogTail {
  #blocks: Block[] = [];
  #count = 0;

  /** How many lines there have been, including dropped ones. */
  get count(): number {
    return this.#count;
  }

  add(text: string, { step, isError }: Pick<LogLine, 'step' | 'isError'>): void {
    const block = this.#roomyBlock();
    const last = block.marks.at(-1);
    if (!last || last.step !== step || last.isError !== isError) block.marks.push({ place: block.count, step, isError });
    block.used += block.bytes.write(text.length > longestLine ? text.slice(0, longestLine - cut.length) + cut : text, block.used);
    block.bytes[block.used] = 10;
    block.used += 1;
    block.count += 1;
    this.#count += 1;
  }

  /** At most `most` lines after number `after`, the oldest available first. */
  after(after: number, most: number): LogLine[] {
    const found: LogLine[] = [];
    for (const block of this.#blocks) {
      if (found.length >= most) break;
      if (block.first + block.count - 1 > after) found.push(...linesOf(block).filter(({ number }) => number > after));
    }
    return found.slice(0, most);
  }

  #roomyBlock(): Block {
    const last = this.#blocks.at(-1);
    if (last && last.count < blockLines && last.used + lineBytes <= blockBytes) return last;
    const first = this.#blocks[0];
    const isFull = this.#blocks.length >= keptBlocks || (first !== undefined && this.#count - first.first >= keptLines + blockLines);
    // reuse the bytes of the oldest block
    const bytes = (isFull ? this.#blocks.shift()?.bytes : undefined) ?? Buffer.allocUnsafeSlow(blockBytes);
    const block: Block = { first: this.#count + 1, count: 0, bytes, used: 0, marks: [] };
    this.#blocks.push(block);
    return block;
  }
}

function linesOf({ first, count, bytes, used, marks }: Block): LogLine[] {
  const texts = bytes.toString('utf8', 0, Math.max(0, used - 1)).split('\n');
  let mark = -1;
  return texts.slice(0, count).map((text, place) => {
    while ((marks[mark + 1]?.place ?? Number.POSITIVE_INFINITY) <= place) mark += 1;
    const { step, isError } = marks[mark] ?? {};
    return { number: first + place, text, ...(step !== undefined && { step }), ...(isError && { isError }) };
  });
}
