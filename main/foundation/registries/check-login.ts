import { isLoopback } from '../../../contract/reference.ts';
import { FailureError } from '../failures/failure.ts';
import { RegistryError } from './errors/registry-error.ts';
import type { Credentials } from './logins/credentials.ts';
import { serverOf } from './logins/server-names.ts';
import type { Access } from './open-repository.ts';
import { RegistryClient } from './registry-client.ts';

type NamedLogin = { username: string; password: string };

/**
 * Checks a login with its registry. Resolves to what should be stored: a token in place of the password, if the registry gives
 * one and the engine takes it. Rejects if the login is wrong. A registry that asks nobody to sign in accepts any login; some then ask at a push.
 */
export async function checkLogin(
  registry: string,
  login: NamedLogin,
  { logins, isInsecure, takesTokens }: Access,
  signal?: AbortSignal,
): Promise<{ secret: Omit<Credentials, 'serveraddress'>; isChecked: boolean }> {
  const whole = { ...login, serveraddress: serverOf(registry) };
  let client: RegistryClient | undefined;
  try {
    const localName = logins.near.localNameOf(registry);
    const insecure = isLoopback(localName) || (await isInsecure(registry));
    const authority = logins.near.authorityOf(registry);
    client = await RegistryClient.open({ registry, localName, login: whole, isInsecure: insecure, authority }, signal);
    await client.checkLogin(signal);
    const identitytoken = takesTokens() ? await client.identityToken() : undefined;
    const secret = identitytoken ? { username: login.username, identitytoken } : login;
    return { secret, isChecked: client.wantsLogin };
  } catch (error) {
    throw error instanceof RegistryError && error.status === 401 ? wrongLogin(registry, error) : error;
  } finally {
    client?.close();
  }
}

const wrongLogin = (registry: string, { message }: RegistryError): FailureError =>
  new FailureError({
    kind: 'sign-in',
    title: 'The user name or the password is wrong',
    detail: `${registry === 'docker.io' ? 'Docker Hub' : registry} doesn’t accept them. Nothing was stored.`,
    hint: 'Check both. Many registries need an access token instead of your account’s password.',
    cause: message,
    registry,
  });
