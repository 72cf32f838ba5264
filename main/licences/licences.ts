import { readFile } from 'node:fs/promises';
import { LicenceFile } from '../../contract/licences.ts';
import { FailureError } from '../engine/failure.ts';

/** The licences of all that is in the app, as the build wrote them down; read when they are first asked for. */
export class Licences {
  readonly #file: string;
  #read: Promise<LicenceFile> | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** Throws a failure in words where the list is missing or damaged, and looks again the next time. */
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
      title: 'The list of licences cannot be read',
      detail: 'It comes with Layerdeck, and is missing or damaged here.',
      hint: 'Install Layerdeck again. A packaged Layerdeck also has the licences in THIRD-PARTY-LICENCES.txt, in its folder “resources”.',
      cause: error instanceof Error ? error.message : String(error),
    });
  }
}
