import * as z from 'zod';
import type { Packing } from '../../../contract/archive.ts';
import { mediaTypes, parseConfiguration } from '../manifest.ts';
import { damaged } from '../refused-archive.ts';
import type { ArchiveIndex } from './archive-index.ts';
import { familiarName } from './familiar-name.ts';
import { findMember } from './find-member.ts';
import type { FoundImage, FoundLayer } from './found-image.ts';
import { digestOfText, missing, readText, textOf } from './refuse-json.ts';

const Manifest = z
  .array(
    z.object({
      Config: z.string().min(1),
      RepoTags: z.array(z.string()).max(10_000).nullish(),
      Layers: z.array(z.string()).max(10_000).nullish(),
    }),
  )
  .max(10_000);

const packedLayers: Partial<Record<Packing, string>> = {
  gzip: mediaTypes.packedLayer,
  zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
};

/** The images that `manifest.json` names, as `docker save`, podman and others write it. */
export function findDockerImages(index: ArchiveIndex): FoundImage[] {
  const { text } = textOf(index, 'manifest.json');
  const entries = readText('manifest.json', text, (json) => Manifest.parse(JSON.parse(json)));
  return entries.map(({ Config, RepoTags, Layers }) => ({
    ...findParts(index, Config, Layers ?? []),
    indexes: [],
    references: (RepoTags ?? []).map(familiarName).filter((name) => name !== undefined),
  }));
}

function findParts(index: ArchiveIndex, config: string, names: string[]): Pick<FoundImage, 'config' | 'layers'> {
  const { text, offset, size } = textOf(index, config);
  const digest = digestOfText(text);
  checkName(config, digest);
  const diffIds = readText(config, text, parseConfiguration).rootfs.diff_ids;
  if (diffIds.length !== names.length) throw damaged('an image has another number of layers than its configuration says');
  return { config: { digest, text, offset, size }, layers: names.map((name, at) => findLayer(index, name, diffIds[at] ?? '')) };
}

function findLayer(index: ArchiveIndex, name: string, diffId: string): FoundLayer {
  const member = findMember(index, name);
  if (!member) throw missing(name);
  if (member.isSparse) throw damaged('a layer is stored with holes, as no tool for images does');
  const { offset, size, packing } = member;
  const hex = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(name)?.[1];
  return { offset, size, packing, diffId, mediaType: packedLayers[packing] ?? mediaTypes.layer, ...(hex && { digest: `sha256:${hex}` }) };
}

/** Refuses a description whose name holds another digest than its own. */
export function checkName(name: string, digest: string): void {
  const told = /(?:^|[/:])([0-9a-f]{64})(?:\.json)?$/.exec(name)?.[1];
  if (told && digest !== `sha256:${told}`) throw damaged('the description of an image was changed: its digest is another one');
}
