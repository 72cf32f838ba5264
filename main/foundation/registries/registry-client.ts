import type { Dispatcher } from 'undici';
import { type Challenge, parseChallenge } from './challenge.ts';
import { connectionsTo } from './connections.ts';
import { RegistryError, refusal, troubleAt, unreachable } from './errors/registry-error.ts';
import { followRedirects } from './follow-redirects.ts';
import { type HostPace, paceOf } from './host-pace.ts';
import type { Credentials } from './logins/credentials.ts';
import { Tokens } from './tokens.ts';
import { trustedCertificates } from './trusted-certificates.ts';
import { startOfBody, wholeBody } from './whole-body.ts';
import { type Answer, type Ask, type WholeAnswer, Wire } from './wire.ts';

export type RegistryAccess = {
  /** `docker.io`, `localhost:5000`. */
  registry: string;
  /** Where it is asked, if that is another of its names. */
  localName?: string;
  login: Credentials | undefined;
  /** Whether unencrypted and untrusted connections are allowed, by the engine's settings or the address. */
  isInsecure: boolean;
  /** The authority, as PEM, that alone vouches for it: encryption is a must then, whatever else is allowed. */
  authority?: string | undefined;
};

/** Milliseconds until a registry has to answer, and within which more data has to arrive. */
const patience = { headersTimeout: 15_000, bodyTimeout: 60_000 };
/** Milliseconds to open a connection; fewer for a first attempt that may be followed by one without encryption. */
const connectWithin = { usually: 15_000, first: 5_000 };

/** Speaks the distribution protocol (OCI distribution-spec 1.1) with one registry, with a login or anonymously. */
export class RegistryClient implements Disposable {
  readonly registry: string;
  /** `https://registry-1.docker.io`. */
  readonly origin: string;
  readonly #access: RegistryAccess;
  readonly #dispatcher: Dispatcher;
  readonly #wire: Wire;
  readonly #tokens: Tokens;
  readonly #pace: HostPace;

  private constructor(access: RegistryAccess, origin: string, dispatcher: Dispatcher) {
    this.registry = access.registry;
    this.origin = origin;
    this.#access = access;
    this.#dispatcher = dispatcher;
    this.#wire = new Wire(dispatcher, access.authority !== undefined);
    this.#tokens = new Tokens(access.login, dispatcher, origin);
    this.#pace = paceOf(origin);
  }

  /** Finds out whether the registry uses encryption. Rejects with `RegistryError` if nothing answers. */
  static async open(access: RegistryAccess, signal?: AbortSignal): Promise<RegistryClient> {
    const host = access.registry === 'docker.io' ? 'registry-1.docker.io' : (access.localName ?? access.registry);
    if (!URL.canParse(`https://${host}`)) throw noAddress(access.registry);
    const { authority } = access;
    const isInsecure = access.isInsecure && authority === undefined;
    const trusted = authority === undefined ? await trustedCertificates(host) : { ca: [authority] };
    const tls = { ...trusted, rejectUnauthorized: !isInsecure };
    const timeout = isInsecure ? connectWithin.first : connectWithin.usually;
    const options = { connect: { ...tls, timeout }, requestTls: tls, ...patience };
    const dispatcher = connectionsTo(host, options);
    const encrypted = new RegistryClient(access, `https://${host}`, dispatcher);
    try {
      await encrypted.ping(signal);
      return encrypted;
    } catch (error) {
      // like engines, try without encryption only for an insecure registry, and only after encryption failed
      if (!isInsecure || !(error instanceof RegistryError) || signal?.aborted) throw closed(dispatcher, error);
    }
    const plain = new RegistryClient(access, `http://${host}`, dispatcher);
    await plain.ping(signal).catch((error) => {
      throw closed(dispatcher, error);
    });
    return plain;
  }

  /** The registry's messages to people, without duplicates. */
  get warnings(): ReadonlySet<string> {
    return this.#wire.warnings;
  }

  get isPlain(): boolean {
    return this.origin.startsWith('http:');
  }

  /** Whether the registry asks for a login. */
  get wantsLogin(): boolean {
    return this.#tokens.challenge !== undefined;
  }

  /** How it asks for one; undefined if it asks nobody. */
  get scheme(): Challenge['scheme'] | undefined {
    return this.#tokens.challenge?.scheme;
  }

  get username(): string | undefined {
    return this.#access.login?.username;
  }

