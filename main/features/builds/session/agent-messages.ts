// The protocol of SSH agents (draft-miller-ssh-agent): four bytes of length, one byte for the kind, then the content.

/** The most bytes that OpenSSH allows in a message. */
const largestMessage = 256 * 1024;
const headSize = 4;

const kinds = { failure: 5, listKeys: 11, keys: 12, sign: 13 } as const;

/** Splits one side's bytes into messages, each with its head. Rejects if one is too large or cut off at the end. */
export async function* agentMessages(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    while (held.length >= headSize) {
      const size = held.readUInt32BE(0);
      if (size === 0 || size > largestMessage) throw new Error('not an SSH agent message');
      if (held.length < headSize + size) break;
      yield held.subarray(0, headSize + size);
      held = held.subarray(headSize + size);
    }
  }
  if (held.length > 0) throw new Error('an SSH agent message was cut off');
  return undefined;
}

/** Whether a build may send this request: list the keys, or sign with one. It has no business adding, removing or locking keys. */
export const mayBeAsked = (message: Buffer): boolean => message[headSize] === kinds.listKeys || message[headSize] === kinds.sign;

export const listKeys = Buffer.from([0, 0, 0, 1, kinds.listKeys]);

/** An agent's answer to a request that it refuses. */
export const refusal = Buffer.from([0, 0, 0, 1, kinds.failure]);

/** How many keys the agent reports; undefined if the message does not answer that question. */
export const numberOfKeys = (answer: Buffer): number | undefined =>
  answer[headSize] === kinds.keys && answer.length >= headSize + 5 ? answer.readUInt32BE(headSize + 1) : undefined;
