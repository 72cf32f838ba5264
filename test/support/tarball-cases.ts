import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { WorkFolder } from './work-folder.ts';

/** The odd image files of test/fixtures/tarball-cases.tar.gz, unpacked until the end of the scope. */
export class TarballCases implements Disposable {
  readonly #folder = new WorkFolder();

  constructor() {
    execFileSync('tar', ['-xzf', join(import.meta.dirname, '../fixtures/tarball-cases.tar.gz'), '-C', this.#folder.path]);
  }

  /** The file of a case; if there are several, by `name` or by its whole path. */
  file(folder: string, name?: string): string {
    const place = join(this.#folder.path, folder);
    if (place.endsWith('.tar')) return place;
    const found = name ?? readdirSync(place).find((one) => one.startsWith('x.'));
    if (!found) throw new Error(`${folder} has no such file`);
    return join(place, found);
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]();
  }
}
