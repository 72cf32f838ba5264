let text = '';

/** Electron 45's `clipboard`, for text only and for this app only: the system's own clipboard stays as it is. */
export const clipboard = {
  // the text changes at once, so that the older, synchronous calls also work
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
