import { adviseKept } from '../build/advice/advise-kept.ts';
import { explainBuild } from '../build/history/explain-build.ts';
import { pairBuilds } from '../build/history/pair-builds.ts';
import { readForks } from '../build/history/read-forks.ts';
import { saveBuildLog } from '../build/history/read-kept-log.ts';
import { readMatrix } from '../build/history/read-matrix.ts';
import { inspectFolder } from '../build/inspect-folder.ts';
import { readBuiltLayers } from '../images/built-layers.ts';
import { contextProcedures } from './context-procedures.ts';
import { buildAgain, lastBuild, reopenBuild } from './reopen-build.ts';
import { revealDockerfile } from './reveal-dockerfile.ts';
import type { Implementer, Parts } from './router.ts';

export type BuildParts = Pick<
  Parts,
  'connection' | 'images' | 'tasks' | 'history' | 'settings' | 'grants' | 'dialogs' | 'desktop' | 'partials'
>;

/** The words of the contract about builds. */
export const buildProcedures = (
  os: Implementer,
  { connection, images, tasks, history, settings, grants, dialogs, desktop, partials }: BuildParts,
) => ({
  inspectFolder: os.build.inspectFolder.handler(async ({ input }) => {
    const folder = grants.pathOf(input.folder, 'read');
    const chosen = input.dockerfile && { file: grants.pathOf(input.dockerfile, 'read'), grant: input.dockerfile };
    const last = await lastBuild(history, grants, folder);
    return inspectFolder(folder, { ...last, ...(chosen && { chosen }) });
  }),
  dockerfile: os.build.dockerfile.handler(({ input }) => history.known(input.build).then(({ dockerfile }) => dockerfile)),
  // the context
  ...contextProcedures(os, { connection, settings, grants }),
  // the history
  record: os.build.record.handler(({ input }) => history.record(input.build)),
  pair: os.build.pair.handler(({ input }) => pairBuilds(history, input.builds)),
  explain: os.build.explain.handler(({ input }) => explainBuild(history, connection.current, input.build)),
  advice: os.build.advice.handler(async ({ input }) => adviseKept(await history.known(input.build))),
  again: os.build.again.handler(({ input: { build, ...besides } }) => buildAgain(history, grants, tasks, build, besides)),
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
  forget: os.build.forget.handler(({ input }) => history.forget(input.builds)),
});

/** What a matrix is made from besides what was chosen for it. */
const matrixParts = (connection: Parts['connection'], images: Parts['images'], history: Parts['history']) => ({
  history,
  engine: connection.current,
  readImage: async (id: string) => ({
    title: images.list?.images.find((image) => image.id === id)?.references[0] ?? id.slice(7, 19),
    layers: await readBuiltLayers(connection.engine, id),
  }),
});
