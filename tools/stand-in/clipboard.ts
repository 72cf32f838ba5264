let text = '';

/** Electron 45's `clipboard`, for text only and of this app only: the machine's own stays as it is. */
export const clipboard = {
  // The text changes at once, so that callers of the older, synchronous form are served too.
  writeText(value: string): Promise<void> {
    text = value;
    return Promise.resolve();
  },
  readText: (): Promise<string> => Promise.resolve(text),
  has: (type: string): Promise<boolean> => Promise.resolve(type.startsWith('text/plain') && text !== ''),
  clear(): void {
    text = '';
  },
};
