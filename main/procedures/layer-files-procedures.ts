import type { FilesSource, OpenedFiles } from '../../contract/layer-files.ts';
import { viewOrder } from '../features/layer-files/layer-files.ts';
import { archiveOrigin } from '../features/layer-files/sources/archive-origin.ts';
import { engineOrigin } from '../features/layer-files/sources/engine-origin.ts';
import type { FilesOrigin } from '../features/layer-files/sources/files-origin.ts';
import { registryOrigin } from '../features/layer-files/sources/registry-origin.ts';
import type { Implementer, ProcedureParts } from './router.ts';

export type LayerFilesParts = Pick<ProcedureParts, 'connection' | 'shelves' | 'grants' | 'access' | 'layerFiles' | 'dialogs'>;

/** The contract's procedures about the files of images. */
export const layerFilesProcedures = (os: Implementer, parts: LayerFilesParts) => {
  const { layerFiles, dialogs } = parts;
  const { desk } = layerFiles;
  const layersOf = (files: string) => layerFiles.layersOf(files);
  return {
    open: os.layerFiles.open.handler(({ input, signal }) => openFiles(input, parts, signal)),
    summary: os.layerFiles.summary.handler(({ input }) => desk.ask('summary', [layersOf(input.files), viewOrder(input)])),
    folder: os.layerFiles.folder.handler(({ input: { view, place, order, page } }) =>
      desk.ask('folder', [layersOf(view.files), viewOrder(view), place, order, page]),
    ),
    found: os.layerFiles.found.handler(({ input: { view, order, page } }) =>
      desk.ask('found', [layersOf(view.files), viewOrder(view), order, page]),
    ),
    details: os.layerFiles.details.handler(({ input: { view, place } }) =>
      desk.ask('details', [layersOf(view.files), viewOrder(view), place]),
    ),
    waste: os.layerFiles.waste.handler(({ input }) => desk.ask('waste', [layersOf(input.files)])),
    whatIf: os.layerFiles.whatIf.handler(({ input: { files, removed } }) => desk.ask('whatIf', [layersOf(files), removed])),
    cost: os.layerFiles.cost.handler(({ input: { files, place, layer } }) => layerFiles.costOf(files, place, layer)),
    bytes: os.layerFiles.bytes.handler(({ input: { files, place, layer, slice }, signal }) =>
      layerFiles.bytesOf(files, place, layer, slice, signal),
    ),
    chooseTarget: os.layerFiles.chooseTarget.handler(({ input }) => dialogs.chooseCopyTarget(input.suggestedName)),
  };
};

/** Finds an image where it is and opens its files; nothing is read of its layers. */
async function openFiles(source: FilesSource, parts: LayerFilesParts, signal?: AbortSignal): Promise<OpenedFiles> {
  return parts.layerFiles.open(await originOf(source, parts, signal));
}

async function originOf(
  source: FilesSource,
  { connection, shelves, grants, access }: LayerFilesParts,
  signal?: AbortSignal,
): Promise<FilesOrigin> {
  if (source.kind === 'archive') {
    const path = grants.pathOf(source.archive, 'read');
    return archiveOrigin({ path, image: source.image, id: source.id }, signal);
  }
  if (source.kind === 'registry') {
    const { reference, platform } = source;
    return registryOrigin({ reference, platform, preferred: connection.current?.platform ?? 'linux/amd64' }, access, signal);
  }
  const shelf = shelves.at(source.at);
  const { connection: own, layers, images } = shelf;
  const indexed = await layers.get(own.engine, source.image);
  const listed = images.list?.images.find(({ id }) => id === source.image);
  return engineOrigin({ engine: () => own.engine, place: own.place }, source.image, { steps: indexed?.steps ?? [], listed });
}
