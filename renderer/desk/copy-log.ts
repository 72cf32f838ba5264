import { copyText } from './copy-text.ts';

/** The most characters that the clipboard takes. */
const mostCopied = 100_000;

/** Copies the lines of a log; of one that is longer than the clipboard takes, its end. */
export const copyLog = (lines: readonly { text: string }[]): Promise<void> =>
  copyText(
    lines
      .map(({ text }) => text)
      .join('\n')
      .slice(-mostCopied),
  );
