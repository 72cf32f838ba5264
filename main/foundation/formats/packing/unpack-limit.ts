import { excessive } from '../refused-archive.ts';

// Images pack at 2:1 to 5:1, the emptiest real ones at 50:1. A bomb packs at 1,000:1 with gzip, and over 5,000:1 with the others.
const mostTimes = 200;
/** Bytes that any file may unpack to: a small one may well hold nothing but zeros. */
const alwaysAllowed = 1024 ** 3;

/** Stops what unpacks to far more than an honest file: a bomb of ten gigabytes within seconds, while an image of any size passes. */
export class UnpackLimit {
  readonly #most: number;
  #unpacked = 0;

  constructor(fileSize: number) {
    this.#most = Math.max(alwaysAllowed, fileSize * mostTimes);
  }

  count(bytes: number): void {
    this.#unpacked += bytes;
    if (this.#unpacked > this.#most) throw excessive(`a little compressed data unpacks to more than ${mostTimes} times its size`);
  }
}
