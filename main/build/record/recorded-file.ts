import type { FileType } from '../../../contract/explanation.ts';

/** What is kept of one entry of a context: all that decides whether a `COPY` of it is cached, and how to know it again. */
export type RecordedFile = {
  path: string;
  type: FileType;
  /** Permission bits, set-id bits included. */
  mode: number;
  /** Target of a link, as written. */
  target?: string;
  /** SHA-256 of the content in hex; absent while unknown, and for what has none. */
  digest?: string;
  capabilities?: string;
  /** Another name of a file that was sent before it: that one's path. */
  hardLink?: string;
  /** Changes whenever the file does (inode, size, times): as long as it is the same, the digest needs no reading. */
  stamp: string;
};

/** One line of the file that keeps a context. An array, as names would be most of it. */
export const encodeFile = ({ path, type, mode, target, digest, capabilities, stamp, hardLink }: RecordedFile): string =>
  JSON.stringify([path, type, mode, target ?? 0, digest ?? 0, capabilities ?? 0, stamp, ...(hardLink === undefined ? [] : [hardLink])]);

export function decodeFile(line: string): RecordedFile {
  const [path, type, mode, target, digest, capabilities, stamp, hardLink] = JSON.parse(line) as [
    string,
    FileType,
    number,
    ...(string | 0)[],
  ];
  return {
    path,
    type,
    mode,
    ...(target && { target }),
    ...(digest && { digest }),
    ...(capabilities && { capabilities }),
    ...(hardLink && { hardLink }),
    stamp: String(stamp),
  };
}
