import type Docker from 'dockerode';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import { RegistryError } from '../../foundation/registries/errors/registry-error.ts';
import type { Logins } from '../../foundation/registries/logins/logins.ts';
import { RegistryClient } from '../../foundation/registries/registry-client.ts';
import { readVersion } from './registry-details.ts';
import { changeSettings } from './settings-file.ts';

/** With what a cache signs in to its registry. */
export type CacheLogin = { username: string; password: string; scheme: 'basic' | 'bearer' };

/** Docker Hub by its own name, others as they are called. */
export const registryOf = (url: URL): string => (url.host === 'registry-1.docker.io' ? 'docker.io' : url.host);

/**
 * Asks a registry whether a sign-in is right, before a cache has it: a cache that is refused starts all the same, and then answers that there is no image.
 * Only a registry that is given as `http://` is asked without encryption.
 */
export async function checkCacheLogin(url: URL, login: { username: string; password: string }, signal?: AbortSignal): Promise<CacheLogin> {
  const registry = registryOf(url);
  const isInsecure = url.protocol === 'http:';
  const client = await RegistryClient.open({ registry, login: { ...login, serveraddress: registry }, isInsecure }, signal);
  try {
    const { scheme } = client;
    if (scheme === undefined) throw needsNone(registry);
    await client.checkLogin(signal);
    return { ...login, scheme };
  } catch (error) {
    throw error instanceof RegistryError && error.status === 401 ? wrongLogin(registry, error) : error;
  } finally {
    client.close();
  }
}

/** The sign-in that Layerdeck has for a registry. Throws the failure to show if there is none that a cache can use. */
export async function knownLogin(url: URL, logins: Logins): Promise<{ username: string; password: string }> {
  const registry = registryOf(url);
  const login = await logins.find(registry);
  if (!login?.username || login.password === undefined) throw noPassword(registry, login !== undefined);
  return { username: login.username, password: login.password };
}

/** Puts a sign-in into a cache's container, which must not have been started. */
export const keepCacheLogin = ({ docker }: Engine, container: Docker.Container, { username, password }: CacheLogin): Promise<void> =>
  changeSettings(docker, container, (settings) => ({
    ...settings,
    proxy: { ...(settings.proxy as object | undefined), username, password },
  }));

/** Throws if the program of a cache that runs can't sign in to its registry: distribution before 3 knows only registries that give tokens. */
export async function checkProgram(
  engine: Engine,
  cache: { containerId: string; address: string },
  { scheme }: CacheLogin,
  remote: string,
): Promise<void> {
  if (scheme === 'bearer') return;
  const version = await readVersion(engine, cache);
  if (version !== undefined && /^[0-2]\./.test(version)) throw tooOld(remote, version);
}

const wrongLogin = (registry: string, { message }: RegistryError): FailureError =>
  new FailureError({
    kind: 'sign-in',
    title: 'The user name or the password is wrong',
    detail: `${registry === 'docker.io' ? 'Docker Hub' : registry} doesn’t accept them. No cache was started.`,
    hint: 'Check both. Many registries need an access token instead of your account’s password.',
    cause: message,
    registry,
  });

const needsNone = (registry: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: `${registry} lets everybody in`,
    detail: 'It asks nobody to sign in, so the password couldn’t be checked, and a cache would have no use for it.',
    hint: 'Start the cache without a sign-in.',
  });

const noPassword = (registry: string, hasToken: boolean): FailureError =>
  new FailureError({
    kind: 'sign-in',
    title: hasToken ? 'That sign-in has no password' : `You aren’t signed in to ${registry}`,
    detail: hasToken
      ? `${registry} gave a token in its place when you signed in, and a cache takes only a user name and a password.`
      : 'There’s no user name and password to use.',
    hint: 'Enter a user name, and a password or an access token.',
  });

const tooOld = (remote: string, version: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: `A cache made from this image can’t sign in to ${remote}`,
    detail: `It has version ${version} of the registry’s program, which signs in only where tokens are given. ${remote} wants the password itself.`,
    hint: 'Get registry:3, remove the image that is here, and start the cache again.',
  });
