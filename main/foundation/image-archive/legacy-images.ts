import * as z from 'zod';
import { digestOf } from '../formats/digest.ts';
import { mediaTypes } from '../formats/manifest.ts';
import { readAsGo } from '../formats/read-as-go.ts';
import { damaged, excessive } from '../formats/refused-archive.ts';
import type { ArchiveIndex } from './archive-index.ts';
import { type FileName, readFileName } from './file-name.ts';
import { findMember } from './find-member.ts';
import type { FoundImage, FoundImages, FoundLayer } from './found-image.ts';
import type { Notes } from './notes.ts';
import { missing, readText, textOf } from './refuse-json.ts';

// Docker before 1.10 stored each step as an image of its own: a folder with a description, which names its parent, and one layer.
// From that, the format that engines have used since is made the way docker load does it (moby's image/v1 and image/tarexport).

const Repositories = z.record(z.string(), z.record(z.string(), z.string()));
const Step = z.object({
  parent: z.string().optional(),
  created: z.string().optional(),
  author: z.string().optional(),
  comment: z.string().optional(),
  container_config: z.object({ Cmd: z.array(z.string()).default([]) }).default({ Cmd: [] }),
});

/** The digest of the unpacked bytes of the entry whose body begins there; undefined if unknown. */
export type DiffIdAt = (offset: number) => string | undefined;

/** The most steps of one image (engines bear 127), and of all images of a file, many of which may begin with the same ones. */
const mostSteps = 1000;
const mostAllSteps = 50_000;

export const isLegacyLayer = (name: string): boolean => /^(?:\.?\/)*[0-9a-f]{64}\/layer\.tar$/.test(name);

/** Whether the tarball holds images in that format; newer ones come with a second list, which takes precedence. */
export const isLegacy = ({ members }: ArchiveIndex): boolean =>
  members.has('repositories') && !members.has('manifest.json') && !members.has('index.json') && [...members.keys()].some(isLegacyLayer);

/** The images of a tarball in that format, described like those of newer ones. */
export function findLegacyImages(index: ArchiveIndex, diffIdAt: DiffIdAt, notes: Notes): FoundImages {
  const names = namesById(index, notes);
  const steps = [...index.members.keys()].flatMap((name) => /^([0-9a-f]{64})\/json$/.exec(name)?.[1] ?? []);
  const parents = new Set(steps.map((id) => readStep(index, id).step.parent));
  // a step that is nobody's parent is an image even without a name
  const tops = [...new Set([...names.keys(), ...steps.filter((id) => !parents.has(id))])];
  const images: FoundImage[] = [];
  let all = 0;
  for (const id of tops) {
    const image = makeImage(index, diffIdAt, id, names.get(id) ?? []);
    all += image.layers.length;
    if (all > mostAllSteps) throw excessive(`there are more than ${mostAllSteps.toLocaleString('en')} steps of images`);
    images.push(image);
  }
  return { format: 'docker', images, topEntries: [], notes: notes.sentences };
}

function namesById(index: ArchiveIndex, notes: Notes): Map<string, FileName[]> {
  const { text } = textOf(index, 'repositories');
  const repositories = readText('repositories', text, (json) => Repositories.parse(readAsGo(json)));
  const names = new Map<string, FileName[]>();
  for (const [repository, tags] of Object.entries(repositories)) {
    for (const [tag, id] of Object.entries(tags)) {
      const name = readFileName(`${repository}:${tag}`);
      if (!name) notes.noName(`${repository}:${tag}`);
      names.set(id, [...(names.get(id) ?? []), ...(name ? [name] : [])]);
    }
  }
  return names;
}

function readStep(index: ArchiveIndex, id: string): { step: z.infer<typeof Step>; text: string } {
  const name = `${id}/json`;
  const { text } = textOf(index, name);
  return { step: readText(name, text, (json) => Step.parse(readAsGo(json))), text: text.toString('utf8') };
}

function makeImage(index: ArchiveIndex, diffIdAt: DiffIdAt, top: string, names: FileName[]): FoundImage {
  const ids: string[] = [];
  for (let id: string | undefined = top; id !== undefined; id = readStep(index, id).step.parent || undefined) {
    if (ids.includes(id) || ids.length > mostSteps) throw damaged('the steps of an image form a loop or never end');
    ids.unshift(id);
  }
  const layers = ids.map((id) => findLayer(index, diffIdAt, `${id}/layer.tar`));
  const text = Buffer.from(asGoWrites(configurationOf(index, ids, layers)));
  const digest = digestOf(text);
  const config = { name: `${digest.slice('sha256:'.length)}.json`, digest, text, offset: 0, size: text.length, isMade: true as const };
  return { config, layers, indexes: [], names, docker: {} };
}

function findLayer(index: ArchiveIndex, diffIdAt: DiffIdAt, name: string): FoundLayer {
  const member = findMember(index, name);
  if (!member) throw missing(name);
  const { offset, size, packing } = member;
  const diffId = size === 0 ? digestOf('') : diffIdAt(offset);
  if (!diffId) throw damaged(`the layer “${name.slice(0, 12)}…” can’t be read`);
  return { name, offset, size, packing, diffId, mediaType: packing === 'gzip' ? mediaTypes.packedLayer : mediaTypes.layer };
}

/** Members that only the old format has. */
const oldMembers = new Set(['id', 'parent', 'parent_id', 'Size', 'layer_id', 'throwaway']);

function configurationOf(index: ArchiveIndex, ids: string[], layers: FoundLayer[]): Record<string, unknown> {
  const own = JSON.parse(readStep(index, ids.at(-1) ?? '').text) as Record<string, unknown>;
  const history = ids.map((id) => {
    const { created, author, comment, container_config } = readStep(index, id).step;
    const created_by = container_config.Cmd.join(' ');
    return { created, ...(author && { author }), ...(created_by && { created_by }), ...(comment && { comment }) };
  });
  const kept = Object.entries(own).filter(([key]) => !oldMembers.has(key));
  const members = { ...Object.fromEntries(kept), rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) }, history };
  // in docker's order, so that an image has the digest that docker load gives it; descriptions by docker before 1.8.3
  // are rewritten entirely by load, with members of its own: that digest differs while the layers are the same
  return Object.fromEntries(Object.entries(members).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const asGoWrites = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
