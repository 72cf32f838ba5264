import { trialChanges } from '../features/trials/changes.ts';
import { lookAtChanged } from '../features/trials/save-changed.ts';
import { notThere } from '../features/trials/trial-failures.ts';
import type { Trials } from '../features/trials/trials.ts';
import { inspectContainer } from '../foundation/engine/answers/container-answers.ts';
import { followContainerLog } from '../foundation/engine/containers/container-lines.ts';
import { readContainerLog } from '../foundation/engine/containers/container-log.ts';
import type { PartialFiles } from '../foundation/files/partial-files.ts';
import { writeSteadily } from '../foundation/files/write-steadily.ts';
import type { Implementer, ProcedureParts } from './router.ts';

type TrialParts = Pick<ProcedureParts, 'trials' | 'grants' | 'dialogs' | 'partials' | 'desktop'>;

/** How many lines from before are shown. */
const shownLines = 5000;

/** The contract's procedures about images that are tried. */
export const trialProcedures = (os: Implementer, { trials, grants, dialogs, partials, desktop }: TrialParts) => ({
  propose: os.trials.propose.handler(({ input }) => trials.propose(input.image)),
  start: os.trials.start.handler(async ({ input: { folder, ...order } }) => {
    const seen = folder && { path: grants.pathOf(folder.grant, 'read'), inside: folder.inside, mayWrite: folder.mayWrite };
    return { container: await trials.start({ ...order, folder: seen }) };
  }),
  stop: os.trials.stop.handler(({ input: { container, isAtOnce } }) => trials.stop(container, isAtOnce)),
  startAgain: os.trials.startAgain.handler(({ input }) => trials.startAgain(input.container)),
  remove: os.trials.remove.handler(({ input }) => trials.remove(input.container)),
  keep: os.trials.keep.handler(({ input: { container, stays } }) => trials.keep(container, stays)),
  log: os.trials.log.handler(async function* ({ input: { container }, signal }) {
    yield* followContainerLog(await trials.engineOf(container), container, { tail: shownLines, withTimes: true }, signal);
  }),
  changes: os.trials.changes.handler(async ({ input: { container } }) => trialChanges(await trials.engineOf(container), container)),
  saveChanged: os.trials.saveChanged.handler(async ({ input: { container, path } }) => {
    const changed = await lookAtChanged(await trials.engineOf(container), container, path);
    const target = await dialogs.chooseCopyTarget(changed.suggestedName);
    if (target === null) return null;
    const { signal } = new AbortController();
    await partials.write(target.path, async (partial) => writeSteadily(partial, [await changed.open(signal)], { signal }));
    return { path: target.path };
  }),
  saveLog: os.trials.saveLog.handler(async ({ input: { container } }) => {
    const path = await dialogs.chooseLogTarget(`${trials.find(container).name}.log`);
    if (path === null) return null;
    await saveLog(trials, container, { partials, path });
    return { path };
  }),
  open: os.trials.open.handler(({ input: { container, port } }) => {
    // only what is known to be a port of a trial: nothing else is ever opened
    if (!trials.find(container).ports.some(({ here }) => here === port)) throw notThere();
    return desktop.openInBrowser(`http://localhost:${port}/`);
  }),
});

/** Writes all that a container has said so far into a file, however much it is. */
async function saveLog(trials: Trials, container: string, { partials, path }: { partials: PartialFiles; path: string }): Promise<void> {
  const engine = await trials.engineOf(container);
  const { Config } = await inspectContainer(engine, container);
  const { signal } = new AbortController();
  await partials.write(path, async (partial) => {
    const log = await readContainerLog(engine, container, { isTty: Config.Tty, tail: 'all', follow: false, timestamps: true });
    return writeSteadily(partial, [log], { signal });
  });
}
