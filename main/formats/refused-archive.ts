import { FailureError } from '../engine/failure.ts';

/** A file that is not, or not wholly, what it should be; says so to a person. Whatever else reading a tarball throws is a mistake of ours. */
export class RefusedArchive extends FailureError {
  override name = 'RefusedArchive';
  readonly title: string;
  /** What it means and what to do, in a sentence or two. */
  readonly reason: string;
  constructor(title: string, reason: string) {
    super({ kind: 'bad-archive', title, detail: reason });
    this.title = title;
    this.reason = reason;
  }
}

const again = 'Copy, download or save it again from where it came.';

/** For a file that contradicts itself; `finding` begins with a small letter. */
export const damaged = (finding: string): RefusedArchive => new RefusedArchive('The file is damaged', `In it, ${finding}. ${again}`);

/** For a file that ends too soon. */
export const cutOff = (): RefusedArchive =>
  new RefusedArchive('The file is cut off', `It ends in the middle, as after a broken download. ${again}`);

/** For a file that asks for more than any honest one needs. */
export const excessive = (finding: string): RefusedArchive =>
  new RefusedArchive('The file is not to be trusted', `In it, ${finding}. No tool writes images like that; do not use it.`);
