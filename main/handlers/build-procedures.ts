import { inspectFolder } from '../build/inspect-folder.ts';
import type { Grants } from '../files/grants.ts';
import type { TaskRunner } from '../tasks/task-runner.ts';
import type { Implementer } from './router.ts';

export type BuildParts = { tasks: TaskRunner; grants: Grants };

const notYet = (): never => {
  throw new Error('not yet');
};

/** The words of the contract about builds. */
export const buildProcedures = (os: Implementer, { tasks, grants }: BuildParts) => ({
  inspectFolder: os.build.inspectFolder.handler(({ input }) => inspectFolder(grants.pathOf(input.folder, 'read'))),
  dockerfile: os.build.dockerfile.handler(({ input }) => tasks.source(input.build)),
  // the context
  inspectContext: os.build.inspectContext.handler(notYet),
  ignore: os.build.ignore.handler(notYet),
  undoIgnore: os.build.undoIgnore.handler(notYet),
  // the history
  record: os.build.record.handler(notYet),
  explain: os.build.explain.handler(notYet),
  advice: os.build.advice.handler(notYet),
  again: os.build.again.handler(notYet),
  reopen: os.build.reopen.handler(notYet),
  openDockerfile: os.build.openDockerfile.handler(notYet),
  saveLog: os.build.saveLog.handler(notYet),
  matrix: os.build.matrix.handler(notYet),
  forget: os.build.forget.handler(notYet),
});
