import { FailureError } from '../failures/failure.ts';

/** A file that is not, or not entirely, what it should be; says so to a person. Anything else thrown while reading a tarball is our bug. */
export class RefusedArchive extends FailureError {
  override name = 'RefusedArchive';
  readonly title: string;
  /** What it means and what to do about it, in a sentence or two. */
  readonly reason: string;
  constructor(title: string, reason: string) {
    super({ kind: 'bad-archive', title, detail: reason });
    this.title = title;
    this.reason = reason;
  }
}

const again = 'Copy, download or save it again.';

/** For a file that contradicts itself; `finding` begins with a lowercase letter. */
export const damaged = (finding: string): RefusedArchive => new RefusedArchive('The file is damaged', `In this file, ${finding}. ${again}`);

/** For packed bytes that do not unpack to what was once packed. */
export const unpacksWrongly = (): RefusedArchive => damaged('the compressed data doesn’t match its checksum or format');

/** For a file that ends too early. */
export const cutOff = (): RefusedArchive =>
  new RefusedArchive('The file is cut off', `It ends in the middle, as after an interrupted download. ${again}`);

/** For a file that asks for more than any honest one would. */
export const excessive = (finding: string, what = 'images'): RefusedArchive =>
  new RefusedArchive('The file can’t be trusted', `In this file, ${finding}. No tool writes ${what} like that; don’t use it.`);

/** The same for one with build records. */
export const excessiveRecord = (finding: string): RefusedArchive => excessive(finding, 'build records');
