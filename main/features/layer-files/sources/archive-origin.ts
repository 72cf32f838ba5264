import { basename } from 'node:path';
import { FailureError } from '../../../foundation/failures/failure.ts';
import { readImageFacts } from '../../../foundation/formats/image-settings.ts';
import { openImageArchive } from '../../../foundation/image-archive/open-image-archive.ts';
import { missing as missingInFile } from '../../../foundation/image-archive/refuse-json.ts';
import { readInThread } from '../reading/read-in-thread.ts';
import { type FilesOrigin, layersOfTask } from './files-origin.ts';

export type ArchivedChoice = {
  path: string;
  /** An index into the images that were shown. */
  image: number;
  /** The first id that was shown for it. */
  id?: string | undefined;
};

/** An image in a tarball, which is not loaded for it. */
export async function archiveOrigin({ path, image: at, id }: ArchivedChoice, signal?: AbortSignal): Promise<FilesOrigin> {
  const { images, source } = await openImageArchive(path, signal);
  const image = images[at];
  if (!image || (id !== undefined && image.config.digest !== id)) throw changed;
  const { layers, shown, references, config } = image;
  const isPacked = layers.some(({ packing }) => packing !== 'none');
  return {
    name: references[0] ?? basename(path),
    layers: layers.map(({ diffId, size }, place) => {
      const instruction = shown.layers[place]?.instruction;
      return { diffId, size, ...(instruction && { instruction }) };
    }),
    facts: {
      ...readImageFacts(config.bytes.toString('utf8')),
      ids: shown.ids,
      sizes: isPacked ? { packed: shown.size } : { unpacked: shown.size },
    },
    // what is packed is unpacked from its beginning
    toRead: (missing) =>
      source.tarball.packing === 'none'
        ? { bytes: missing.reduce((sum, place) => sum + (layers[place]?.size ?? 0), 0), isDownload: false }
        : { bytes: source.tarball.size, isDownload: false },
    read: (task, { names, ...hooks }, stop) => {
      const wanted = new Set(layersOfTask(task));
      const absent = layers.find(({ diffId, isAbsent }) => isAbsent && wanted.has(diffId));
      if (absent) throw missingInFile(absent.name);
      const parts = layers.map(({ diffId, name, offset, size, packing }) => ({ diffId, name, offset, size, packing }));
      return readInThread({ order: { place: { kind: 'archive', source, layers: parts }, task, names }, ...hooks }, stop);
    },
  };
}

const changed = new FailureError({
  kind: 'bad-archive',
  title: 'The file has changed',
  detail: 'It now holds other images than when Layerdeck looked into it.',
  hint: 'Open it again.',
});
