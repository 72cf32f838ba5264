import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineState } from '../contract/engine.ts';
import type { Fact, Snapshot } from '../contract/fact.ts';
import type { GrantedPath } from '../contract/file.ts';
import type { Task } from '../contract/task.ts';
import { BuildHistory } from './features/build-history/build-history.ts';
import { EnginePlacesBook } from './features/engines/engine-places.ts';
import { readBuiltLayers } from './features/images/built-layers.ts';
import { Shelves } from './features/images/shelves.ts';
import { LayerFiles } from './features/layer-files/layer-files.ts';
import { Licences } from './features/licences/licences.ts';
import { RegistryWatch } from './features/local-registry/registry-watch.ts';
import { NewerBook } from './features/origin/newer-book.ts';
import { SettingsStore } from './features/settings/settings-store.ts';
import { TagMoves } from './features/tag-moves/tag-moves.ts';
import { type AccessFor, accessOf } from './features/transfer/access-for.ts';
import { ForecastSizes } from './features/transfer/forecast-sizes.ts';
import type { ReadLayers } from './features/transfer/image-layers.ts';
import { KnownBlobs } from './features/transfer/known-blobs.ts';
import { PackedLayers } from './features/transfer/packed-layers.ts';
import { RecentReferences } from './features/transfer/recent-references.ts';
import { SeenLayers } from './features/transfer/seen-layers.ts';
import { SuggestReferences } from './features/transfer/suggest-references.ts';
import { AppLog } from './foundation/diagnostics/app-log.ts';
import type { Machine } from './foundation/engine/candidates.ts';
import { EngineQuestions } from './foundation/engine/engine-questions.ts';
import type { Engine } from './foundation/engine/open-engine.ts';
import { SshWays } from './foundation/engine/ssh/ssh-ways.ts';
import { Grants } from './foundation/files/grants.ts';
import { PartialFiles } from './foundation/files/partial-files.ts';
import { Keychain, type Lock } from './foundation/registries/logins/keychain.ts';
import { Logins } from './foundation/registries/logins/logins.ts';
import { DiskView } from './operations/disk-view.ts';
import { followOtherBuilds } from './operations/follow-other-builds.ts';
import { KeepForUndo } from './operations/keep-for-undo.ts';
import { makeOperations } from './operations/operations.ts';
import { OriginView } from './operations/origin-view.ts';
import { RunningOthers } from './operations/running-others.ts';
import { FactStream } from './procedures/fact-stream.ts';
import { grantOpened } from './procedures/grant-paths.ts';
import { type DesktopParts, makeRouter } from './procedures/router.ts';
import { KeptTransfers } from './tasks/kept-transfers.ts';
import { TaskRunner } from './tasks/task-runner.ts';

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
  /** What only the desktop can do; it grants the files that a person chooses. */
  desktop: (grants: Grants) => DesktopParts;
};

export type App = ReturnType<typeof makeApp>;

/** Puts the app's parts together, from those that know least to those that know most, and connects them. */
export function makeApp({ folder, licences, machine, lock, desktop }: Surroundings) {
  const parts = makeParts(folder, machine, lock);
  const {
    connection,
    shelves,
    ssh,
    tasks,
    history,
    settings,
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
    keepForUndo,
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
      await Promise.all([settings.load(), history.load(), recent.load(), seen.load(), newer.load()]);
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
      await Promise.all([tasks.close(), keepForUndo.close()]);
      await Promise.all([
        history.close(),
        recent.close(),
        seen.close(),
        transfers.close(),
        settings.close(),
        log.close(),
        layerFiles.close(),
        newer.close(),
        tagMoves.close(),
      ]);
      shelves.close();
      await ssh.close();
    },
  };
}

type AppParts = ReturnType<typeof makeParts>;