  /** Finds out whether the registry asks for a login. Rejects only if it does not answer as a registry. */
  async ping(signal?: AbortSignal): Promise<void> {
    const url = `${this.origin}/v2/`;
    const { statusCode, headers, body } = await this.#wire.send(url, { method: 'GET', signal }).catch((error) => {
      throw this.#asOwn(error);
    });
    await body.dump().catch(() => {});
    if (statusCode === 401) this.#tokens.challenge = parseChallenge(headers['www-authenticate']);
    else if (statusCode === 429 || statusCode >= 500) throw this.#asOwn(refusal('GET', url, statusCode, ''));
  }

  /** Sends a request with the login, and rejects if the registry does not accept it. */
  async checkLogin(signal?: AbortSignal): Promise<void> {
    await this.tell({ method: 'GET', url: '/v2/', scopes: [], accept: [200], signal });
  }

  /** A token in place of the login, if the registry gives one. */
  identityToken(): Promise<string | undefined> {
    return this.#tokens.identityToken();
  }

  /** Sends one request. Rejects with `RegistryError` at every status that is not accepted. The body may still break off. */
  async request(ask: Ask): Promise<Answer> {
    try {
      const answer = await this.#request(ask);
      this.#pace.noticeAnswer();
      return answer;
    } catch (error) {
      if (error instanceof RegistryError && error.status === 429) this.#pace.slowDown(this.#who, error.retryAfter);
      throw this.#asOwn(error);
    }
  }

  /** The same with the complete body, if it is small. Rejects if it is longer than `longest`. */
  read(ask: Ask, longest: number): Promise<WholeAnswer> {
    return this.#inTurn(ask, () => this.#read(ask, longest));
  }

  async #read(ask: Ask, longest: number): Promise<WholeAnswer> {
    const { statusCode, headers, body } = await this.request(ask);
    try {
      return { statusCode, headers, bytes: await wholeBody({ body }, longest) };
    } catch (error) {
      ask.signal?.throwIfAborted();
      throw this.#asOwn(error instanceof RegistryError ? error : unreachable(ask.method, new URL(ask.url, this.origin).href, error));
    }
  }

  /** The same if it only matters that the request was accepted. */
  tell(ask: Ask): Promise<Omit<WholeAnswer, 'bytes'>> {
    return this.#inTurn(ask, () => this.#tell(ask));
  }

  async #tell(ask: Ask): Promise<Omit<WholeAnswer, 'bytes'>> {
    const { statusCode, headers, body } = await this.request(ask);
    // the body does not matter
    await body.dump().catch(() => {});
    return { statusCode, headers };
  }

  /** Small requests wait until the host isn't asked too much at once; what streams up may itself wait for one of them. */
  async #inTurn<T>(ask: Ask, request: () => Promise<T>): Promise<T> {
    if (!isRepeatable(ask)) return request();
    const { href } = new URL(ask.url, this.origin);
    try {
      return await this.#pace.run(href, this.#who, request, ask.signal);
    } catch (error) {
      throw this.#asOwn(error);
    }
  }

  /** By whom a registry counts requests. */
  get #who(): string {
    return this.username ?? '';
  }

  /** The error for an answer that was accepted at first but is a refusal after all. */
  refuse(method: Ask['method'], url: string, status: number): unknown {
    return this.#asOwn(refusal(method, new URL(url, this.origin).href, status, ''));
  }

  #asOwn(error: unknown): unknown {
    if (!(error instanceof RegistryError) || error.registry !== undefined) return error;
    error.registry = this.registry;
    error.hadLogin = this.#access.login !== undefined;
    error.username = this.username;
    return error;
  }

  async #request(ask: Ask): Promise<Answer> {
    const url = new URL(ask.url, this.origin);
    let answer = await this.#wire.send(url.href, ask, await this.#authorization(url, ask));
    // other servers never get the login and do not decide who does
    if (answer.statusCode === 401 && isRepeatable(ask) && url.origin === this.origin) {
      await answer.body.dump().catch(() => {});
      // the token may have expired, or the registry may want a different scope than expected
      this.#tokens.forget(ask.scopes);
      this.#tokens.challenge = parseChallenge(answer.headers['www-authenticate']) ?? this.#tokens.challenge;
      answer = await this.#wire.send(url.href, ask, await this.#authorization(url, ask));
    }
    const send = async (at: URL) => this.#wire.send(at.href, ask, await this.#authorization(at, ask));
    answer = await followRedirects(url, ask, answer, { origin: this.origin, isPlain: this.isPlain, send });
    if (ask.accept.includes(answer.statusCode)) return answer;
    const retryAfter = [answer.headers['retry-after']].flat()[0];
    throw refusal(ask.method, url.href, this.#meantStatus(answer), await startOfBody(answer), retryAfter);
  }

  /** Token servers give everybody a token; if it allows too little, the status is also 401, but signing in again would not help. */
  #meantStatus({ statusCode, headers }: Answer): number {
    const challenge = statusCode === 401 && this.#access.login ? parseChallenge(headers['www-authenticate']) : undefined;
    return challenge?.scheme === 'bearer' && challenge.error === 'insufficient_scope' ? 403 : statusCode;
  }

  /** Closes its connections. */
  close(): void {
    void this.#dispatcher.destroy();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async #authorization(url: URL, { scopes, signal }: Ask): Promise<Record<string, string>> {
    // after a redirect elsewhere, the other server does not get the login
    if (url.origin !== this.origin) return {};
    const authorization = await this.#tokens.authorization(scopes, signal);
    return authorization ? { authorization } : {};
  }
}

const isRepeatable = ({ body }: Ask): boolean => body === undefined || Buffer.isBuffer(body);

function noAddress(registry: string): RegistryError {
  const error = troubleAt('GET', registry, 'no-address', registry);
  error.registry = registry;
  return error;
}

function closed(dispatcher: Dispatcher, error: unknown): unknown {
  // not awaited, as a silent registry would delay this too
  void dispatcher.destroy();
  return error;
}
