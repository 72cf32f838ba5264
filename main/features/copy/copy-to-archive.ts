import { Readable, type Transform } from 'node:stream';
import { writeSteadily } from '../../foundation/files/write-steadily.ts';
import { mediaTypes } from '../../foundation/formats/manifest.ts';
import { tarEnd, tarHeader, tarPadding } from '../../foundation/formats/tar/tar-header.ts';
import { readFileName, wholeName } from '../../foundation/image-archive/file-name.ts';
import { suitcaseNote, suitcaseNoteName } from '../../foundation/image-archive/suitcase-note.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { CopyProgress } from './copy-progress.ts';
import type { ImageContent } from './image-content.ts';
import type { LeftOut } from './left-out.ts';
import { readWholeBlob } from './read-whole-blob.ts';

/**
 * Writes content as a tarball that every engine can load: in OCI's layout, plus the list that docker has read since 1.10; if layers
 * are left out, as another computer has them, with that list alone, as a layout has to be whole. Every blob is checked against its
 * digest on the way. Resolves once everything is on disk.
 */
export async function copyToArchive(
  content: ImageContent,
  names: string[],
  { path, packers, leftOut }: { path: string; packers: Transform[]; leftOut?: LeftOut | undefined },
  context: OperationContext,
) {
  const progress = new CopyProgress(content.blobs, 'downloading', context.report);
  const source = Readable.from(archiveBytes(content, names, { progress, leftOut }, context), {
    objectMode: false,
    highWaterMark: 1024 * 1024,
  });
  await writeSteadily(path, [source, ...packers], { signal: context.signal });
  return progress.summary();
}

type Writing = { progress: CopyProgress; leftOut: LeftOut | undefined };

async function* archiveBytes(content: ImageContent, names: string[], { progress, leftOut }: Writing, { signal, log }: OperationContext) {
  if (!leftOut) yield* textEntry('oci-layout', JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  for (const blob of content.blobs) {
    const { digest, size } = blob;
    if (leftOut?.digests.has(digest)) {
      progress.ended(digest, 'there-already');
      log(`${digest}: left out`);
      continue;
    }
    yield tarHeader({ name: pathOf(digest), kind: 'file', mode: 0o644, size, modified: 0 });
    const onWait = (seconds: number) => progress.waiting(digest, seconds);
    yield* readWholeBlob(blob, { signal, onWait, onBytes: (done) => progress.moved(digest, done) });
    yield tarPadding(size);
    progress.ended(digest, 'done');
    log(`${digest}: ${size} bytes`);
  }
  if (leftOut) yield* textEntry(suitcaseNoteName, suitcaseNote(leftOut.note));
  else {
    for (const { digest, bytes } of content.manifests) yield* textEntry(pathOf(digest), bytes);
    yield* textEntry('index.json', JSON.stringify(indexOf(content, names)));
  }
  yield* textEntry('manifest.json', JSON.stringify(dockerListOf(content, names)));
  yield tarEnd();
}

function* textEntry(name: string, text: string | Buffer) {
  const bytes = Buffer.from(text);
  yield tarHeader({ name, kind: 'file', mode: 0o644, size: bytes.length, modified: 0 });
  yield bytes;
  yield tarPadding(bytes.length);
}

const pathOf = (digest: string): string => `blobs/${digest.replace(':', '/')}`;

/** The index of OCI's image layout; containerd and docker take names from the annotations. */
function indexOf({ root }: ImageContent, names: string[]) {
  const { digest, mediaType, bytes } = root;
  const descriptor = { mediaType, digest, size: bytes.length };
  // full names, as docker's newer store keeps a name literally and cannot find it by a short form
  const named = names.map((name) => {
    const read = readFileName(name);
    const whole = read ? wholeName(read, 'Docker') : name;
    return {
      ...descriptor,
      annotations: { 'io.containerd.image.name': whole, 'org.opencontainers.image.ref.name': whole.slice(whole.lastIndexOf(':') + 1) },
    };
  });
  return { schemaVersion: 2, mediaType: mediaTypes.index, manifests: named.length > 0 ? named : [descriptor] };
}

/** The list for docker versions without OCI support, which also accept packed layers. Only one image can have a name there. */
const dockerListOf = ({ images }: ImageContent, names: string[]) =>
  images.slice(0, 1).map(({ config, layers }) => ({ Config: pathOf(config), RepoTags: names, Layers: layers.map(pathOf) }));
