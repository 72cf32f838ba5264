import type { Credentials } from '../logins/credentials.ts';
import { serverOf } from '../logins/server-names.ts';
import { isLoopback } from './is-loopback.ts';
import type { IsInsecure } from './open-repository.ts';
import { RegistryClient } from './registry-client.ts';
import { signInFailure } from './sign-in-failure.ts';

type NamedLogin = { username: string; password: string };

/**
 * Asks a registry whether a login is right. Resolves to what is to be kept of it: a token that stands for it where the
 * registry gives one, so that the password need not be. Rejects where it is wrong.
 */
export async function checkLogin(
  registry: string,
  login: NamedLogin,
  isInsecure: IsInsecure,
  signal?: AbortSignal,
): Promise<Omit<Credentials, 'serveraddress'>> {
  const whole = { ...login, serveraddress: serverOf(registry) };
  try {
    const insecure = isLoopback(registry) || (await isInsecure(registry));
    using client = await RegistryClient.open({ registry, login: whole, isInsecure: insecure }, signal);
    await client.checkLogin(signal);
    const identitytoken = await client.identityToken();
    return identitytoken ? { username: login.username, identitytoken } : login;
  } catch (error) {
    throw signInFailure(registry, true, error) ?? error;
  }
}
