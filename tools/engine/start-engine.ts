import { type Daemon, startDaemon } from './daemon.ts';
import { makeCommands } from './docker-command.ts';
import { configureDockerd } from './dockerd.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { type EngineKind, factsOf, wantedKind } from './engine-kinds.ts';
import { enginePackages, installMissing } from './install-missing.ts';
import { makeBridge } from './network.ts';
import { configurePodman } from './podman.ts';
import { removeOnOwnEnd } from './remove-on-own-end.ts';
import { removeTraces } from './remove-traces.ts';
import { makeWorkspace, removeStaleWorkspaces, type Workspace } from './workspace.ts';

/** Starts a private engine, or uses the one that LAYERDECK_TEST_ENGINE names. Several can run at the same time. */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const named = process.env.LAYERDECK_TEST_ENGINE;
  if (named && !options.kind) return openNamedEngine(named);
  const kind = options.kind ?? wantedKind();
  installMissing(kind === 'podman' ? [...enginePackages, 'podman'] : enginePackages);
  await removeStaleWorkspaces();
  const workspace = makeWorkspace();
  const forget = removeOnOwnEnd(workspace.folder);
  const removeAll = async () => {
    await removeTraces(workspace);
    forget();
  };
  try {
    await makeBridge(workspace.bridge);
    if (factsOf(kind).product === 'docker') configureDockerd(workspace, factsOf(kind), options);
    else configurePodman(workspace, options);
    return await openEngine(workspace, kind, options, removeAll);
  } catch (error) {
    await removeAll();
    throw error;
  }
}

async function openEngine(workspace: Workspace, kind: EngineKind, options: EngineOptions, removeAll: () => Promise<void>): Promise<Engine> {
  let daemon: Daemon | undefined = await startDaemon(workspace, kind, options);
  const end = async (signal: NodeJS.Signals) => {
    daemon?.process.kill(signal);
    // one that is paused ends, too
    daemon?.process.kill('SIGCONT');
    await daemon?.ended;
    daemon = undefined;
  };
  const host = `unix://${workspace.socket}`;
  return {
    kind,
    socket: workspace.socket,
    host,
    dataRoot: workspace.dataRoot,
    kill: () => end('SIGKILL'),
    pause: () => void daemon?.process.kill('SIGSTOP'),
    goOn: () => void daemon?.process.kill('SIGCONT'),
    restart: async () => {
      await end('SIGTERM');
      daemon = await startDaemon(workspace, kind, options);
    },
    stop: async () => {
      await end('SIGTERM');
      await removeAll();
    },
    ...makeCommands(host),
  };
}

/** An engine that is not ours: neither started nor stopped. */
function openNamedEngine(host: string): Engine {
  const refuse = () => {
    throw new Error('LAYERDECK_TEST_ENGINE names an engine that is not ours to end.');
  };
  const reject = async () => refuse();
  const socket = host.replace(/^unix:\/\//, '');
  return {
    socket,
    host,
    dataRoot: '',
    kill: reject,
    pause: refuse,
    goOn: refuse,
    restart: reject,
    stop: async () => {},
    ...makeCommands(host),
  };
}
