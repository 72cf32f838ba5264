import { StringDecoder } from 'node:string_decoder';

/**
 * The lines of a stream, those of a chunk at once; the last one also without a line break. Only `\n` ends a line: node's
 * own readline splits at U+2028 as well, which file names and logs may hold.
 */
export async function* lineBatches(
  stream: AsyncIterable<Buffer | string>,
  longestLine = Number.POSITIVE_INFINITY,
): AsyncGenerator<string[]> {
  const decoder = new StringDecoder('utf8'); // a chunk may end inside a character
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + (typeof chunk === 'string' ? chunk : decoder.write(chunk))).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new Error('A line does not end.');
    yield lines;
  }
  rest += decoder.end();
  if (rest !== '') yield [rest];
}
