import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FailureError, toFailure } from '../../foundation/failures/failure.ts';
import type { Credentials } from '../../foundation/registries/logins/credentials.ts';
import type { Logins } from '../../foundation/registries/logins/logins.ts';

/** Whether an engine signs in with a token that stands for a password. Podman's API reads nothing but user name and password. */
export const takesTokens = ({ product }: Pick<Engine, 'product'>): boolean => product !== 'Podman';

/** The login with which the engine reaches a registry; undefined if there is none. Rejects if there is one that this engine can't use. */
export async function loginForEngine(engine: Engine, logins: Logins, registry: string | undefined): Promise<Credentials | undefined> {
  const login = await logins.find(registry);
  if (login && !isUsable(engine, login)) throw unusable(registry ?? 'docker.io');
  return login;
}

/** Lets `ask` do without a login that this engine can't use: what is public needs none. It is blamed if the registry asks for one. */
export async function withLoginForEngine<T>(
  engine: Engine,
  logins: Logins,
  registry: string | undefined,
  ask: (login: Credentials | undefined) => Promise<T>,
): Promise<T> {
  const login = await logins.find(registry);
  if (!login || isUsable(engine, login)) return ask(login);
  try {
    return await ask(undefined);
  } catch (error) {
    // without a login, a registry may also say that it is not allowed
    const isRefused = ['sign-in', 'registry-refused'].includes(toFailure(error).kind);
    throw isRefused ? unusable(registry ?? 'docker.io') : error;
  }
}

const isUsable = (engine: Engine, { password }: Credentials): boolean => password !== undefined || takesTokens(engine);

const unusable = (registry: string): FailureError =>
  new FailureError({
    kind: 'sign-in',
    title: `Podman can’t use your sign-in to ${registry}`,
    detail: 'The registry gave a token in place of your password when you signed in, and Podman only takes a user name and a password.',
    hint: 'Sign in again: as long as Podman is the engine in use, Layerdeck keeps the password.',
    registry,
  });
