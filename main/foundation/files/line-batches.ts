import { StringDecoder } from 'node:string_decoder';

/** Thrown for a line that is longer than allowed. */
const endlessLine = 'a line of the answer does not end';

/**
 * The lines of a stream, a chunk's lines at a time; the last one needs no line break. Only `\n` ends a line: Node's
 * own readline also splits at U+2028, which file names and logs may contain.
 */
export async function* lineBatches(
  stream: AsyncIterable<Buffer | string>,
  longestLine = Number.POSITIVE_INFINITY,
): AsyncGenerator<string[]> {
  const decoder = new StringDecoder('utf8'); // a chunk may end inside a character
  let rest = '';
  for await (const chunk of stream) {
    // only the new text is searched: otherwise a line of many chunks would be read over and over
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
