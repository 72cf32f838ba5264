import { FailureError } from '../engine/failure.ts';
import type { Credentials } from '../logins/credentials.ts';
import { serverOf } from '../logins/server-names.ts';
import { isLoopback } from './is-loopback.ts';
import type { IsInsecure } from './open-repository.ts';
import { RegistryClient } from './registry-client.ts';
import { RegistryError } from './registry-error.ts';

type NamedLogin = { username: string; password: string };

/**
 * Asks a registry whether a login is right. Resolves to what is to be kept of it: a token that stands for it where the
 * registry gives one, so that the password need not be. Rejects where it is wrong. A registry that asks nobody who they are
 * takes any; some then ask when something is pushed.
 */
export async function checkLogin(
  registry: string,
  login: NamedLogin,
  isInsecure: IsInsecure,
  signal?: AbortSignal,
): Promise<{ secret: Omit<Credentials, 'serveraddress'>; isChecked: boolean }> {
  const whole = { ...login, serveraddress: serverOf(registry) };
  let client: RegistryClient | undefined;
  try {
    const insecure = isLoopback(registry) || (await isInsecure(registry));
    client = await RegistryClient.open({ registry, login: whole, isInsecure: insecure }, signal);
    await client.checkLogin(signal);
    const identitytoken = await client.identityToken();
    const secret = identitytoken ? { username: login.username, identitytoken } : login;
    return { secret, isChecked: client.wantsLogin };
  } catch (error) {
    throw error instanceof RegistryError && error.status === 401 ? notTaken(registry, error) : error;
  } finally {
    client?.close();
  }
}

const notTaken = (registry: string, { message }: RegistryError): FailureError =>
  new FailureError({
    kind: 'sign-in',
    title: 'The name or the password is wrong',
    detail: `${registry === 'docker.io' ? 'Docker Hub' : registry} does not take them. Nothing was kept.`,
    hint: 'Check both. Many registries want an access token in place of the password of your account.',
    cause: message,
    registry,
  });
