import { StringDecoder } from 'node:string_decoder';

/** What is thrown where a line is longer than it may be. */
const endlessLine = 'a line of the answer does not end';

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
    // only the new text is searched: a line of many chunks would else be read over and over
    const [first = '', ...more] = (typeof chunk === 'string' ? chunk : decoder.write(chunk)).split('\n');
    rest += first;
    if (rest.length > longestLine) throw new Error(endlessLine);
    const last = more.pop();
    if (last === undefined) continue;
    yield [rest, ...more];
    rest = last;
  }
  rest += decoder.end();
  if (rest !== '') yield [rest];
}
