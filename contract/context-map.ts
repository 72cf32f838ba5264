/** What a build would send from a folder, and what `.dockerignore` leaves out. */
export type ContextMap = {
  sent: Amount;
  left: Amount;
  /** The folder itself; small items deep inside are summed. */
  root: ContextFolder;
  warnings: ContextWarning[];
  /** The first few folders that would be sent but may not be read, relative; a build that needs them fails. */
  unreadable: string[];
  /** The ignore file that applies, relative to the folder, whether it exists or not. */
  ignoreFile: string;
  ignoreFileUse: IgnoreFileUse;
};

/** BuildKit does not read an ignore file that is a folder, a device or a link out of the context, and builds without it. */
export type IgnoreFileUse = 'read' | 'absent' | 'not-read';

export type Amount = { files: number; bytes: number };

export type ContextFolder = {
  /** Empty for the context itself. */
  name: string;
  sent: Amount;
  left: Amount;
  /** The largest first. */
  children: (ContextFolder | ContextFile)[];
  /** The sum of what is too small to be shown by itself. */
  rest?: Amount;
};

export type ContextFile = { name: string; bytes: number; isLeft: boolean };

/** Something that rarely belongs in a context. */
export type ContextWarning = {
  kind: 'git' | 'dependencies' | 'environment' | 'key' | 'build-output' | 'large-file';
  /** Relative to the folder. */
  path: string;
  amount: Amount;
  /** The line in the ignore file that would leave it out. */
  pattern: string;
};

/** The line for an ignore file that leaves out exactly this path, with its wildcard characters escaped. */
export function ignorePattern(path: string): string {
  // a space at either end would be trimmed
  const plain = path.replace(/[\\*?[\]]/g, '\\$&').replace(/^ | $/g, '[ ]');
  return /^[#!]/.test(plain) ? `\\${plain}` : plain;
}
