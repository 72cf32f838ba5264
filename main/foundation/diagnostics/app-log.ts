import { appendFileSync } from 'node:fs';
import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Bytes of a log before it becomes the older one; together they are twice as large. */
const mostBytes = 512 * 1024;
/** Characters of one entry. */
const longestEntry = 4000;

type Options = {
  /** Whether what only developers want is written, too: `LAYERDECK_DEBUG=1`. */
  isDetailed: boolean;
};

/**
 * What the app did, in a file for whoever has to find out why something went wrong. Without details
 * it has kinds and ids alone; with them it has the words of failures, which name images and paths. It never has a secret: failures
 * are rid of those before. A log that cannot be written costs nothing but itself.
 */
export class AppLog {
  readonly path: string;
  readonly #isDetailed: boolean;
  #written: Promise<void> = Promise.resolve();
  #bytes: number | undefined;

  constructor(path: string, { isDetailed }: Options) {
    this.path = path;
    this.#isDetailed = isDetailed;
  }

  add(area: string, text: string): void {
    this.#written = this.#written.then(() => this.#append(entry(area, text))).catch(() => {});
  }

  /** Only written for developers. The text is made only then. */
  detail(area: string, text: () => string): void {
    if (this.#isDetailed) this.add(area, text());
  }

  /** An error that ends the app: its kind and where it was thrown. Its words may hold anything, and are left out. */
  crash(error: Error): void {
    const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
    const { code = '' } = error as NodeJS.ErrnoException;
    try {
      appendFileSync(this.path, entry('crash', [`${error.name} ${code}`.trim(), ...frames].join('\n')), { mode: 0o600 });
    } catch {
      // as with every other entry
    }
  }

  /** Resolves when everything is in the file. */
  close(): Promise<void> {
    return this.#written;
  }

  async #append(line: string): Promise<void> {
    if (this.#bytes === undefined) {
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
      this.#bytes = await stat(this.path).then(
        ({ size }) => size,
        () => 0,
      );
    }
    if (this.#bytes + line.length > mostBytes) {
      await rename(this.path, `${this.path}.old`);
      this.#bytes = 0;
    }
    this.#bytes += Buffer.byteLength(line);
    await appendFile(this.path, line, { mode: 0o600 });
  }
}

const entry = (area: string, text: string): string =>
  `${new Date().toISOString()} ${area}: ${text.replaceAll('\n', '\n  ').slice(0, longestEntry)}\n`;
