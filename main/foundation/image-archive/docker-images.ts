import * as z from 'zod';
import { mediaTypes, parseConfiguration } from '../formats/manifest.ts';
import { readAsGo } from '../formats/read-as-go.ts';
import { damaged } from '../formats/refused-archive.ts';
import type { ArchiveIndex, IndexedMember } from './archive-index.ts';
import { cleanName } from './clean-name.ts';
import { readFileName } from './file-name.ts';
import { findMember } from './find-member.ts';
import type { FoundImage, FoundLayer } from './found-image.ts';
import type { Notes } from './notes.ts';
import { layerWithHoles } from './refuse-holes.ts';
import { digestOfText, missing, readText, textOf } from './refuse-json.ts';
import { suitcaseNoteName } from './suitcase-note.ts';

const Entry = z.object({
  Config: z.string().min(1),
  RepoTags: z.array(z.string()).max(10_000).default([]),
  Layers: z.array(z.string()).max(10_000).default([]),
  Parent: z.string().optional(),
  LayerSources: z.record(z.string(), z.unknown()).optional(),
});
const Manifest = z.array(Entry).max(10_000);

const packedLayers: Partial<Record<IndexedMember['packing'], string>> = {
  gzip: mediaTypes.packedLayer,
  zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
};

/** The images that `manifest.json` names, as `docker save`, podman and others write it. */
export function findDockerImages(index: ArchiveIndex, notes: Notes): FoundImage[] {
  const { text } = textOf(index, 'manifest.json');
  const entries = readText('manifest.json', text, (json) => Manifest.parse(readAsGo(json)));
  return entries.map(({ Config, RepoTags, Layers, Parent, LayerSources }) => {
    const names = RepoTags.map((written) => ({ written, name: readFileName(written) }));
    for (const { written, name } of names) if (!name) notes.noName(written);
    return {
      ...findParts(index, Config, Layers),
      indexes: [],
      names: names.flatMap(({ name }) => (name ? [name] : [])),
      docker: { ...(Parent && { Parent }), ...(LayerSources && { LayerSources }) },
    };
  });
}

function findParts(index: ArchiveIndex, config: string, names: string[]): Pick<FoundImage, 'config' | 'layers'> {
  const { text, offset, size } = textOf(index, config);
  const digest = digestOfText(text);
  checkName(config, digest);
  const diffIds = readText(config, text, parseConfiguration).rootfs.diff_ids;
  if (diffIds.length !== names.length) throw damaged('an image doesn’t have as many layers as its configuration says');
  const layers = names.map((name, at) => findLayer(index, name, diffIds[at] ?? ''));
  const absent = layers.find(({ isAbsent }) => isAbsent);
  // some layers may be left out for those who have them; a file without a single one is of no use, unless it was packed for somebody
  const isPackedForSomebody = index.members.has(suitcaseNoteName);
  if (absent && !isPackedForSomebody && layers.every(({ isAbsent }) => isAbsent)) throw missing(absent.name);
  return { config: { name: config, digest, text, offset, size }, layers };
}

function findLayer(index: ArchiveIndex, name: string, diffId: string): FoundLayer {
  const member = findMember(index, name);
  if (!member) return absentLayer(index, name, diffId);
  if (member.isSparse) throw layerWithHoles;
  const { offset, size, packing } = member;
  const hex = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(name)?.[1];
  const mediaType = packedLayers[packing] ?? mediaTypes.layer;
  return { name: placeOf(index, name, member), offset, size, packing, diffId, mediaType, ...(hex && { digest: `sha256:${hex}` }) };
}

/** A layer that was left out because the engine may have it. */
function absentLayer(index: ArchiveIndex, name: string, diffId: string): FoundLayer {
  const place = cleanName(name);
  if (place === undefined || place === '' || index.members.has(place)) throw missing(name);
  return { name, offset: 0, size: 0, packing: 'none', diffId, mediaType: mediaTypes.layer, isAbsent: true };
}

// links are followed here: docker cannot make a hard link to what comes later, and its newer store finds none whose name begins with ./
function placeOf(index: ArchiveIndex, name: string, target: IndexedMember): string {
  const place = cleanName(name) ?? '';
  return index.members.get(place) === target ? name : (cleanName(target.name) ?? name);
}

/** Refuses a description whose name contains a digest other than its own. */
function checkName(name: string, digest: string): void {
  const told = /(?:^|[/:])([0-9a-f]{64})(?:\.json)?$/.exec(name)?.[1];
  if (told && digest !== `sha256:${told}`) throw damaged('the description of an image was changed: its digest is different');
}
