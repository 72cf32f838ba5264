import { Duplex, type Readable, Transform } from 'node:stream';

// HTTP/2 frames (RFC 9113, sections 4 and 6.2) begin with nine bytes: three for the length, one for the type, one for the flags, …
const headSize = 9;
const headersType = 1;
const continuationType = 9;
const endOfHeaders = 4;
const paddedOrWithPriority = 8 | 32;
/** "PRI * HTTP/2.0…", the first thing a client sends. */
const prefaceSize = 24;

/** The largest frame HTTP/2 allows, in bytes. */
export const largestFrame = 2 ** 24 - 1;

/**
 * The same connection, with headers that come in many frames joined into one: Node's HTTP/2 gives up after eight continuation
 * frames (144 KB), and an ignore file may have five thousand lines. The reader must allow frames of `largestFrame`.
 */
export function withJoinedHeaders(socket: Duplex): Duplex {
  const joined = new Transform({ transform: joinHeaders() });
  socket.on('error', (error) => joined.destroy(error));
  socket.on('close', () => joined.destroy());
  return readingFrom(socket.pipe(joined), socket);
}

/** A connection that is read through something else. What is written in one go is passed on in one go, which `Duplex.from` does not do. */
function readingFrom(source: Readable, socket: Duplex): Duplex {
  const both = new Duplex({
    read() {
      source.resume();
    },
    write(chunk: Buffer, _, done) {
      socket.write(chunk, done);
    },
    writev(chunks, done) {
      socket.cork();
      for (const [place, { chunk }] of chunks.entries()) socket.write(chunk, place === chunks.length - 1 ? done : undefined);
      socket.uncork();
    },
    final(done) {
      socket.end(done);
    },
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });
  source.on('data', (chunk) => both.push(chunk) || source.pause());
  source.on('end', () => both.push(null));
  source.on('error', (error) => both.destroy(error));
  // what has come to its end may still wait to be read
  source.on('close', () => source.readableEnded || both.destroy());
  return both;
}

type Frame = { head: Buffer; parts: Buffer[]; size: number };

function joinHeaders() {
  let rest: Buffer = Buffer.alloc(0);
  let passing = prefaceSize;
  let open: Frame | undefined;

  return function transform(this: Transform, chunk: Buffer, _: BufferEncoding, done: (error?: Error) => void): void {
    let bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    for (;;) {
      const passed = Math.min(passing, bytes.length);
      if (passed > 0) this.push(bytes.subarray(0, passed));
      passing -= passed;
      bytes = bytes.subarray(passed);
      if (bytes.length < headSize) break;
      const size = bytes.readUIntBE(0, 3);
      const [type, flags] = [bytes[3], bytes[4] ?? 0];
      const begins = type === headersType && (flags & (endOfHeaders | paddedOrWithPriority)) === 0;
      if (!begins && !(open && type === continuationType)) {
        passing = headSize + size;
        continue;
      }
      if (bytes.length < headSize + size) break;
      open ??= { head: Buffer.from(bytes.subarray(0, headSize)), parts: [], size: 0 };
      open.parts.push(Buffer.from(bytes.subarray(headSize, headSize + size)));
      open.size += size;
      if (open.size > largestFrame) {
        done(new Error('a header list of more than 16 MB'));
        return;
      }
      bytes = bytes.subarray(headSize + size);
      if ((flags & endOfHeaders) === 0) continue;
      this.push(whole(open));
      open = undefined;
    }
    rest = Buffer.from(bytes);
    done();
  };
}

function whole({ head, parts, size }: Frame): Buffer {
  head.writeUIntBE(size, 0, 3);
  head[4] = (head[4] ?? 0) | endOfHeaders;
  return Buffer.concat([head, ...parts]);
}
