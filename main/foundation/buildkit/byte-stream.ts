import type { ClientHttp2Stream } from 'node:http2';
import { Duplex } from 'node:stream';
import { frameHead, readFrames } from './grpc-frames.ts';
import { someBytes } from './protocols.ts';

/** Bytes in one message; BuildKit takes 16 MB at most. */
const largestPart = 512 * 1024;

/** A connection inside a call whose messages are bytes both ways. */
export function byteStream(call: ClientHttp2Stream): Duplex {
  const stream = new Duplex({
    read() {
      call.resume();
    },
    write(chunk: Buffer, _, done) {
      let isOpen = true;
      for (let start = 0; start < chunk.length; start += largestPart) {
        const body = someBytes.encode({ data: chunk.subarray(start, start + largestPart) });
        call.write(frameHead(body));
        isOpen = call.write(body);
      }
      if (isOpen || call.destroyed) done(call.destroyed ? new Error('the builder went away') : undefined);
      else call.once('drain', () => done());
    },
    final(done) {
      call.end(done);
    },
    destroy(error, done) {
      call.close();
      done(error);
    },
  });
  call.on('close', () => stream.destroy());
  void passOn(call, stream);
  return stream;
}

async function passOn(call: ClientHttp2Stream, stream: Duplex): Promise<void> {
  try {
    for await (const frame of readFrames(call as AsyncIterable<Buffer>)) if (!stream.push(someBytes.decode(frame).data)) call.pause();
    stream.push(null);
  } catch (error) {
    stream.destroy(error as Error);
  }
}
