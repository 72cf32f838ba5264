import type { Engine } from '../../foundation/engine/open-engine.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { inspectRegistry } from './inspect-registries.ts';
import type { RegistryBook } from './registry-book.ts';
import { keepsItsSettings, letsEverybodyIn, notThere } from './registry-failures.ts';
import { makePassword, passwordLine } from './registry-login.ts';
import { startRegistry } from './start-registry.ts';

export type MadeLogin = { address: string; username: string; password: string };

/**
 * Has the registry ask everybody to sign in. Gives the only login that it takes, and its address, once it answers again. It can't be stopped
 * on the way, when there may be no container.
 */
export async function protectRegistry(engine: Engine, book: RegistryBook, username: string): Promise<MadeLogin> {
  const password = makePassword();
  const address = await startWithLogin(engine, book, await passwordLine(username, password));
  // nobody is told that it is locked before it was tried
  if ((await fetch(`http://${address}/v2/`)).status !== 401) throw letsEverybodyIn();
  return { address, username, password };
}

/** Lets everybody on this computer in again. Gives its address. */
export const openRegistry = (engine: Engine, book: RegistryBook): Promise<string> => startWithLogin(engine, book, '');

async function startWithLogin(engine: Engine, book: RegistryBook, loginLine: string): Promise<string> {
  const now = await inspectRegistry(engine, book);
  if (!('containerId' in now)) throw notThere();
  if (now.maker !== 'layerdeck') throw keepsItsSettings(now.name);
  const quiet: OperationContext = { id: '', signal: new AbortController().signal, report: () => {}, log: () => {} };
  return (await startRegistry(engine, quiet, { book, getImage: async () => now.image, loginLine })).address;
}
