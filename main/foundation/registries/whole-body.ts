import { troubleAt } from './errors/registry-error.ts';
import type { Answer } from './wire.ts';

/** The complete body of a small answer. Rejects if it is longer than `longest`, as it is kept in memory. */
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

/** How many bytes of an error's body are read. */
const longestError = 64 * 1024;

/** The start of a body as text, as far as it arrived. */
export async function startOfBody({ body }: { body: AsyncIterable<Buffer> }): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of body) {
      parts.push(part);
      length += part.length;
      if (length > longestError) break;
    }
  } catch {
    // use what has arrived so far
  }
  return Buffer.concat(parts).toString('utf8', 0, longestError);
}
