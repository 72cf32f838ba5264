import type { Task, TaskKind } from '../../contract/task.ts';
import type { Engine } from '../foundation/engine/open-engine.ts';
import { followOtherBuilds } from '../operations/follow-other-builds.ts';
import type { AppParts } from './make-parts.ts';

/** Shows and takes in what other tools build on the engine in use, for as long as it answers. Returns what ends it. */
export function followOthers({ connection, history, others }: AppParts): () => void {
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

const isAboutRegistry: ReadonlySet<TaskKind> = new Set([
  'start-registry',
  'stop-registry',
  'restart-registry',
  'remove-registry',
  'collect-registry',
  'store-registry',
  'start-cache',
  'stop-cache',
  'remove-cache',
]);

/** Passes on changes in one part that matter to another. */
export function passOn(parts: AppParts): void {
  const {
    connection,
    shelves,
    images,
    registry,
    tasks,
    history,
    recent,
    transfers,
    forecasts,
    settings,
    tagMoves,
    openRegistries,
    trials,
  } = parts;
  settings.on('settings', ({ engine, beside, tagDays }) => {
    connection.choose(engine ?? undefined);
    shelves.showBeside(beside);
    tagMoves.keepFor(tagDays).catch(() => {});
  });
  rememberTags(parts);
  rememberUses(parts);
  connection.on('state', () => registry.use(connection.current));
  // whether a registry needs a certificate is the engine's to say
  connection.on('state', () => openRegistries.forget());
  connection.on('event', (event) => registry.notice(event));
  connection.on('state', () => trials.use(connection.current));
  connection.on('event', (event) => trials.notice(event));
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
    if (isAboutRegistry.has(task.kind) && task.endedAt !== undefined) {
      registry.touch();
      // what answers at its address by now may be another one, and the sign-in may have moved
      openRegistries.forget();
    }
    // Docker 26 with containerd's store tells of no image that BuildKit makes
    if (engine && task.kind === 'build' && task.endedAt !== undefined) shelves.of(engine).images.touch();
  });
  // what others build
  history.on('build', ({ state }) => state !== 'running' && images.touch());
  tasks.on('dismissed', (id) => transfers.forget(id));
}

/** Has it remembered when a container last took an image, on any engine. */
function rememberUses({ shelves, uses }: AppParts): void {
  shelves.on('followed', (engine) => uses.follow(engine));
  shelves.on('event', (engine, event) => uses.noticeEvent(engine, event));
  shelves.on('read', (engine, list) => uses.noticeList(engine, list));
  shelves.on('gone', (engine) => uses.leave(engine));
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
