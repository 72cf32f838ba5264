import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { app, clipboard, shell } from 'electron';
import type { Fact, Snapshot } from '../contract/fact.ts';
import { PartialFiles } from './archive/partial-files.ts';
import { BuildHistory } from './build/history/build-history.ts';
import type { Access } from './distribution/open-repository.ts';
import { EngineConnection } from './engine/connection.ts';
import { isInsecureFor } from './engine/insecure-registries.ts';
import { Grants } from './files/grants.ts';
import { FactStream } from './handlers/fact-stream.ts';
import { grantPaths } from './handlers/grant-paths.ts';
import { makeRouter } from './handlers/router.ts';
import { readBuiltLayers } from './images/built-layers.ts';
import { ImageWatch } from './images/image-watch.ts';
import { LayerIndex } from './images/layer-index.ts';
import { Licences } from './licences/licences.ts';
import { Keychain } from './logins/keychain.ts';
import { Logins } from './logins/logins.ts';
import { RegistryWatch } from './registry/registry-watch.ts';
import { SettingsStore } from './settings/settings-store.ts';
import { connectPage } from './shell/connect-page.ts';
import { confirmQuit, makeDialogs } from './shell/dialogs.ts';
import { dragFile } from './shell/drag-file.ts';
import { lockDown } from './shell/lock-down.ts';
import { lock } from './shell/lock-secrets.ts';
import { setMenu } from './shell/menu.ts';
import { followTheme, openWindow, showWindow } from './shell/open-window.ts';
import { onFilesOpened, pathsIn } from './shell/opened-files.ts';
import { registerPageScheme, servePage } from './shell/page-protocol.ts';
import { quitCleanly } from './shell/quit.ts';
import { showProgress } from './shell/show-progress.ts';
import { KeptTransfers } from './tasks/kept-transfers.ts';
import { makeOperations } from './tasks/operations.ts';
import { TaskRunner } from './tasks/task-runner.ts';
import type { ReadLayers } from './transfer/image-layers.ts';
import { KnownBlobs } from './transfer/known-blobs.ts';
import { MetLayers } from './transfer/met-layers.ts';
import { PackedLayers } from './transfer/packed-layers.ts';
import { RecentReferences } from './transfer/recent-references.ts';
import { SuggestReferences } from './transfer/suggest-references.ts';

