import { parseReference } from '../../contract/reference.ts';

const accepted = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
];

type Manifest = { layers?: { digest: string; size: number }[]; manifests?: { digest: string; platform?: { os: string } }[] };

/** The layers that a registry on this computer has under a name, as it says itself: packed, the lowest first. */
export async function pushedLayers(reference: string): Promise<{ digest: string; size: number }[]> {
  const { registry, repository, tag } = parseReference(reference);
  const get = async (what: string): Promise<Manifest> => {
    const answer = await fetch(`http://${registry}/v2/${repository}/manifests/${what}`, { headers: { accept: accepted.join(', ') } });
    return (await answer.json()) as Manifest;
  };
  const manifest = await get(tag ?? 'latest');
  // what BuildKit attests stands in an index beside the image
  const image = manifest.manifests?.find(({ platform }) => platform?.os !== 'unknown');
  return (image ? await get(image.digest) : manifest).layers ?? [];
}

/** The bytes of all of them. */
export const pushedBytes = async (reference: string): Promise<number> =>
  (await pushedLayers(reference)).reduce((sum, { size }) => sum + size, 0);
