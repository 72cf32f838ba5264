import type { Answer } from './registry-client.ts';
import { troubleAt } from './registry-error.ts';

/** The whole of a small answer. Rejects where it is longer than anything honest would be: it all is kept in memory. */
export async function wholeBody({ body }: Pick<Answer, 'body'>, longest: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > longest) throw troubleAt('GET', '', 'odd', `it is longer than ${longest} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
