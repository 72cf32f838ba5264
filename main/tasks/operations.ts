import { basename } from 'node:path';
import { nameAt, withDefaultTag } from '../../contract/reference.ts';
import type { LocalRegistry } from '../../contract/registry.ts';
import type { Settings } from '../../contract/settings.ts';
import type { TaskKind, TaskRequest, TaskResult } from '../../contract/task.ts';
import { importRootFiles } from '../archive/import-root-files.ts';
import { loadArchive } from '../archive/load-archive.ts';
import type { PartialFiles } from '../archive/partial-files.ts';
import { saveImages } from '../archive/save-images.ts';
import { type BuildOrder, buildImage } from '../build/build-image.ts';
import { classicModesOfCommand } from '../build/find-docker-command.ts';
import { chosenDockerfile } from '../build/folder/place-dockerfile.ts';
import type { BuildHistory } from '../build/history/build-history.ts';
import type { Access } from '../distribution/open-repository.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { OperationContext } from '../engine/operation.ts';
import type { Grants } from '../files/grants.ts';
import { removeImages, untagImage } from '../images/remove-images.ts';
import { tagImage } from '../images/tag-image.ts';
import { addressOf, registryImage, startRegistry, stopRegistry } from '../registry/local-registry.ts';
import { pullImage } from '../transfer/pull-image.ts';
import { pushImages } from '../transfer/push-image.ts';
import { FilesInUse } from './files-in-use.ts';
import { prepareCopy } from './prepare-copy.ts';
import { pushAs } from './push-as.ts';
import { shortName } from './short-name.ts';

/** An operation with everything it needs but the engine, which may come and go until its turn. */
export type RunOperation = {
  title: string;
  /** Who asks for the same while it runs gets the same task. */
  sharedAs?: string;
  /** Takes a moment, and never waits behind what takes long. */
  isQuick?: true;
  run(context: OperationContext): Promise<TaskResult>;
};

export type Operations = { prepare(request: TaskRequest): RunOperation };

/** What operations are made from. */
export type Parts = {
  engine(): Engine;
  registry(): LocalRegistry;
  settings(): Settings;
  grants: Grants;
  history: BuildHistory;
  access: Access;
  partials: PartialFiles;
};

/** With what operations have in common. */
export type AllParts = Parts & { inUse: FilesInUse };

type Prepare<K extends TaskKind> = (request: Extract<TaskRequest, { kind: K }>, parts: AllParts) => RunOperation;

/** Every kind of task, its title and what it calls. To add an operation, add a line here and one in `contract/task.ts`. */
const table: { [K in TaskKind]: Prepare<K> } = {
  build: (request, { engine, settings, grants, history, access: { logins } }) => {
    const order = orderBuild(request, grants);
    return {
      title: `Build ${shortName(order.references[0] ?? '')}`,
      run: async (context) => {
        const now = engine();
        const recording = history.begin(context.id, now, order);
        const whole = { ...order, classicModes: await classicModes(settings()) };
        const builder = settings().builder === 'classic' ? 'classic' : now.builder;
        const getImage = (reference: string, pulling: OperationContext) => pullImage(now, logins, { reference }, pulling);
        return buildImage(now, builder, whole, context, { witness: recording.witness, getImage, logins });
      },
    };
  },
  pull: ({ reference, platform }, { engine, access: { logins } }) => ({
    title: `Get ${reference}`,
    // a second one would only wait for the first
    sharedAs: `pull ${withDefaultTag(reference)} ${platform ?? ''}`,
    run: (context) => pullImage(engine(), logins, { reference, platform }, context),
  }),
  push: ({ references, to }, parts) => ({
    title: references.length === 1 ? `Push ${shortName(references[0] ?? '')}` : `Push ${references.length} names`,
    run: (context) =>
      to === 'own-registry'
        ? pushImages(parts.engine(), parts.access, references, context)
        : pushToLocalRegistry(references, parts, context),
  }),
  copy: prepareCopy,
  import: ({ archive, reference, command }, { engine, grants, inUse }) => {
    const path = grants.pathOf(archive, 'read');
    const order = { path, reference, command };
    return { title: `Import ${basename(path)}`, run: (context) => inUse.during(path, () => importRootFiles(engine(), order, context)) };
  },
  save: ({ references, target, checksum = false }, { engine, grants, partials, inUse }) => {
    const path = grants.pathOf(target, 'write');
    const order = { references, target: path, checksum };
    return {
      title: `Save ${basename(path)}`,
      run: async (context) => {
        await inUse.refuse(path);
        return saveImages(engine(), order, partials, context);
      },
    };
  },
  load: ({ archive, keptBack = [] }, { engine, grants, inUse }) => {
    const path = grants.pathOf(archive, 'read');
    return { title: `Load ${basename(path)}`, run: (context) => inUse.during(path, () => loadArchive(engine(), path, keptBack, context)) };
  },
  tag: ({ image, reference }, { engine }) => ({
    title: `Add the tag ${shortName(reference)}`,
    isQuick: true,
    run: () => tagImage(engine(), image, reference),
  }),
  untag: ({ reference }, { engine }) => ({
    title: `Remove the tag ${shortName(reference)}`,
    isQuick: true,
    run: () => untagImage(engine(), reference),
  }),
  remove: ({ images }, { engine }) => ({
    title: images.length === 1 ? 'Remove an image' : `Remove ${images.length} images`,
    isQuick: true,
    run: (context) => removeImages(engine(), images, context),
  }),
  'start-registry': (_, { engine, access: { logins } }) => ({
    title: 'Start the registry on this computer',
    isQuick: true,
    run: (context) => startRegistry(engine(), context, () => pullImage(engine(), logins, { reference: registryImage }, context)),
  }),
  'stop-registry': (_, { engine }) => ({
    title: 'Stop the registry on this computer',
    isQuick: true,
    run: () => stopRegistry(engine()),
  }),
};

export function makeOperations(parts: Parts): Operations {
  const all: AllParts = { ...parts, inUse: new FilesInUse() };
  return { prepare: (request) => (table[request.kind] as Prepare<TaskKind>)(request, all) };
}

/** The request with what its grants stand for. */
function orderBuild(
  { kind: _, folder: granted, secrets = [], dockerfile, dockerfileFrom, ...inputs }: Extract<TaskRequest, { kind: 'build' }>,
  grants: Grants,
): Omit<BuildOrder, 'classicModes'> {
  const ordered = secrets.map(({ id, source }) =>
    source.from === 'file' ? { id, file: grants.pathOf(source.file, 'read') } : { id, variable: source.variable },
  );
  const pathOf = (grant: string) => grants.pathOf(grant, 'read');
  const folder = pathOf(granted);
  return { ...inputs, folder, dockerfile: chosenDockerfile(folder, { dockerfile, dockerfileFrom }, pathOf), secrets: ordered };
}

const classicModes = async ({ classicModes: chosen }: Settings): Promise<BuildOrder['classicModes']> =>
  chosen === 'automatic' ? classicModesOfCommand() : chosen;

async function pushToLocalRegistry(references: string[], parts: Parts, context: OperationContext): Promise<TaskResult> {
  const address = addressOf(parts.registry());
  return pushAs(
    references.map((reference) => ({ reference, target: nameAt(address, reference) })),
    parts,
    context,
  );
}
