import { createHash, type Hash } from 'node:crypto';
import { FailureError } from '../failures/failure.ts';

/** The digest algorithms that OCI's image specification registers (descriptor.md), as far as this computer's OpenSSL has them. */
const algorithms = new Set(['sha256', 'sha384', 'sha512']);

const algorithmOf = (digest: string): string => digest.slice(0, digest.indexOf(':'));

/** `sha256:` and 64 hexadecimal digits. */
export const digestOf = (bytes: Buffer | string): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Whether bytes match a digest of any kind. Throws an `UnknownDigest` for a kind that cannot be checked. */
export function matchesDigest(bytes: Buffer, digest: string): boolean {
  const check = new DigestCheck(digest);
  check.update(bytes);
  return check.isRight;
}

/** What cannot be checked is not trusted. */
export class UnknownDigest extends FailureError {
  override name = 'UnknownDigest';
  constructor(algorithm: string) {
    super({
      kind: 'invalid-input',
      title: `The digest “${algorithm}” can’t be checked`,
      detail:
        'Part of the image is identified by a kind of digest that Layerdeck doesn’t know, so it can’t tell whether that part is intact.',
      hint: 'Use an image with the usual digests (sha256), or ask who made it.',
    });
  }
}

/** Checks bytes that arrive piece by piece against a digest. Throws an `UnknownDigest` for a kind that is not known here. */
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

  /** Reading it ends the check. */
  get isRight(): boolean {
    return `${algorithmOf(this.#digest)}:${this.#hash.digest('hex')}` === this.#digest;
  }
}

/** What a blob is called where space is short, as engines do it. */
export const shortDigest = (digest: string): string => digest.replace(/^[^:]*:/, '').slice(0, 12);
