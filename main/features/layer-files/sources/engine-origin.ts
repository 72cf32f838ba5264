import type { ImageFacts } from '../../../../contract/compare.ts';
import type { FilesLayer } from '../../../../contract/layer-files.ts';
import { type ImageInspect, inspectImage } from '../../../foundation/engine/answers/image-answers.ts';
import { versionedPath } from '../../../foundation/engine/api-version.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { shortDigest } from '../../../foundation/formats/digest.ts';
import { settingsOf, shownInstruction, timeOf } from '../../../foundation/formats/image-settings.ts';
import { readInThread } from '../reading/read-in-thread.ts';
import { type FilesOrigin, layersOfTask, onlyOf } from './files-origin.ts';

/** A step of an image, with the layer that it made, if it is known which one that is. */
type Step = { instruction: string; size: number; createdAt: number; diffId?: string };

/** What else is known of it: its steps, the newest first, and its bytes, of which some are packed if the engine keeps both. */
export type EngineImage = { steps: Step[]; listed?: { size: number; packed?: number } | undefined };

/**
 * An image of an engine. Engines hand out whole images only: their layers are read from one save, of which those that are known by
 * their names are let pass unread. Nothing is made on the engine for it, as a container would be for reading a single file.
 */
export async function engineOrigin(engine: () => Engine, image: string, known: EngineImage): Promise<FilesOrigin> {
  const inspected = await inspectImage(engine(), image);
  const { RootFS, Size, RepoTags } = inspected;
  const made = new Map(known.steps.flatMap(({ diffId, instruction }) => (diffId ? [[diffId, instruction] as const] : [])));
  const layers = RootFS.Layers.map((diffId): FilesLayer => {
    const instruction = made.get(diffId);
    return { diffId, ...(instruction && { instruction }) };
  });
  return {
    name: RepoTags[0] ?? shortDigest(image),
    layers,
    facts: factsOf(inspected, known),
    toRead: () => ({ bytes: Size, isDownload: false }),
    read: async (task, { names: learnt, ...hooks }, signal) => {
      const names = new Map([...usualNames(RootFS.Layers), ...learnt]);
      const { address, spokenVersion } = engine();
      const request = versionedPath(spokenVersion, `/images/get?names=${encodeURIComponent(image)}`);
      const known = new Set(names.values());
      // files of layers that nobody can tell by their names are looked for one layer after another
      const isKnown = task.kind === 'index' || layersOfTask(task).every((diffId) => known.has(diffId));
      const tasks = isKnown ? [task] : layersOfTask(task).map((diffId) => onlyOf(task, diffId));
      for (const one of tasks)
        await readInThread({ order: { place: { kind: 'engine', address, request }, task: one, names }, ...hooks }, signal);
    },
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
