import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

const base: Step[] = [
  ['ADD rootfs.tar.gz /', 7_800_000],
  ['RUN apk add --no-cache nodejs', 51_300_000],
  ['COPY package.json package-lock.json /app/', 212_000],
  ['RUN npm ci --omit=dev', 38_400_000],
];

type Step = [instruction: string, bytes: number];

/** A tarball as a colleague would send it: two images of some weeks ago that have most of their layers in common. */
export async function writeBackup(path: string): Promise<void> {
  const files: Record<string, string | Buffer> = {};
  const shared = await Promise.all(base.map(makeLayer));
  const image = async (references: string[], steps: Step[], daysAgo: number) => {
    const layers = [...shared, ...(await Promise.all(steps.map(makeLayer)))];
    const names = layers.map((layer) => `${hex(layer)}/layer.tar`);
    for (const [index, name] of names.entries()) files[name] = layers[index] ?? '';
    const created = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
    const history = [...base, ...steps].map(([instruction]) => ({ created, created_by: instruction }));
    const rootfs = { type: 'layers', diff_ids: layers.map((layer) => `sha256:${hex(layer)}`) };
    const config = JSON.stringify({ architecture: 'amd64', os: 'linux', created, config: { Cmd: ['node', '/app'] }, rootfs, history });
    files[`${hex(config)}.json`] = config;
    return { Config: `${hex(config)}.json`, RepoTags: references, Layers: names };
  };
  const manifest = [
    await image(['my-team/storefront:latest', 'my-team/storefront:2.3.0'], [['COPY . /app', 4_200_000]], 16),
    await image(['my-team/storefront-worker:2.3.0'], [['COPY worker /app', 900_000]], 16),
  ];
  writeFileSync(path, await tarOf({ ...files, 'manifest.json': JSON.stringify(manifest) }));
}

const makeLayer = ([, bytes]: Step): Promise<Buffer> => tarOf({ content: randomBytes(bytes) });

function tarOf(files: Record<string, string | Buffer>): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content);
  tar.finalize();
  return buffer(tar);
}

const hex = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
