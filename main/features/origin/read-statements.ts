import { matchesDigest } from '../../foundation/formats/digest.ts';
import { type ImageIndex, isAttestation, parseManifest, platformWords } from '../../foundation/formats/manifest.ts';
import type { Statement } from './statements.ts';

/** Reads something by its digest, wherever the image is. Rejects if it isn't there, or is longer than `most` bytes. */
export type ReadBlob = (digest: string, most: number, kind: 'manifest' | 'blob') => Promise<Buffer>;

const mostOfManifest = 4 * 1024 * 1024;
/** What can be read at once without holding anything up; some lists of ingredients are longer. */
const mostOfStatement = 2 * 1024 * 1024;
/** How many of them are read: one per platform and kind is usual. */
const mostStatements = 4;

const predicateType = 'in-toto.io/predicate-type';
const aboutImage = 'vnd.docker.reference.digest';

/**
 * What a build attached to an image for a platform: the statements that the list with its manifest names. An image without a list has none. Rejects if something can't be read, or isn't what its digest says.
 */
export async function readStatements(read: ReadBlob, digest: string, platform: string): Promise<Statement[]> {
  const checked: ReadBlob = async (wanted, most, kind) => {
    const bytes = await read(wanted, most, kind);
    if (!matchesDigest(bytes, wanted)) throw new Error(`not what its digest says: ${wanted}`);
    return bytes;
  };
  const top = parseManifest((await checked(digest, mostOfManifest, 'manifest')).toString('utf8'));
  if (top.kind !== 'index') return [];
  const statements: Statement[] = [];
  for (const about of attestationsOf(top, platform)) {
    const manifest = parseManifest((await checked(about, mostOfManifest, 'manifest')).toString('utf8'));
    if (manifest.kind !== 'image') continue;
    for (const layer of manifest.layers) {
      const kind = kindOf(layer.annotations?.[predicateType]);
      if (!kind || statements.length === mostStatements) continue;
      if (layer.size > mostOfStatement) statements.push({ kind });
      else statements.push({ kind, text: (await checked(layer.digest, mostOfStatement, 'blob')).toString('utf8') });
    }
  }
  return statements;
}

/** What is about the image for the platform; about the only image, whatever it is for. */
function attestationsOf({ manifests }: ImageIndex, platform: string): string[] {
  const images = manifests.filter((one) => !isAttestation(one));
  const own = images.length === 1 ? images[0] : images.find((one) => one.platform && isFor(platformWords(one.platform), platform));
  return manifests.filter(({ annotations }) => own !== undefined && annotations?.[aboutImage] === own.digest).map(({ digest }) => digest);
}

// `linux/arm64` is also `linux/arm64/v8`
const isFor = (one: string, other: string): boolean => one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);

function kindOf(type: string | undefined): Statement['kind'] | undefined {
  if (type?.startsWith('https://slsa.dev/provenance/')) return 'provenance';
  return type === 'https://spdx.dev/Document' ? 'ingredients' : undefined;
}
