import { posix } from 'node:path';
import { Readable } from 'node:stream';
import * as z from 'zod';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { requestStream } from '../../foundation/engine/request.ts';
import { toFailure } from '../../foundation/failures/failure.ts';
import { checkWhole } from '../../foundation/formats/tar/check-whole.ts';
import { TarCutter } from '../../foundation/formats/tar/tar-cutter.ts';
import { fileIsGone, notAFile } from './trial-failures.ts';

/** What an engine says of a path, with the bits of Go's FileMode. */
const PathStat = z.object({ mode: z.number() });
const bits = { folder: 2 ** 31, link: 2 ** 27 };

/** Something in a container that can be saved: a file as it is, or a folder as a tarball of all in it. */
export type Changed = { suggestedName: string; open(signal: AbortSignal): Promise<Readable> };

/** Looks at a path in a container. Rejects if nothing is there any longer, or if it is neither a file nor a folder. */
export async function lookAtChanged(engine: Engine, container: string, path: string): Promise<Changed> {
  const mode = await modeOf(engine, container, path);
  const name = plainName(path);
  const archive = (signal: AbortSignal) =>
    requestStream(engine.docker, { method: 'GET', path: `/containers/${container}/archive`, query: { path }, signal });
  if (has(mode, bits.folder)) {
    return { suggestedName: `${name}.tar`, open: async (signal) => Readable.from(checkWhole(await archive(signal))) };
  }
  if (has(mode, bits.link)) throw notAFile(path);
  return { suggestedName: name, open: async (signal) => Readable.from(onlyFile(await archive(signal), path)) };
}

// the highest bit makes a negative number of it
const has = (mode: number, bit: number): boolean => Math.floor(mode / bit) % 2 === 1;

async function modeOf(engine: Engine, container: string, path: string): Promise<number> {
  try {
    const { headers } = (await engine.docker.getContainer(container).infoArchive({ path })) as {
      headers: Record<string, string | undefined>;
    };
    const said: unknown = JSON.parse(Buffer.from(headers['x-docker-container-path-stat'] ?? '', 'base64').toString());
    return PathStat.parse(said).mode;
  } catch (error) {
    throw toFailure(error).kind === 'not-found' || (error as { statusCode?: number }).statusCode === 404 ? fileIsGone(path) : error;
  }
}

/** The bytes of the one file in a tarball. */
async function* onlyFile(tarball: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  const cutter = new TarCutter();
  let isFile = false;
  for await (const chunk of tarball) {
    for (const piece of cutter.cut(chunk)) {
      if (piece.kind === 'head') {
        // a device, or a second file: nothing that was asked for
        if (piece.member.kind !== 'file' || isFile) throw notAFile(path);
        isFile = true;
      } else if (piece.kind === 'body') yield Buffer.from(piece.bytes);
    }
  }
  if (!isFile || !cutter.ended) throw fileIsGone(path);
}

/** A name for the dialog; the person decides. */
const plainName = (path: string): string =>
  posix
    .basename(path)
    .replace(/[\p{Cc}/\\:*?"<>|]/gu, '_')
    .slice(0, 200) || 'files';
