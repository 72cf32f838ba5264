import { createHash } from 'node:crypto';

/** An image's type, and that of a list of such images: docker's own, and OCI's, which the containerd store uses. */
const docker = {
  image: 'application/vnd.docker.distribution.manifest.v2+json',
  list: 'application/vnd.docker.distribution.manifest.list.v2+json',
};
const oci = { image: 'application/vnd.oci.image.manifest.v1+json', list: 'application/vnd.oci.image.index.v1+json' };

type Descriptor = { mediaType: string; digest: string; size: number };
type Manifest = { mediaType?: string; config: Descriptor; layers: Descriptor[] };

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** Makes a list under another tag from the image under one: the image as it is, and the same layers for further platforms. */
export async function putIndex(
  address: string,
  repository: string,
  { from, to }: { from: string; to: string },
  further: string[],
): Promise<void> {
  const at = `http://${address}/v2/${repository}`;
  const get = async (path: string) => (await fetch(`${at}/${path}`, { headers: { accept: `${docker.image}, ${oci.image}` } })).text();
  const text = await get(`manifests/${from}`);
  const manifest = JSON.parse(text) as Manifest;
  // OCI's may leave its own type out
  const types = manifest.mediaType === docker.image ? docker : oci;
  const configuration = JSON.parse(await get(`blobs/${manifest.config.digest}`)) as { os: string; architecture: string };
  const entry = (platform: string, body: string) => {
    const [os, architecture, variant] = platform.split('/');
    return {
      mediaType: types.image,
      digest: digestOf(body),
      size: body.length,
      platform: { os, architecture, ...(variant && { variant }) },
    };
  };
  const manifests = [entry(`${configuration.os}/${configuration.architecture}`, text)];
  for (const platform of further) {
    const [os, architecture, variant] = platform.split('/');
    const config = JSON.stringify({ ...configuration, os, architecture, variant });
    await putBlob(at, config);
    const body = JSON.stringify({ ...manifest, config: { ...manifest.config, digest: digestOf(config), size: config.length } });
    await putManifest(at, digestOf(body), body, types.image);
    manifests.push(entry(platform, body));
  }
  await putManifest(at, to, JSON.stringify({ schemaVersion: 2, mediaType: types.list, manifests }), types.list);
}

/** Puts something that is not an image under a tag: a chart, whose configuration lists no layers. */
export async function putChart(address: string, repository: string, tag: string): Promise<void> {
  const at = `http://${address}/v2/${repository}`;
  const body = JSON.stringify({ name: 'chart' });
  await putBlob(at, body);
  const about = { digest: digestOf(body), size: body.length };
  const config = { mediaType: 'application/vnd.cncf.helm.config.v1+json', ...about };
  const layer = { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', ...about };
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  await putManifest(at, tag, JSON.stringify({ schemaVersion: 2, mediaType, config, layers: [layer] }), mediaType);
}

async function putBlob(at: string, body: string): Promise<void> {
  const begun = await fetch(`${at}/blobs/uploads/`, { method: 'POST' });
  const url = new URL(begun.headers.get('location') ?? '', at);
  url.searchParams.set('digest', digestOf(body));
  await expectOk(await fetch(url, { method: 'PUT', body, headers: { 'content-type': 'application/octet-stream' } }));
}

const putManifest = async (at: string, reference: string, body: string, type: string): Promise<void> =>
  expectOk(await fetch(`${at}/manifests/${reference}`, { method: 'PUT', body, headers: { 'content-type': type } }));

async function expectOk(answer: Response): Promise<void> {
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${await answer.text()}`);
}
