/** What a build would send of a folder, and what `.dockerignore` leaves out. */
export type ContextMap = {
  sent: Amount;
  left: Amount;
  /** The folder itself; small things deep inside are added up. */
  root: ContextFolder;
  warnings: ContextWarning[];
  /** Folders that would be sent but may not be read, relative; a build that wants them fails. The first few. */
  unreadable: string[];
  /** The ignore file that counts, relative to the folder, whether it is there or not. */
  ignoreFile: string;
  ignoreFileUse: IgnoreFileUse;
};

/** BuildKit goes on without an ignore file that is a folder, a device or a link out of what is sent. */
export type IgnoreFileUse = 'read' | 'absent' | 'not-read';

export type Amount = { files: number; bytes: number };

export type ContextFolder = {
  /** Empty for the context itself. */
  name: string;
  sent: Amount;
  left: Amount;
  /** The largest first. */
  children: (ContextFolder | ContextFile)[];
  /** What is too small to be shown by itself. */
  rest?: Amount;
};

export type ContextFile = { name: string; bytes: number; isLeft: boolean };

/** Something that hardly ever belongs in a context. */
export type ContextWarning = {
  kind: 'git' | 'dependencies' | 'environment' | 'key' | 'build-output' | 'large-file';
  /** Relative to the folder. */
  path: string;
  amount: Amount;
  /** The line for the ignore file that leaves it out. */
  pattern: string;
};

/** The line for an ignore file that leaves out just this path: what would be a wildcard in it is none. */
export function ignorePattern(path: string): string {
  // a space at either end would be cut off
  const plain = path.replace(/[\\*?[\]]/g, '\\$&').replace(/^ | $/g, '[ ]');
  return /^[#!]/.test(plain) ? `\\${plain}` : plain;
}
