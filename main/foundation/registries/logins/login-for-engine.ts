import type { Failure } from '../../../../contract/failure.ts';
import type { Engine } from '../../engine/open-engine.ts';
import { FailureError, toFailure } from '../../failures/failure.ts';
import type { Credentials } from './credentials.ts';
import type { Logins } from './logins.ts';

/** Whether an engine signs in with a token that stands for a password. Podman's API reads nothing but user name and password. */
export const takesTokens = ({ product }: Pick<Engine, 'product'>): boolean => product !== 'Podman';

/**
 * The login with which the engine reaches a registry; undefined if there is none. Rejects if there is one that this engine can't use, or
 * if somebody else answers in the place of a registry on this computer: engines ask for no certificate there.
 */
export async function loginForEngine(engine: Engine, logins: Logins, registry: string | undefined): Promise<Credentials | undefined> {
  await checkIsItself(logins, registry);
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
  await checkIsItself(logins, registry);
  const login = await logins.find(registry);
  if (!login || isUsable(engine, login)) return ask(login);
  try {
    return await ask(undefined);
  } catch (error) {
    throw isOfLogin(toFailure(error)) ? unusable(registry ?? 'docker.io') : error;
  }
}

/** The failure of something that reaches several registries: if one of them refused an engine that can't use the login there, in these words. */
export async function blameLogin(engine: Engine, logins: Logins, failure: Failure): Promise<Failure> {
  if (takesTokens(engine) || !isOfLogin(failure)) return failure;
  // Podman names the image as docker://HOST/NAME
  const [, registry] = /\bdocker:\/\/([^/\s]+)\//.exec(failure.cause ?? '') ?? [];
  const login = registry && (await logins.find(registry).catch(() => undefined));
  return login && !isUsable(engine, login) ? { ...unusable(registry).failure, cause: failure.cause } : failure;
}

async function checkIsItself(logins: Logins, registry: string | undefined): Promise<void> {
  const why = await logins.whyNotFor(registry);
  if (why) throw why;
}

// without a login, a registry may also say that it is not allowed
const isOfLogin = ({ kind }: Failure): boolean => kind === 'sign-in' || kind === 'registry-refused';

const isUsable = (engine: Engine, { password }: Credentials): boolean => password !== undefined || takesTokens(engine);

const unusable = (registry: string): FailureError =>
  new FailureError({
    kind: 'sign-in',
    title: `Podman can’t use your sign-in to ${registry}`,
    detail: 'The registry gave a token in place of your password when you signed in, and Podman only takes a user name and a password.',
    hint: 'Sign in again: as long as Podman is the engine in use, Layerdeck keeps the password.',
    registry,
  });
