import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cleanName } from '../../main/formats/image-archive/clean-name.ts';
import { bytesOf, isText } from '../../main/formats/name-bytes.ts';
import { detectPacking } from '../../main/formats/packing/detect-packing.ts';
import { unpack } from '../../main/formats/packing/unpack.ts';
import { blockSize } from '../../main/formats/tar/parse-header.ts';
import { TarCutter } from '../../main/formats/tar/tar-cutter.ts';

type Entry = { name: string; kind: string; size: number; offset: number };
type Answer = { entries: Entry[] } | { error: string };

/** Python's tarfile, which lists the tarballs that our reader takes: where both differ, one of them would show what is not there. */
export class SecondVoice {
  readonly #python: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  #isMissing = false;

  constructor() {
    this.#python = spawn('python3', [join(import.meta.dirname, 'list-tar.py')]);
    // a computer without Python has the one voice
    this.#python.on('error', () => {
      this.#isMissing = true;
    });
    this.#python.stdin.on('error', () => {});
    this.#lines = createInterface({ input: this.#python.stdout })[Symbol.asyncIterator]();
  }

  /** What the two have of a file that ours takes: "the same", why they may differ, or a find. */
  async compare(path: string, start: Buffer): Promise<{ agreed: string } | { find: string }> {
    const packing = detectPacking(start);
    if (!packing || packing === 'zstd') return { agreed: 'Python does not read it' };
    const own = await ownEntries(path, packing);
    this.#python.stdin.write(`${path}\n`);
    const { value, done } = await this.#lines.next();
    if (this.#isMissing) return { agreed: 'no Python here' };
    if (done) return { find: 'Python has ended' };
    const answer = JSON.parse(value) as Answer;
    if ('error' in answer) return { agreed: `Python refuses it: ${answer.error.slice(0, 40)}` };
    const theirs = answer.entries.map(comparable);
    const at = own.entries.findIndex((entry, place) => entry !== theirs[place]);
    if (at < 0 && own.entries.length === theirs.length) return { agreed: 'the same' };
    const place = at < 0 ? own.entries.length : at;
    // Go's reader, and so the engine, leaves alone what is said of all files; Python does as it says
    if (own.hasGlobal) return { agreed: 'Python heeds a note for all files' };
    return { find: `entry ${place}: ours ${own.entries[place]}, Python’s ${theirs[place]}` };
  }

  end(): void {
    this.#python.kill();
  }
}

async function ownEntries(path: string, packing: Parameters<typeof unpack>[1]): Promise<{ entries: string[]; hasGlobal: boolean }> {
  const cutter = new TarCutter();
  const entries: string[] = [];
  let hasGlobal = false;
  for await (const chunk of unpack(path, packing, () => {})) {
    for (const piece of cutter.cut(chunk)) {
      if (piece.kind !== 'head') continue;
      for (let at = 0; at < piece.bytes.length; at += blockSize) hasGlobal ||= piece.bytes[at + 156] === 0x67;
      const { name, kind, size, offset, isSparse } = piece.member;
      entries.push(comparable({ name, kind, size: kind === 'file' && !isSparse ? size : 0, offset }));
    }
  }
  return { entries, hasGlobal };
}

function comparable({ name, kind, size, offset }: Entry): string {
  const text = isText(name) ? name : bytesOf(name).toString('latin1');
  return JSON.stringify([cleanName(text), kind, size, kind === 'file' ? offset : 0]);
}
