import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { BuildHistory } from '../features/build-history/build-history.ts';
import { EnginePlacesBook } from '../features/engines/engine-places.ts';
import { readBuiltLayers } from '../features/images/built-layers.ts';
import { ImageUses } from '../features/images/image-uses.ts';
import { Shelves } from '../features/images/shelves.ts';
import { LayerFiles } from '../features/layer-files/layer-files.ts';
import { CacheLogins } from '../features/local-registry/cache-logins.ts';
import { hostsFileOf, OwnName } from '../features/local-registry/name/own-name.ts';
import { RegistryBook } from '../features/local-registry/registry-book.ts';
import { RegistryWatch } from '../features/local-registry/registry-watch.ts';
import type { S3Settings } from '../features/local-registry/storage/s3/s3-settings.ts';
import { RegistryAuthority } from '../features/local-registry/tls/registry-authority.ts';
import { NewerBook } from '../features/origin/newer-book.ts';
import { OpenRegistries } from '../features/registry-browse/open-registries.ts';
import { RegistryBrowse } from '../features/registry-browse/registry-browse.ts';
import { SettingsStore } from '../features/settings/settings-store.ts';
import { TagMoves } from '../features/tag-moves/tag-moves.ts';
import { type AccessFor, accessOf } from '../features/transfer/access-for.ts';
import { ForecastSizes } from '../features/transfer/forecast-sizes.ts';
import type { ReadLayers } from '../features/transfer/image-layers.ts';
import { KnownBlobs } from '../features/transfer/known-blobs.ts';
import { PackedLayers } from '../features/transfer/packed-layers.ts';
import { RecentReferences } from '../features/transfer/recent-references.ts';
import { SeenLayers } from '../features/transfer/seen-layers.ts';
import { SuggestReferences } from '../features/transfer/suggest-references.ts';
import { Trials } from '../features/trials/trials.ts';
import { AppLog } from '../foundation/diagnostics/app-log.ts';
import type { Machine } from '../foundation/engine/candidates.ts';
import { EngineQuestions } from '../foundation/engine/engine-questions.ts';
import { SshWays } from '../foundation/engine/ssh/ssh-ways.ts';
import { Grants } from '../foundation/files/grants.ts';
import { PartialFiles } from '../foundation/files/partial-files.ts';
import { Keychain, type Lock } from '../foundation/registries/logins/keychain.ts';
import { Logins } from '../foundation/registries/logins/logins.ts';
import { HandedSecrets } from '../foundation/secrets/handed-secrets.ts';
import { DiskView } from '../operations/disk-view.ts';
import { KeepForUndo } from '../operations/keep-for-undo.ts';
import { makeOperations } from '../operations/operations.ts';
import { OriginView } from '../operations/origin-view.ts';
import { RunningOthers } from '../operations/running-others.ts';
import { KeptTransfers } from '../tasks/kept-transfers.ts';
import { TaskRunner } from '../tasks/task-runner.ts';

export type AppParts = ReturnType<typeof makeParts>;

/** All parts of the app, from those that know least to those that know most. */
export function makeParts(folder: string, machine: Machine, { lock, hostsFile }: { lock: Lock; hostsFile?: string | undefined }) {
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
  const cacheLogins = new CacheLogins();
  const s3Handed = new HandedSecrets<S3Settings>();
  const registryBook = new RegistryBook(kept('registries.json'));
  const registryAuthority = new RegistryAuthority(kept('registry-authority.json'), lock);
  const { platform, env } = machine;
  const ownName = new OwnName({ file: hostsFile ?? hostsFileOf(platform, env), platform, env });
  const registry = new RegistryWatch(registryBook, ownName);
  // by where it keeps its things on which computer, this Layerdeck is told from others that use the same engine
  const installation = createHash('sha256').update(`${hostname()} ${folder}`).digest('hex').slice(0, 32);
  const trials = new Trials(installation, () => connection.engine);
  const history = new BuildHistory({ root: kept('builds'), readLayers: readBuiltLayers });
  const logins = new Logins(new Keychain(kept('logins.json'), lock), {
    authorityOf: (name) => registryBook.authorityOf(ownName.localNameOf(name)),
    localNameOf: (name) => ownName.localNameOf(name),
  });
  const access = accessOf(logins, () => connection.current);
  const accessFor: AccessFor = (engine) => accessOf(logins, () => engine);
  const openRegistries = new OpenRegistries(access);
  const browse = new RegistryBrowse(openRegistries, () => connection.current?.platform ?? 'linux/amd64');
  const readLayers: ReadLayers = (engine, id) => shelves.of(engine).layers.get(engine, id);
  const seen = new SeenLayers(kept('met-layers.json'));
  const pullSizes = new ForecastSizes();
  const knownBlobs = new KnownBlobs(accessFor, readLayers, seen);
  const forecasts = { accessFor, readLayers, knownBlobs, packedLayers: new PackedLayers(), pullSizes };
  const recent = new RecentReferences(kept('recent.json'));
  const suggestions = new SuggestReferences(access);
  const onTheWay = kept('on-the-way');
  const others = new RunningOthers();
  const uses = new ImageUses(kept('image-uses.json'));
  const disk = new DiskView({ history, uses, accessFor });
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
    registryBook,
    registryAuthority,
    cacheLogins,
    s3Handed,
    ownName,
    trials,
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
    registryBook,
    registryAuthority,
    cacheLogins,
    s3Handed,
    ownName,
    history,
    others,
    logins,
    access,
    openRegistries,
    browse,
    seen,
    forecasts,
    recent,
    suggestions,
    transfers,
    tasks,
    uses,
    disk,
    onTheWay,
    layerFiles,
    newer,
    origin,
    tagMoves,
    keepForUndo,
    trials,
  };
}
