import { createHash, type Hash } from 'node:crypto';
import { FailureError } from '../engine/failure.ts';

/** The kinds of digests that OCI's image specification registers (descriptor.md), as far as this computer's OpenSSL makes them. */
const algorithms = new Set(['sha256', 'sha384', 'sha512']);

const algorithmOf = (digest: string): string => digest.slice(0, digest.indexOf(':'));

/** `sha256:` and 64 hexadecimal digits. */
export const digestOf = (bytes: Buffer | string): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Whether bytes are what a digest of any kind says. Throws an `UnknownDigest` where it is of a kind that cannot be checked. */
export function matchesDigest(bytes: Buffer, digest: string): boolean {
  const check = new DigestCheck(digest);
  check.update(bytes);
  return check.isRight;
}

/** What cannot be checked is not believed. */
export class UnknownDigest extends FailureError {
  override name = 'UnknownDigest';
  constructor(algorithm: string) {
    super({
      kind: 'invalid-input',
      title: `The digest “${algorithm}” cannot be checked`,
      detail: 'A part of the image is named by a kind of digest that Layerdeck does not know, so nobody could tell whether it is whole.',
      hint: 'Use an image with the usual digests (sha256), or ask who made it.',
    });
  }
}

/** Checks bytes that come one after the other against a digest. Throws an `UnknownDigest` for a kind that nobody here knows. */
export class DigestCheck {
  readonly #digest: string;
  readonly #hash: Hash;

  constructor(digest: string) {
    const algorithm = algorithmOf(digest);
    if (!algorithms.has(algorithm)) throw new UnknownDigest(algorithm);
    this.#digest = digest;
    this.#hash = createHash(algorithm);
  }

  update(bytes: Buffer): void {
    this.#hash.update(bytes);
  }

  /** Ends the check. */
  get isRight(): boolean {
    return `${algorithmOf(this.#digest)}:${this.#hash.digest('hex')}` === this.#digest;
  }
}

/** What a blob is called where there is little room; engines do the same. */
export const shortDigest = (digest: string): string => digest.replace(/^[^:]*:/, '').slice(0, 12);
