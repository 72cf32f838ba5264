import type { ClientHttp2Stream } from 'node:http2';
import { Duplex } from 'node:stream';
import { frameHead, readFrames } from './grpc-frames.ts';
import { someBytes } from './protocols.ts';

/** Bytes in one message; BuildKit takes 16 MB at most. */
const largestPart = 512 * 1024;

/** A connection inside a call whose messages are bytes both ways. */
export function byteStream(call: ClientHttp2Stream): Duplex {
  const stream = new Duplex({
    writableHighWaterMark: largestPart,
    read() {
      call.resume();
    },
    write(chunk: Buffer, _, done) {
      send(call, chunk, done);
    },
    // HTTP/2 inside writes many small pieces, which need not be a message each
    writev(chunks, done) {
      send(call, Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)), done);
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

function send(call: ClientHttp2Stream, bytes: Buffer, done: (error?: Error) => void): void {
  if (call.destroyed) {
    done(new Error('the builder went away'));
    return;
  }
  let hasRoom = true;
  call.cork();
  for (let start = 0; start < bytes.length; start += largestPart) {
    const body = someBytes.encode({ data: bytes.subarray(start, start + largestPart) });
    call.write(frameHead(body.length));
    hasRoom = call.write(body);
  }
  call.uncork();
  if (hasRoom) done();
  else call.once('drain', () => done());
}

async function passOn(call: ClientHttp2Stream, stream: Duplex): Promise<void> {
  try {
    for await (const frame of readFrames(call as AsyncIterable<Buffer>)) if (!stream.push(someBytes.decode(frame).data)) call.pause();
    stream.push(null);
  } catch (error) {
    stream.destroy(error as Error);
  }
}
