import type { ImageFacts } from '../../../../contract/compare.ts';
import type { FilesLayer } from '../../../../contract/layer-files.ts';
import { type ImageInspect, inspectImage } from '../../../foundation/engine/answers/image-answers.ts';
import { versionedPath } from '../../../foundation/engine/api-version.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { shortDigest } from '../../../foundation/formats/digest.ts';
import { settingsOf, shownInstruction, timeOf } from '../../../foundation/formats/image-settings.ts';
import { readInThread } from '../reading/read-in-thread.ts';
import { type FilesOrigin, layersOfTask, type OnEngine, onlyOf } from './files-origin.ts';

/** A step of an image, with the layer that it made, if it is known which one that is. */
type Step = { instruction: string; size: number; createdAt: number; diffId?: string };

/** What else is known of it: its steps, the newest first, and its bytes, of which some are packed if the engine keeps both. */
export type EngineImage = { steps: Step[]; listed?: { size: number; packed?: number } | undefined };

/** An engine and its place. */
export type EngineAt = Pick<OnEngine, 'engine' | 'place'>;

/**
 * An image of an engine. Engines hand out whole images only: their layers are read from one save, of which those that are known by
 * their names are let pass unread. Nothing is made on the engine for it, as a container would be for reading a single file.
 */
export async function engineOrigin(at: EngineAt, image: string, known: EngineImage): Promise<FilesOrigin> {
  const inspected = await inspectImage(at.engine(), image);
  const { RootFS, Size, RepoTags } = inspected;
  const made = known.steps.flatMap(({ diffId, ...step }) => (diffId ? [[diffId, step] as const] : []));
  const instructions = new Map(made.map(([diffId, { instruction }]) => [diffId, instruction]));
  const layers = RootFS.Layers.map((diffId): FilesLayer => {
    const instruction = instructions.get(diffId);
    return { diffId, ...(instruction && { instruction }) };
  });
  const sizes = new Map(made.map(([diffId, { size }]) => [diffId, size]));
  return {
    name: RepoTags[0] ?? shortDigest(image),
    layers,
    facts: factsOf(inspected, known),
    onEngine: { ...at, image, diffIds: RootFS.Layers, bytes: Size, sizes },
    toRead: () => ({ bytes: Size, isDownload: false }),
    read: readingOf(at.engine, [image], RootFS.Layers),
  };
}

/** Two images of one engine, read from one save, in which a layer that both have comes once; undefined if they are not of one engine. */
export function bothOfEngine(
  { onEngine: one }: FilesOrigin,
  { onEngine: other }: FilesOrigin,
): Pick<FilesOrigin, 'toRead' | 'read'> | undefined {
  if (!one || !other || one.place !== other.place) return undefined;
  const own = other.diffIds.filter((diffId) => !one.diffIds.includes(diffId)).map((diffId) => other.sizes.get(diffId));
  const more = own.every((size) => size !== undefined) ? own.reduce((sum, size) => sum + size, 0) : other.bytes;
  return {
    toRead: () => ({ bytes: one.bytes + more, isDownload: false }),
    read: readingOf(one.engine, [one.image, other.image], [...new Set([...one.diffIds, ...other.diffIds])]),
  };
}

function readingOf(engine: () => Engine, images: string[], diffIds: string[]): FilesOrigin['read'] {
  return async (task, { names: learnt, ...hooks }, signal) => {
    const names = new Map([...usualNames(diffIds), ...learnt]);
    const { address, spokenVersion } = engine();
    const query = images.map((image) => `names=${encodeURIComponent(image)}`).join('&');
    const request = versionedPath(spokenVersion, `/images/get?${query}`);
    const known = new Set(names.values());
    // files of layers that nobody can tell by their names are looked for one layer after another
    const isKnown = task.kind === 'index' || layersOfTask(task).every((diffId) => known.has(diffId));
    const tasks = isKnown ? [task] : layersOfTask(task).map((diffId) => onlyOf(task, diffId));
    for (const one of tasks)
      await readInThread({ order: { place: { kind: 'engine', address, request }, task: one, names }, ...hooks }, signal);
  };
}

function factsOf(inspected: ImageInspect, { steps, listed }: EngineImage): ImageFacts {
  const { Id, RepoDigests, Os, Architecture, Variant, Created, Config } = inspected;
  return {
    ids: [Id, ...RepoDigests.flatMap((name) => name.split('@')[1] ?? [])],
    platform: [Os, Architecture, Variant].filter(Boolean).join('/'),
    createdAt: timeOf(Created),
    settings: settingsOf(Config),
    history: steps.map(({ instruction, size, createdAt }) => ({ instruction: shownInstruction(instruction), size, createdAt })).reverse(),
    sizes: listed ? { ...(listed.packed !== undefined && { packed: listed.packed }), unpacked: listed.size - (listed.packed ?? 0) } : {},
  };
}

/** What Docker since 25 and Podman call a layer that they send unpacked. Whoever calls another one so is found out by its digest. */
const usualNames = (diffIds: string[]): [name: string, diffId: string][] =>
  diffIds.flatMap((diffId) => {
    const digits = diffId.replace(/^sha256:/, '');
    return [
      [`blobs/sha256/${digits}`, diffId],
      [`${digits}.tar`, diffId],
    ];
  });
