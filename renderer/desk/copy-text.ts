import { client } from '../connection/client.ts';

/** Has main put a text on the clipboard, as the page itself may not. */
export const copyText = (text: string): Promise<void> => client.clipboard.write({ text });
