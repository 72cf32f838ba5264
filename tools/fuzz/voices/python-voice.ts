import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Compared, type Entry, indexedName, type OwnReading } from './read-own.ts';

type Answer = { entries: Entry[] } | { error: string };

/** Python's tarfile, which lists the tarballs that our reader accepts: if the two differ, one would show what is not there. */
export class PythonVoice {
  readonly #python: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  #isMissing = false;

  constructor() {
    this.#python = spawn('python3', [join(import.meta.dirname, 'list-tar.py')]);
    // a computer without Python has only our own reader
    this.#python.on('error', () => {
      this.#isMissing = true;
    });
    this.#python.stdin.on('error', () => {});
    this.#lines = createInterface({ input: this.#python.stdout })[Symbol.asyncIterator]();
  }

  async compare(path: string, own: OwnReading): Promise<Compared> {
    this.#python.stdin.write(`${path}\n`);
    const { value, done } = await this.#lines.next();
    if (this.#isMissing) return { agreed: 'no Python here' };
    if (done) return { find: 'Python has ended' };
    const answer = JSON.parse(value) as Answer;
    if ('error' in answer) return { agreed: `Python refuses it: ${answer.error.slice(0, 40)}` };
    const [ours, theirs] = [own.entries.map(comparable), answer.entries.map(comparable)];
    const at = ours.findIndex((entry, place) => entry !== theirs[place]);
    if (at < 0 && ours.length === theirs.length) return { agreed: 'the same for Python' };
    const place = at < 0 ? ours.length : at;
    if (own.hasGlobal) return { agreed: 'Python heeds a note for all files' };
    return { find: `Python reads entry ${place} otherwise: ours ${ours[place]}, its own ${theirs[place]}` };
  }

  end(): void {
    this.#python.kill();
  }
}

const comparable = ({ name, kind, size, digest }: Entry): string => JSON.stringify([indexedName(name), kind, size, digest]);