function makeParts(folder: string, machine: Machine, lock: Lock) {
  const kept = (name: string) => join(folder, name);
  const log = new AppLog(kept('layerdeck.log'), { isDetailed: Boolean(machine.env.LAYERDECK_DEBUG) });
  const settings = new SettingsStore(kept('settings.json'));
  const grants = new Grants();
  const partials = new PartialFiles(kept('partial-files.json'));
  const questions = new EngineQuestions();
  const ssh = new SshWays(machine, questions);
  const shelves = new Shelves(machine, ssh);
  const { connection, images, layers } = shelves.main;
  const places = new EnginePlacesBook(machine, grants, ssh);
  const registry = new RegistryWatch();
  const history = new BuildHistory({ root: kept('builds'), readLayers: readBuiltLayers });
  const logins = new Logins(new Keychain(kept('logins.json'), lock));
  const access = accessOf(logins, () => connection.current);
  const accessFor: AccessFor = (engine) => accessOf(logins, () => engine);
  const readLayers: ReadLayers = (engine, id) => shelves.of(engine).layers.get(engine, id);
  const seen = new SeenLayers(kept('met-layers.json'));
  const pullSizes = new ForecastSizes();
  const knownBlobs = new KnownBlobs(accessFor, readLayers, seen);
  const forecasts = { accessFor, readLayers, knownBlobs, packedLayers: new PackedLayers(), pullSizes };
  const recent = new RecentReferences(kept('recent.json'));
  const suggestions = new SuggestReferences(access);
  const onTheWay = kept('on-the-way');
  const others = new RunningOthers();
  const disk = new DiskView({ history, accessFor });
  const layerFiles = new LayerFiles(kept('layer-files'));
  const newer = new NewerBook(kept('newer.json'));
  const origin = new OriginView({ history, accessFor, newer });
  const tagMoves = new TagMoves(join(kept('tags'), 'moves.db'), settings.settings.tagDays);
  const keepForUndo = new KeepForUndo({ settings: () => settings.settings, tagMoves });
  const operations = makeOperations({
    disk,
    tagMoves,
    shelfAt: (place) => shelves.at(place),
    starters: places.starters,
    searchAgain: () => connection.searchAgain(),
    registry: () => registry.registry,
    settings: () => settings.settings,
    grants,
    history,
    logins,
    partials,
    pullSizes,
    onTheWay,
    layerFiles,
  });
  const transfers = new KeptTransfers(kept('transfers.json'));
  const tasks = new TaskRunner(operations, ({ id, kind }) => (kind === 'build' ? history.logFile(id) : undefined));
  return {
    log,
    settings,
    grants,
    partials,
    questions,
    ssh,
    shelves,
    connection,
    places,
    layers,
    images,
    registry,
    history,
    others,
    logins,
    access,
    seen,
    forecasts,
    recent,
    suggestions,
    transfers,
    tasks,
    disk,
    onTheWay,
    layerFiles,
    newer,
    origin,
    tagMoves,
    keepForUndo,
  };
}

const snapshotOf = ({
  connection,
  shelves,
  questions,
  images,
  tasks,
  history,
  others,
  registry,
  settings,
  newer,
  tagMoves,
}: AppParts): Snapshot => ({
  engine: connection.state,
  ...(images.list && { images: images.list }),
  beside: shelves.beside,
  questions: questions.open,
  tasks: tasks.tasks,
  others: others.tasks,
  builds: [...others.summaries.filter(({ id }) => !history.has(id)), ...history.summaries],
  registry: registry.registry,
  settings: settings.settings,
  newer: newer.answers,
  tagMoves: tagMoves.moves,
});

/** Shows and takes in what other tools build on the engine in use, for as long as it answers. Returns what ends it. */
function followOthers({ connection, history, others }: AppParts): () => void {
  let following = new AbortController();
  connection.on('state', () => {
    following.abort();
    following = new AbortController();
    const engine = connection.current;
    // an engine that goes away, or remembers no builds, ends it; the connection tells the former
    if (engine) void followOtherBuilds(engine, history, others, following.signal).catch(() => {});
  });
  return () => following.abort();
}

