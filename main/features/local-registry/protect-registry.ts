import type { Login } from '../../../contract/login.ts';
import type { NewRegistryLogin } from '../../../contract/registry.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { statusAt } from './ask-registry.ts';
import { ownRegistry, startWith } from './made-anew.ts';
import type { RegistryBook } from './registry-book.ts';
import { letsEverybodyIn } from './registry-failures.ts';
import { makePassword, passwordLine } from './registry-login.ts';

export type MadeLogin = { address: string; username: string; password: string };

/**
 * Has the registry ask everybody to sign in. Gives the only login that it takes once it answers again. It can't be stopped on the way, when
 * there may be no container. `keep` keeps the login before it counts: a registry that takes too long to answer asks for it nevertheless.
 */
export async function protectRegistry(
  engine: Engine,
  book: RegistryBook,
  username: string,
  keep: (login: MadeLogin) => Promise<Login>,
): Promise<NewRegistryLogin> {
  const login = { username, password: makePassword() };
  const now = await ownRegistry(engine, book);
  let kept = now.address === undefined ? undefined : await keep({ ...login, address: now.address });
  const address = await startWith(engine, book, now, { loginLine: await passwordLine(username, login.password) });
  if (!kept || address !== now.address) kept = await keep({ ...login, address });
  // nobody is told that it is locked before it was tried
  if ((await statusAt(address, { authority: book.authorityOf(address) })) !== 401) throw letsEverybodyIn();
  return { ...kept, ...login };
}

/** Lets everybody on this computer in again, and nobody else. Gives its address. */
export const openRegistry = async (engine: Engine, book: RegistryBook): Promise<string> =>
  startWith(engine, book, await ownRegistry(engine, book), { loginLine: '' });
