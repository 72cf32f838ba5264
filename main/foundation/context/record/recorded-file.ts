import type { FileType } from '../../../../contract/explanation.ts';

/** What is stored for one entry of a context: everything that decides whether a `COPY` of it is cached, and a stamp. */
export type RecordedFile = {
  path: string;
  type: FileType;
  /** Permission bits, including the set-id bits. */
  mode: number;
  /** Target of a link, as written. */
  target?: string;
  /** SHA-256 of the content in hex; absent while unknown, and for entries without content. */
  digest?: string;
  capabilities?: string;
  /** If this is another name for a file sent earlier, that file's path. */
  hardLink?: string;
  /** Changes whenever the file does (inode, size, times); while it stays the same, the file need not be read again. */
  stamp: string;
};

/** One line of a context's file. An array, because field names would take up most of it. */
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
