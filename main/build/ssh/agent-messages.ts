// The protocol of SSH agents (draft-miller-ssh-agent): four bytes with a length, a byte that says what it is, and the rest.

/** Bytes that OpenSSH lets a message have. */
const largestMessage = 256 * 1024;
const headSize = 4;

const kinds = { failure: 5, listKeys: 11, keys: 12, sign: 13 } as const;

/** Cuts what one side says into its messages, each with its head. Rejects where one is too large, or is not whole at the end. */
export async function* agentMessages(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    while (held.length >= headSize) {
      const size = held.readUInt32BE(0);
      if (size === 0 || size > largestMessage) throw new Error('no message of an SSH agent');
      if (held.length < headSize + size) break;
      yield held.subarray(0, headSize + size);
      held = held.subarray(headSize + size);
    }
  }
  if (held.length > 0) throw new Error('a message of an SSH agent was cut off');
  return undefined;
}

/** Whether a build may ask it: which keys there are, and to sign with one. Adding, removing and locking keys is not its business. */
export const mayBeAsked = (message: Buffer): boolean => message[headSize] === kinds.listKeys || message[headSize] === kinds.sign;

export const listKeys = Buffer.from([0, 0, 0, 1, kinds.listKeys]);

/** What an agent says to a request that it does not fulfil. */
export const refusal = Buffer.from([0, 0, 0, 1, kinds.failure]);

/** How many keys an agent says that it has; undefined where that is no answer to the question. */
export const numberOfKeys = (answer: Buffer): number | undefined =>
  answer[headSize] === kinds.keys && answer.length >= headSize + 5 ? answer.readUInt32BE(headSize + 1) : undefined;
