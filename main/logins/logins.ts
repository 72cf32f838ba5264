import type { Login } from '../../contract/login.ts';
import { FailureError } from '../engine/failure.ts';
import { CredentialHelper } from './credential-helper.ts';
import { type Credentials, toHeader } from './credentials.ts';
import { forgetInFile, helperFor, loginInFile, readDockerConfig } from './docker-config.ts';
import type { Keychain } from './keychain.ts';
import { registryOfServer, serverOf } from './server-names.ts';

/** Every login this computer has for registries: docker's own and those made here. Nothing of a secret is ever logged. */
export class Logins {
  readonly #keychain: Keychain | undefined;

  constructor(keychain?: Keychain) {
    this.#keychain = keychain;
  }

  /** The login for a registry; undefined where there is none. One made here counts before docker's, which may be older. */
  async find(registry: string | undefined): Promise<Credentials | undefined> {
    const server = serverOf(registry);
    const own = await this.#keychain?.find(server);
    if (own) return own;
    const config = await readDockerConfig();
    const name = helperFor(config, registry);
    // a helper fails where it knows no login: then there is none
    const helped = name ? await helper(name, (found) => found.get(server)) : undefined;
    return helped ?? loginInFile(config, registry);
  }

  /** Value of the `X-Registry-Auth` header; an empty login where there is none, as push refuses a missing header. */
  async header(registry: string | undefined): Promise<string> {
    return toHeader((await this.find(registry)) ?? {});
  }

  /** Value of the `X-Registry-Config` header: every login there is, as the classic builder does not say which it needs. */
  async configHeader(): Promise<string> {
    const servers = await this.#servers();
    const logins = await Promise.all(servers.map(async (server) => [server, await this.find(registryOfServer(server))] as const));
    return toHeader(Object.fromEntries(logins.filter(([, login]) => login !== undefined)));
  }

  /** Without the secrets, in the order of their registries. */
  async list(): Promise<Login[]> {
    const registries = [...new Set((await this.#servers()).map(registryOfServer))].sort();
    const found = await Promise.all(registries.map((registry) => this.#describe(registry)));
    return found.filter((login) => login !== undefined);
  }

  /** Keeps a login that was found to be right: with docker's helper where there is one, else in the system's keychain. */
  async store(registry: string, secret: Omit<Credentials, 'serveraddress'>): Promise<Login> {
    const login = { ...secret, serveraddress: serverOf(registry) };
    const name = helperFor(await readDockerConfig(), registry);
    const isHelped = name !== undefined && (await helper(name, (found) => found.store(login).then(() => true))) === true;
    if (isHelped) await this.#keychain?.erase(login.serveraddress);
    else await this.#keychain?.store(login);
    return { registry, ...(secret.username && { username: secret.username }), keptIn: await this.#placeOf(registry) };
  }

  /** Forgets the login wherever it is kept. */
  async forget(registry: string): Promise<void> {
    const server = serverOf(registry);
    const name = helperFor(await readDockerConfig(), registry);
    await this.#keychain?.erase(server);
    if (name) await helper(name, (found) => found.erase(server));
    await forgetInFile(registry);
    // how a helper says that it could not is its own affair: that it still has the login tells
    if (name && (await helper(name, (found) => found.get(server)))) throw stillThere(registry, name);
  }

  async #servers(): Promise<string[]> {
    const { auths, credHelpers, credsStore } = await readDockerConfig();
    const helped = credsStore ? await helper(credsStore, (found) => found.list()) : undefined;
    const own = await this.#keychain?.servers();
    return [...new Set([...Object.keys(auths ?? {}), ...Object.keys(credHelpers ?? {}), ...Object.keys(helped ?? {}), ...(own ?? [])])];
  }

  async #describe(registry: string): Promise<Login | undefined> {
    const login = await this.find(registry);
    return login && { registry, ...(login.username && { username: login.username }), keptIn: await this.#placeOf(registry) };
  }

  async #placeOf(registry: string): Promise<Login['keptIn']> {
    const server = serverOf(registry);
    if (this.#keychain?.isForgottenAtTheEnd(server)) return { kind: 'memory' };
    if ((await this.#keychain?.find(server)) !== undefined) return { kind: 'keychain' };
    const config = await readDockerConfig();
    const name = helperFor(config, registry);
    const isHelped = name !== undefined && (await helper(name, (found) => found.get(server))) !== undefined;
    return isHelped ? { kind: 'helper', name } : { kind: 'docker-file' };
  }
}

const stillThere = (registry: string, name: string): FailureError =>
  new FailureError({
    kind: 'not-permitted',
    title: `You are still signed in to ${registry}`,
    detail: `Docker’s credential helper “${name}” keeps this login and did not give it up.`,
    hint: 'Unlock it, or remove the login there.',
  });

/** Asks a helper; undefined where it has no answer, which is also how it says that it knows no such login. */
async function helper<T>(name: string, ask: (helper: CredentialHelper) => Promise<T>): Promise<T | undefined> {
  try {
    return await ask(new CredentialHelper(name));
  } catch {
    return undefined;
  }
}
