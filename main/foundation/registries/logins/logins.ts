import type { Login } from '../../../../contract/login.ts';
import { FailureError } from '../../failures/failure.ts';
import type { RegistryError } from '../errors/registry-error.ts';
import { type NearRegistries, nothingNear, whyNotItself } from '../own-authority.ts';
import { CredentialHelper, MissingHelper } from './credential-helper.ts';
import { type Credentials, toHeader } from './credentials.ts';
import type { Keychain } from './keychain.ts';
import { dockerLogins, helperFor, type LoginSettings, loginInFile, podmanLogins } from './login-file.ts';
import { registryOfServer, serverOf } from './server-names.ts';

/** Every login this computer has for registries: docker's, Podman's and Layerdeck's own. Secrets are never logged. */
export class Logins {
  readonly #keychain: Keychain | undefined;
  readonly near: NearRegistries;

  constructor(keychain?: Keychain, near: NearRegistries = nothingNear) {
    this.#keychain = keychain;
    this.near = near;
  }

  /**
   * The login for a registry; undefined if there is none. Layerdeck's own comes before docker's, which may be older, and docker's
   * before Podman's. Never rejects: an unreadable login counts as none, and so does one of a registry with an authority of its own
   * while somebody else answers in its place.
   */
  async find(registry: string | undefined): Promise<Credentials | undefined> {
    const login = (await this.#locate(registry))?.login ?? (await this.#loginByLocalName(registry));
    return login && (await this.whyNotFor(registry)) === undefined ? login : undefined;
  }

  /** Why nothing may be sent to whoever answers at a registry's address; undefined if something may. */
  async whyNotFor(registry: string | undefined): Promise<RegistryError | undefined> {
    const authority = registry === undefined ? undefined : this.near.authorityOf(registry);
    return registry !== undefined && authority !== undefined ? whyNotItself(this.near.localNameOf(registry), authority) : undefined;
  }

  /** One has signed in to a registry on this computer, whatever it is called. */
  async #loginByLocalName(registry: string | undefined): Promise<Credentials | undefined> {
    const local = registry === undefined ? undefined : this.near.localNameOf(registry);
    const login = local === undefined || local === registry ? undefined : (await this.#locate(local))?.login;
    return login && { ...login, serveraddress: serverOf(registry) };
  }

  /** Takes the login along to another address of the same registry. */
  async move(from: string, to: string): Promise<void> {
    const login = (await this.#locate(from))?.login;
    if (!login?.username || !login.password) return;
    await this.store(to, { username: login.username, password: login.password });
    await this.forget(from);
  }

  /** The helper that docker's settings name for a registry, if it is not on this computer: it may hold the login. */
  async missingHelper(registry: string): Promise<string | undefined> {
    const name = helperFor(await dockerLogins().read(), registry);
    if (name === undefined) return undefined;
    try {
      await new CredentialHelper(name).get(serverOf(registry));
    } catch (error) {
      if (error instanceof MissingHelper) return name;
    }
    return undefined;
  }

  /** The value of the `X-Registry-Config` header: all logins, as the classic builder does not say which ones it needs. */
  async configHeader(): Promise<string> {
    const servers = await this.#servers();
    const logins = await Promise.all(servers.map(async (server) => [server, await this.find(registryOfServer(server))] as const));
    return toHeader(Object.fromEntries(logins.filter(([, login]) => login !== undefined)));
  }

  /** All logins without their secrets, sorted by registry. */
  async list(): Promise<Login[]> {
    const registries = [...new Set((await this.#servers()).map(registryOfServer))].sort();
    const found = await Promise.all(registries.map((registry) => this.#describe(registry)));
    return found.filter((login) => login !== undefined);
  }

  /** Stores a login that was checked: with docker's helper if there is one, otherwise in the system's keychain. */
  async store(registry: string, secret: Omit<Credentials, 'serveraddress'>): Promise<Login> {
    const login = { ...secret, serveraddress: serverOf(registry) };
    const name = helperFor(await dockerLogins().read(), registry);
    const isHelped = name !== undefined && (await helper(name, (found) => found.store(login).then(() => true))) === true;
    if (isHelped) await this.#keychain?.erase(login.serveraddress);
    else await this.#keychain?.store(login);
    const kept = await this.#locate(registry);
    return { registry, ...(secret.username && { username: secret.username }), keptIn: kept?.keptIn ?? { kind: 'memory' } };
  }

  /** Removes the login wherever it is stored. */
  async forget(registry: string): Promise<void> {
    const server = serverOf(registry);
    const name = helperFor(await dockerLogins().read(), registry);
    await this.#keychain?.erase(server);
    if (name) await helper(name, (found) => found.erase(server));
    for (const file of [dockerLogins(), ...podmanLogins()]) await file.forget(registry);
    // helpers report failure in different ways; what counts is whether it still has the login
    if (name && (await helper(name, (found) => found.get(server)))) throw stillThere(registry, name);
  }

  async #servers(): Promise<string[]> {
    const { auths, credHelpers, credsStore } = await dockerLogins().read();
    const podmans = await Promise.all(podmanLogins().map((file) => file.read()));
    const helped = credsStore ? await helper(credsStore, (found) => found.list()) : undefined;
    const own = await this.#keychain?.servers();
    const all = [auths, credHelpers, helped ?? {}, ...podmans.map((settings) => settings.auths)].flatMap(Object.keys);
    return [...new Set([...all, ...(own ?? [])])];
  }

  async #describe(registry: string): Promise<Login | undefined> {
    const found = await this.#locate(registry);
    return found && { registry, ...(found.login.username && { username: found.login.username }), keptIn: found.keptIn };
  }

  async #locate(registry: string | undefined): Promise<Located | undefined> {
    const server = serverOf(registry);
    const own = await this.#keychain?.find(server).catch(() => undefined);
    if (own) return { login: own, keptIn: { kind: this.#keychain?.isInMemory(server) ? 'memory' : 'keychain' } };
    const docker = await dockerLogins().read();
    return (await dockersLogin(docker, registry)) ?? podmansLogin(registry);
  }
}

type Located = { login: Credentials; keptIn: Login['keptIn'] };

async function dockersLogin(settings: LoginSettings, registry: string | undefined): Promise<Located | undefined> {
  const name = helperFor(settings, registry);
  // a helper fails if it has no login, so that counts as none
  const helped = name ? await helper(name, (found) => found.get(serverOf(registry))) : undefined;
  if (name && helped) return { login: helped, keptIn: { kind: 'helper', name } };
  const inFile = loginInFile(settings, registry);
  return inFile && { login: inFile, keptIn: { kind: 'docker-file' } };
}

async function podmansLogin(registry: string | undefined): Promise<Located | undefined> {
  for (const file of podmanLogins()) {
    const login = loginInFile(await file.read(), registry);
    if (login) return { login, keptIn: { kind: 'podman-file' } };
  }
  return undefined;
}

const stillThere = (registry: string, name: string): FailureError =>
  new FailureError({
    kind: 'not-permitted',
    title: `You’re still signed in to ${registry}`,
    detail: `Docker’s credential helper “${name}” stores this login and didn’t remove it.`,
    hint: 'Unlock the helper, or remove the login there.',
  });

/** Asks a helper; undefined if it has no answer, which is also how it says that it has no such login. */
async function helper<T>(name: string, ask: (helper: CredentialHelper) => Promise<T>): Promise<T | undefined> {
  try {
    return await ask(new CredentialHelper(name));
  } catch {
    return undefined;
  }
}
