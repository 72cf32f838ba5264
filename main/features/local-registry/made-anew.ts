import type { LocalRegistry } from '../../../contract/registry.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { inspectRegistry } from './inspect-registries.ts';
import type { RegistryBook } from './registry-book.ts';
import { keepsItsSettings, notThere } from './registry-failures.ts';
import { type StartOrder, startRegistry } from './start-registry.ts';

type Own = Extract<LocalRegistry, { containerId: string }>;

/** Layerdeck's own registry, running or not. Throws the failure to show if there is none, or if somebody else made it. */
export async function ownRegistry(engine: Engine, book: RegistryBook): Promise<Own> {
  const now = await inspectRegistry(engine, book);
  if (!('containerId' in now)) throw notThere();
  if (now.maker !== 'layerdeck') throw keepsItsSettings(now.name);
  return now;
}

/** Makes the own registry anew with another setting. Gives its address once it answers; it can't be stopped on the way, when there may be no container. */
export async function startWith(
  engine: Engine,
  book: RegistryBook,
  { image }: Own,
  setting: Pick<StartOrder, 'loginLine' | 'isOpen' | 'tls'>,
): Promise<string> {
  const quiet: OperationContext = { id: '', signal: new AbortController().signal, report: () => {}, log: () => {} };
  return (await startRegistry(engine, quiet, { book, getImage: async () => image, ...setting })).address;
}
