import { rm } from 'node:fs/promises';
import type { GrantedPath } from '../contract/file.ts';
import { followOthers, passOn } from './app/connect-parts.ts';
import { makeParts } from './app/make-parts.ts';
import { snapshotOf, tellWindow } from './app/tell-window.ts';
import { writeLog } from './app/write-log.ts';
import { Licences } from './features/licences/licences.ts';
import type { Machine } from './foundation/engine/candidates.ts';
import type { Grants } from './foundation/files/grants.ts';
import type { Lock } from './foundation/registries/logins/keychain.ts';
import { FactStream } from './procedures/fact-stream.ts';
import { grantOpened } from './procedures/grant-paths.ts';
import { type DesktopParts, makeRouter } from './procedures/router.ts';

/** What the app needs from outside. */
export type Surroundings = {
  /** The folder for everything the app stores. */
  folder: string;
  /** The file that lists the bundled packages and their licences. */
  licences: string;
  /** Where to look for engines. */
  machine: Machine;
  /** Encrypts the logins that the app itself stores. */
  lock: Lock;
  /** In place of the system's file with the names of computers, for tests. */
  hostsFile?: string | undefined;
  /** What only the desktop can do; it grants the files that a person chooses. */
  desktop: (grants: Grants) => DesktopParts;
};

export type App = ReturnType<typeof makeApp>;

/** Puts the app's parts together, from those that know least to those that know most, and connects them. */
export function makeApp({ folder, licences, machine, lock, hostsFile, desktop }: Surroundings) {
  const parts = makeParts(folder, machine, { lock, hostsFile });
  const {
    connection,
    shelves,
    ssh,
    tasks,
    history,
    settings,
    registry,
    registryBook,
    registryAuthority,
    ownName,
    recent,
    seen,
    transfers,
    partials,
    grants,
    log,
    onTheWay,
    layerFiles,
    newer,
    tagMoves,
    uses,
    keepForUndo,
    openRegistries,
    trials,
  } = parts;
  const facts = new FactStream(() => snapshotOf(parts));
  passOn(parts);
  const stopFollowing = followOthers(parts);
  writeLog(parts);
  tellWindow(parts, (fact) => facts.publish(fact));
  return {
    ...parts,
    facts,
    router: makeRouter({ ...parts, ...desktop(grants), facts, licences: new Licences(licences) }),
    /** Reads what is stored. */
    load: async (): Promise<void> => {
      await Promise.all([
        settings.load(),
        history.load(),
        recent.load(),
        seen.load(),
        newer.load(),
        uses.load(),
        registryBook.load(),
        ownName.refresh(),
      ]);
      connection.choose(settings.settings.engine ?? undefined);
      shelves.showBeside(settings.settings.beside);
      tagMoves.keepFor(settings.settings.tagDays).catch(() => {});
      tasks.restore(await transfers.load());
      void partials.sweep();
      // what an app that was killed left behind
      await rm(onTheWay, { recursive: true, force: true });
    },
    /** Shows files that the system opened with the app, once there is a window. */
    openFiles: (files: GrantedPath[]): void => facts.whenFollowed(() => facts.publish({ kind: 'files-opened', files })),
    grantOpened: (paths: string[]) => grantOpened(grants, paths),
    countRunning: (): number => tasks.tasks.filter(({ state }) => state === 'running' || state === 'queued').length,
    /** Cancels running tasks, and resolves when they are cleaned up and everything is on disk. */
    close: async (): Promise<void> => {
      stopFollowing();
      registry.use(undefined);
      await Promise.all([tasks.close(), keepForUndo.close(), trials.close()]);
      await Promise.all([
        history.close(),
        recent.close(),
        seen.close(),
        transfers.close(),
        settings.close(),
        registryBook.close(),
        registryAuthority.close(),
        log.close(),
        layerFiles.close(),
        newer.close(),
        tagMoves.close(),
        uses.close(),
      ]);
      openRegistries.forget();
      shelves.close();
      await ssh.close();
    },
  };
}
