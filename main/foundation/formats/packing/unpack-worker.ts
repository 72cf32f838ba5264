import { workerData } from 'node:worker_threads';
import { serveParts } from '../../threads/serve-parts.ts';
import { joinPieces, type OwnBytes, ownMemory } from './joined-pieces.ts';
import type { Tarball } from './look-at-file.ts';
import { unpack } from './unpack.ts';

export type UnpackedPart = { bytes: OwnBytes; position: number };

/** Bytes sent at once: the xz library unpacks only 64 kB at a time. */
const pieceSize = 512 * 1024;

async function* parts(tarball: Tarball): AsyncGenerator<UnpackedPart> {
  let position = 0;
  const onRead = (now: number) => {
    position = now;
  };
  for await (const bytes of joinPieces(unpack(tarball, { onRead, isBrief: true }), ownMemory(pieceSize))) yield { bytes, position };
}

serveParts(parts(workerData as Tarball), ({ bytes }) => [bytes.buffer]);
