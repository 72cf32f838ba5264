import { client } from './client.ts';

/** Onto the clipboard, by main: the page itself may not. */
export const copyText = (text: string): Promise<void> => client.clipboard.write({ text });
