import { type Daemon, startDaemon } from './daemon.ts';
import { makeCommands } from './docker-command.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { installMissing } from './install-missing.ts';
import { makeBridge } from './network.ts';
import { removeOnOwnEnd } from './remove-on-own-end.ts';
import { removeTraces } from './remove-traces.ts';
import { makeWorkspace, removeStaleWorkspaces, type Workspace } from './workspace.ts';

/** Starts a private engine, or uses the one that LAYERDECK_TEST_ENGINE names. Several can run at the same time. */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const named = process.env.LAYERDECK_TEST_ENGINE;
  if (named && !options.version) return openNamedEngine(named);
  installMissing();
  await removeStaleWorkspaces();
  const { features, insecureRegistries } = options;
  const workspace = makeWorkspace({
    ...(features && { features }),
    ...(insecureRegistries && { 'insecure-registries': insecureRegistries }),
  });
  const forget = removeOnOwnEnd(workspace.folder);
  const removeAll = async () => {
    await removeTraces(workspace);
    forget();
  };
  try {
    await makeBridge(workspace.bridge);
    return await openEngine(workspace, options, removeAll);
  } catch (error) {
    await removeAll();
    throw error;
  }
}

async function openEngine(workspace: Workspace, options: EngineOptions, removeAll: () => Promise<void>): Promise<Engine> {
  let daemon: Daemon | undefined = await startDaemon(workspace, options);
  const end = async (signal: NodeJS.Signals) => {
    daemon?.process.kill(signal);
    await daemon?.ended;
    daemon = undefined;
  };
  const host = `unix://${workspace.socket}`;
  return {
    socket: workspace.socket,
    host,
    dataRoot: workspace.dataRoot,
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGTERM');
      daemon = await startDaemon(workspace, options);
    },
    stop: async () => {
      await end('SIGTERM');
      await removeAll();
    },
    ...makeCommands(host),
  };
}

/** An engine that is not ours is neither started nor ended. */
function openNamedEngine(host: string): Engine {
  const refuse = async () => {
    throw new Error('LAYERDECK_TEST_ENGINE names an engine that is not ours to end.');
  };
  const socket = host.replace(/^unix:\/\//, '');
  return { socket, host, dataRoot: '', kill: refuse, restart: refuse, stop: async () => {}, ...makeCommands(host) };
}