/** Passes on changes in one part that matter to another. */
function passOn(parts: AppParts): void {
  const { connection, shelves, images, registry, tasks, history, recent, transfers, forecasts, settings, tagMoves } = parts;
  settings.on('settings', ({ engine, beside, tagDays }) => {
    connection.choose(engine ?? undefined);
    shelves.showBeside(beside);
    tagMoves.keepFor(tagDays).catch(() => {});
  });
  rememberTags(parts);
  connection.on('state', () => registry.use(connection.current));
  connection.on('event', (event) => registry.notice(event));
  const engines = new Map<string, Engine | undefined>();
  // another engine may be chosen before the task ends
  const engineOf = ({ id, at, endedAt }: Task): Engine | undefined => {
    const engine = engines.has(id) ? engines.get(id) : shelves.find(at)?.connection.current;
    if (endedAt === undefined) engines.set(id, engine);
    else engines.delete(id);
    return engine;
  };
  tasks.on('task', (task) => {
    history.notice(task);
    recent.notice(task);
    transfers.notice(task);
    const engine = engineOf(task);
    if (engine) void forecasts.knownBlobs.notice(task, engine);
    if (engine) tagMoves.noticeTask(task, engine);
    tagMoves.noticeInRegistries(task);
    // Docker 26 with containerd's store tells of no image that BuildKit makes
    if (engine && task.kind === 'build' && task.endedAt !== undefined) shelves.of(engine).images.touch();
  });
  // what others build
  history.on('build', ({ state }) => state !== 'running' && images.touch());
  tasks.on('dismissed', (id) => transfers.forget(id));
}

/** Has the moves of tags remembered that any engine tells of, and images kept that tags have left. */
function rememberTags({ shelves, tagMoves, keepForUndo, settings }: AppParts): void {
  const balance = () => {
    for (const shelf of shelves.all) keepForUndo.touch(shelf);
  };
  tagMoves.on('moved', balance);
  settings.on('settings', balance);
  shelves.on('read', (engine) => keepForUndo.touch(shelves.of(engine)));
  shelves.on('followed', (engine) => tagMoves.follow(engine));
  shelves.on('event', (engine, event) => tagMoves.noticeEvent(engine, event));
  shelves.on('read', (engine, list) => tagMoves.noticeNames(engine, list));
  shelves.on('gone', (engine) => void tagMoves.leave(engine));
  // what is known of names begins again with the next list
  tagMoves.on('forgotten', () => shelves.touch());
}

/** Which engine, which tasks, and how they ended: kinds, ids and titles of failures, never what they were about. */
function writeLog({ log, connection, tasks }: AppParts): void {
  const states = new Map<string, string>();
  connection.on('state', (engine) => log.add('engine', describeEngine(engine)));
  tasks.on('task', ({ id, kind, state, failure }) => {
    if (states.get(id) === state) return;
    states.set(id, state);
    log.add('task', `${kind} ${id} ${state}${failure ? ` (${failure.kind})` : ''}`);
    if (failure) log.detail('task', () => `${id}: ${failure.title} ${failure.detail}`);
  });
  tasks.on('dismissed', (id) => states.delete(id));
}

function describeEngine(engine: EngineState): string {
  if (engine.state === 'connected')
    return `connected: ${engine.product} ${engine.version}, API ${engine.spokenVersion}, ${engine.platform}, ${engine.candidate.label}`;
  return engine.state === 'missing' ? `missing (${engine.failure.kind})` : engine.state;
}

function tellWindow(
  { connection, shelves, questions, images, registry, tasks, history, others, settings, newer, tagMoves }: AppParts,
  tell: (fact: Fact) => void,
): void {
  connection.on('state', (engine) => tell({ kind: 'engine', engine }));
  images.on('list', (list) => tell({ kind: 'images', images: list }));
  shelves.on('beside', (beside) => tell({ kind: 'beside', beside }));
  questions.on('open', (open) => tell({ kind: 'questions', questions: open }));
  shelves.on('left', (place) => tell({ kind: 'beside-left', place }));
  registry.on('registry', (now) => tell({ kind: 'registry', registry: now }));
  tasks.on('task', (task) => tell({ kind: 'task', task }));
  others.on('begun', (build) => tell({ kind: 'build', build }));
  others.on('task', (task) => tell({ kind: 'other-build', task }));
  others.on('over', (id) => {
    // one that was taken in has told so already
    if (!history.has(id)) tell({ kind: 'builds-forgotten', ids: [id] });
    tell({ kind: 'other-build-over', id });
  });
  history.on('build', (build) => tell({ kind: 'build', build }));
  history.on('forgotten', (ids) => tell({ kind: 'builds-forgotten', ids }));
  tasks.on('dismissed', (id) => tell({ kind: 'task-dismissed', id }));
  settings.on('settings', (now) => tell({ kind: 'settings', settings: now }));
  newer.on('answers', (answers) => tell({ kind: 'newer', newer: answers }));
  tagMoves.on('moved', () => tell({ kind: 'tags-moved', moves: tagMoves.moves }));
}
