import { damaged } from '../formats/refused-archive.ts';
import { readStatus, type StatusResponse } from './protocols.ts';

/** The most bytes of one message; BuildKit sends none that is longer. */
const largestMessage = 16 * 1024 * 1024;
const headSize = 4;

/** What a build told, as BuildKit keeps it: each message behind its length, in four bytes (moby/buildkit, solver/llbsolver/history.go). */
export async function* readStatusLog(bytes: AsyncIterable<Buffer>): AsyncGenerator<StatusResponse> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    while (held.length >= headSize) {
      const size = held.readUInt32LE(0);
      if (size > largestMessage) throw unreadable();
      if (held.length < headSize + size) break;
      yield read(held.subarray(headSize, headSize + size));
      held = held.subarray(headSize + size);
    }
  }
  if (held.length > 0) throw unreadable();
}

function read(message: Buffer): StatusResponse {
  try {
    return readStatus(message);
  } catch {
    throw unreadable();
  }
}

const unreadable = () => damaged('the log of a build isn’t in the expected format');
