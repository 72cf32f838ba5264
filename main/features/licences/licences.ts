import { readFile } from 'node:fs/promises';
import { LicenceFile } from '../../../contract/licences.ts';
import { FailureError } from '../../foundation/failures/failure.ts';

/** The licences of everything in the app, as the build listed them; read on first use. */
export class Licences {
  readonly #file: string;
  #read: Promise<LicenceFile> | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** Rejects with a failure if the list is missing or damaged, and tries again the next time. */
  read(): Promise<LicenceFile> {
    this.#read ??= readLicences(this.#file).catch((error) => {
      this.#read = undefined;
      throw error;
    });
    return this.#read;
  }
}

async function readLicences(file: string): Promise<LicenceFile> {
  try {
    return LicenceFile.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new FailureError({
      kind: 'unknown',
      title: 'The list of licences can’t be read',
      detail: 'It comes with Layerdeck, but here it’s missing or damaged.',
      hint: 'Install Layerdeck again. A packaged Layerdeck also has the licences in THIRD-PARTY-LICENCES.txt in its “resources” folder.',
      cause: error instanceof Error ? error.message : String(error),
    });
  }
}
