import { randomBytes } from 'node:crypto';
import { FailureError } from '../failures/failure.ts';

/**
 * The paths a person chose in a dialog or dropped on the window. The window only ever holds tokens that stand for
 * them, so that a compromised page can read and write nothing else.
 */
export class Grants {
  readonly #paths = new Map<string, { path: string; use: GrantUse }>();

  grant(path: string, use: GrantUse): string {
    const grant = randomBytes(16).toString('hex');
    this.#paths.set(grant, { path, use });
    return grant;
  }

  /** The path for a grant that was given for this use. Throws `not-granted` for any other token. */
  pathOf(grant: string, use: GrantUse): string {
    const known = this.#paths.get(grant);
    if (known?.use === use) return known.path;
    throw new FailureError({
      kind: 'not-granted',
      title: 'Layerdeck may not use this file or folder',
      detail: 'It only touches what you have chosen in a dialog or dropped on the window since it was started.',
      hint: 'Choose it again.',
    });
  }
}

export type GrantUse = 'read' | 'write';