if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  // Streams leave their buffers in the nursery: where it may grow, they pile up there, measured 40 MB of them.
  setFlagsFromString('--semi-space-growth-factor=1');
  const distribution = dirname(import.meta.dirname);

  // the parts, from those that know least to those that know most
  const settings = new SettingsStore(join(app.getPath('userData'), 'settings.json'));
  const grants = new Grants();
  const connection = new EngineConnection({ platform: process.platform, home: homedir(), env: process.env, uid: process.getuid?.() });
  const layers = new LayerIndex();
  const images = new ImageWatch(layers);
  const registry = new RegistryWatch();
  const licences = new Licences(join(distribution, 'licences.json'));
  const history = new BuildHistory({ root: join(app.getPath('userData'), 'builds'), readLayers: readBuiltLayers });
  const logins = new Logins(new Keychain(join(app.getPath('userData'), 'logins.json'), lock));
  const access: Access = {
    logins,
    isInsecure: async (name) => connection.current !== undefined && isInsecureFor(connection.current, name),
  };
  const readLayers: ReadLayers = (engine, id) => layers.get(engine, id);
  const met = new MetLayers(join(app.getPath('userData'), 'met-layers.json'));
  const forecasts = { access, readLayers, knownBlobs: new KnownBlobs(access, readLayers, met), packedLayers: new PackedLayers() };
  const recent = new RecentReferences(join(app.getPath('userData'), 'recent.json'));
  const suggestions = new SuggestReferences(access);
  const partials = new PartialFiles(join(app.getPath('userData'), 'partial-files.json'));
  const operations = makeOperations({
    engine: () => connection.engine,
    registry: () => registry.registry,
    settings: () => settings.settings,
    grants,
    history,
    access,
    partials,
  });
  const transfers = new KeptTransfers(join(app.getPath('userData'), 'transfers.json'));
  const tasks = new TaskRunner(operations, ({ id, kind }) => (kind === 'build' ? history.logFile(id) : undefined));
  const facts = new FactStream(
    (): Snapshot => ({
      engine: connection.state,
      ...(images.list && { images: images.list }),
      tasks: tasks.tasks,
      builds: history.summaries,
      registry: registry.registry,
      settings: settings.settings,
    }),
  );
  const grant = (paths: string[]) => grantPaths(grants, paths);

  // what changes where
  connection.on('state', () => {
    const engine = connection.current;
    images.use(engine);
    registry.use(engine);
  });
  connection.on('event', (event) => {
    images.notice(event);
    registry.notice(event);
  });
  connection.on('following', () => images.touch());
  settings.on('settings', followTheme);
  tasks.on('task', () => showProgress(tasks.tasks));
  tasks.on('task', (task) => history.notice(task));
  tasks.on('task', (task) => recent.notice(task));
  tasks.on('task', (task) => transfers.notice(task));
  tasks.on('dismissed', (id) => transfers.forget(id));
  tasks.on('task', (task) => connection.current && void forecasts.knownBlobs.notice(task, connection.current));

  // what the window is told
  const tell = (fact: Fact) => facts.publish(fact);
  connection.on('state', (engine) => tell({ kind: 'engine', engine }));
  images.on('list', (list) => tell({ kind: 'images', images: list }));
  registry.on('registry', (now) => tell({ kind: 'registry', registry: now }));
  tasks.on('task', (task) => tell({ kind: 'task', task }));
  history.on('build', (build) => tell({ kind: 'build', build }));
  history.on('forgotten', (ids) => tell({ kind: 'builds-forgotten', ids }));
  tasks.on('dismissed', (id) => tell({ kind: 'task-dismissed', id }));
  settings.on('settings', (now) => tell({ kind: 'settings', settings: now }));

  // the desktop
  let hasOpened = false;
  const openFiles = async (paths: string[]) => {
    const files = await grant(paths);
    // macOS opens files also before the first window and after the last one
    if (hasOpened) showWindow(distribution);
    facts.whenFollowed(() => tell({ kind: 'files-opened', files }));
  };
  onFilesOpened((paths) => void openFiles(paths));
  app.on('second-instance', () => showWindow(distribution));
  app.on('activate', () => showWindow(distribution));
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());
  const countRunning = () => tasks.tasks.filter(({ state }) => state === 'running' || state === 'queued').length;
  quitCleanly(countRunning, confirmQuit, async () => {
    await tasks.close();
    await history.close();
    await Promise.all([recent.close(), met.close(), transfers.close()]);
    connection.close();
  });
  registerPageScheme();
  app.enableSandbox();

  const open = async (): Promise<void> => {
    await Promise.all([app.whenReady(), settings.load(), history.load(), recent.load(), met.load()]);
    tasks.restore(await transfers.load());
    void partials.sweep();
    followTheme(settings.settings);
    lockDown();
    setMenu();
    servePage(join(distribution, 'renderer'), () => settings.settings.theme);
    const desktop = {
      reveal: (path: string) => shell.showItemInFolder(path),
      drag: dragFile,
      copy: (text: string) => clipboard.writeText(text),
    };
    const router = makeRouter({
      connection,
      images,
      layers,
      registry,
      tasks,
      history,
      settings,
      logins,
      licences,
      access,
      forecasts,
      recent,
      suggestions,
      grants,
      partials,
      facts,
      dialogs: makeDialogs(grants, grant),
      desktop,
    });
    connectPage(router, grant);
    void connection.run();
    openWindow(distribution);
    hasOpened = true;
    const paths = pathsIn(process.argv, process.cwd());
    if (paths.length > 0) void openFiles(paths);
  };
  void open();
}
