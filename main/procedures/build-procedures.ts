import { adviseKept } from '../features/build-history/advise-kept.ts';
import { explainBuild } from '../features/build-history/explain-build.ts';
import { pairBuilds } from '../features/build-history/pair-builds.ts';
import { readForks } from '../features/build-history/read-forks.ts';
import { saveBuildLog } from '../features/build-history/read-kept-log.ts';
import { readMatrix } from '../features/build-history/read-matrix.ts';
import { readBuiltLayers } from '../features/images/built-layers.ts';
import { inspectCompose } from '../features/projects/compose/inspect-compose.ts';
import { inspectFolder } from '../features/projects/inspect-folder.ts';
import { addRecords } from './add-records.ts';
import { contextProcedures } from './context-procedures.ts';
import { buildAgain, lastBuild, reopenBuild } from './reopen-build.ts';
import { revealDockerfile } from './reveal-dockerfile.ts';
import type { Implementer, ProcedureParts } from './router.ts';

export type BuildParts = Pick<
  ProcedureParts,
  'connection' | 'images' | 'tasks' | 'history' | 'others' | 'settings' | 'grants' | 'dialogs' | 'desktop' | 'partials'
>;

/** The contract's procedures about builds. */
export const buildProcedures = (
  os: Implementer,
  { connection, images, tasks, history, others, settings, grants, dialogs, desktop, partials }: BuildParts,
) => ({
  inspectFolder: os.build.inspectFolder.handler(async ({ input }) => {
    const folder = grants.pathOf(input.folder, 'read');
    const chosen = input.dockerfile && { file: grants.pathOf(input.dockerfile, 'read'), grant: input.dockerfile };
    const last = await lastBuild(history, grants, folder);
    return inspectFolder(folder, { ...last, ...(chosen && { chosen }) });
  }),
  inspectCompose: os.build.inspectCompose.handler(async ({ input: { folder: granted, also, variables } }) => {
    const folder = grants.pathOf(granted, 'read');
    const reachable = [folder, ...also.map((one) => grants.pathOf(one, 'read'))];
    const ground = { folder, granted: reachable, grant: (path: string) => grants.grant(path, 'read') };
    return (await inspectCompose(ground, variables)) ?? null;
  }),
  dockerfile: os.build.dockerfile.handler(
    async ({ input: { build } }) => others.dockerfile(build) ?? (await history.known(build)).dockerfile,
  ),
  // the context
  ...contextProcedures(os, { connection, settings, grants }),
  // the history
  record: os.build.record.handler(({ input: { build } }) =>
    history.record(build).catch((error: unknown) => {
      throw others.failureOf(build) ?? error;
    }),
  ),
  pair: os.build.pair.handler(({ input }) => pairBuilds(history, input.builds)),
  explain: os.build.explain.handler(({ input }) => explainBuild(history, connection.current, input.build)),
  advice: os.build.advice.handler(async ({ input: { build } }) => (others.has(build) ? [] : adviseKept(await history.known(build)))),
  again: os.build.again.handler(({ input: { build, ...changes } }) => buildAgain(history, grants, tasks, build, changes)),
  reopen: os.build.reopen.handler(({ input }) => reopenBuild(history, grants, input.build)),
  revealDockerfile: os.build.revealDockerfile.handler(({ input }) => revealDockerfile(history, desktop, input.build)),
  saveLog: os.build.saveLog.handler(async ({ input }) => {
    const path = await dialogs.chooseLogTarget('build.log');
    if (path === null) return null;
    await tasks.logWritten(input.build);
    await saveBuildLog(history, input.build, { partials, path });
    return { path };
  }),
  matrix: os.build.matrix.handler(({ input }) => readMatrix({ ...matrixParts(connection, images, history), ...input })),
  forks: os.build.forks.handler(({ input, signal }) =>
    readForks(connection.engine, { ...matrixParts(connection, images, history), ...input }, signal),
  ),
  addRecords: os.build.addRecords.handler(({ input, signal }) =>
    addRecords(grants.pathOf(input.file, 'read'), history, connection.current, signal),
  ),
  forget: os.build.forget.handler(({ input }) => history.forget(input.builds)),
});

/** What a matrix needs besides the chosen builds and images. */
const matrixParts = (connection: ProcedureParts['connection'], images: ProcedureParts['images'], history: ProcedureParts['history']) => ({
  history,
  engine: connection.current,
  readImage: async (id: string) => ({
    title: images.list?.images.find((image) => image.id === id)?.references[0] ?? id.slice(7, 19),
    layers: await readBuiltLayers(connection.engine, id),
  }),
});
