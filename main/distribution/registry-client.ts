import type { Readable } from 'node:stream';
import { type Dispatcher, request } from 'undici';
import type { Credentials } from '../logins/credentials.ts';
import { parseChallenge } from './challenge.ts';
import { connectionsTo } from './connections.ts';
import { RegistryError, refusal, troubleAt, unreachable } from './registry-error.ts';
import { Tokens } from './tokens.ts';
import { trustedCertificates } from './trusted-certificates.ts';
import { wholeBody } from './whole-body.ts';

export type RegistryAccess = {
  /** `docker.io`, `localhost:5000`. */
  registry: string;
  login: Credentials | undefined;
  /** Unencrypted and unknown connections are fine, as the engine's owner or the address says. */
  isInsecure: boolean;
};

export type Ask = {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Begins with `/v2/`, or a whole address that the registry gave. */
  url: string;
  /** What the token has to allow: `repository:app:pull`. */
  scopes: string[];
  headers?: Record<string, string>;
  body?: Readable | Buffer;
  /** The statuses that are no refusal. */
  accept: readonly number[];
  signal?: AbortSignal | undefined;
  /** Milliseconds until there has to be an answer, where more is asked for than a usual one. */
  answerWithin?: number;
  /** Nothing is sent over the same connection after it. */
  isLast?: boolean;
};

export type Answer = Dispatcher.ResponseData;
export type WholeAnswer = Pick<Answer, 'statusCode' | 'headers'> & { bytes: Buffer };

/** Milliseconds until a registry has to have answered, and within which something has to go on arriving. */
const patience = { headersTimeout: 15_000, bodyTimeout: 60_000 };
/** Milliseconds until a connection stands; of one that may have to be tried without encryption next. */
const connectWithin = { usually: 15_000, first: 5_000 };
const mostRedirects = 5;
/** Bytes read of what a registry says of an error. */
const longestError = 64 * 1024;

/** Speaks the distribution protocol (OCI distribution-spec 1.1) with one registry, as one person or as nobody. */
export class RegistryClient implements Disposable {
  readonly registry: string;
  /** `https://registry-1.docker.io`. */
  readonly origin: string;
  readonly #access: RegistryAccess;
  readonly #dispatcher: Dispatcher;
  readonly #tokens: Tokens;
  /** What the registry wants people to know, each once (`Warning` headers, RFC 7234). */
  readonly warnings = new Set<string>();

  private constructor(access: RegistryAccess, origin: string, dispatcher: Dispatcher) {
    this.registry = access.registry;
    this.origin = origin;
    this.#access = access;
    this.#dispatcher = dispatcher;
    this.#tokens = new Tokens(access.login, dispatcher, origin);
  }

  /** Finds out how the registry is spoken to. Rejects with `RegistryError` where nothing answers. */
  static async open(access: RegistryAccess, signal?: AbortSignal): Promise<RegistryClient> {
    const host = access.registry === 'docker.io' ? 'registry-1.docker.io' : access.registry;
    if (!URL.canParse(`https://${host}`)) throw noAddress(access.registry);
    const tls = { ...(await trustedCertificates(host)), rejectUnauthorized: !access.isInsecure };
    const timeout = access.isInsecure ? connectWithin.first : connectWithin.usually;
    const dispatcher = connectionsTo(host, { connect: { ...tls, timeout }, requestTls: tls, ...patience });
    const encrypted = new RegistryClient(access, `https://${host}`, dispatcher);
    try {
      await encrypted.ping(signal);
      return encrypted;
    } catch (error) {
      // as engines do: only an insecure registry is spoken to without encryption, and only where it knows no other way
      if (!access.isInsecure || !(error instanceof RegistryError) || signal?.aborted) throw closed(dispatcher, error);
    }
    const plain = new RegistryClient(access, `http://${host}`, dispatcher);
    await plain.ping(signal).catch((error) => {
      throw closed(dispatcher, error);
    });
    return plain;
  }

  get isPlain(): boolean {
    return this.origin.startsWith('http:');
  }

  /** Asks who is there; what it was told is only looked at then. */
  get wantsLogin(): boolean {
    return this.#tokens.challenge !== undefined;
  }

  get username(): string | undefined {
    return this.#access.login?.username;
  }

  /** Hears what the registry wants to be told of who asks; rejects only where it does not answer as a registry. */
  async ping(signal?: AbortSignal): Promise<void> {
    const url = `${this.origin}/v2/`;
    const { statusCode, headers, body } = await this.#send(url, { method: 'GET', signal }, {}).catch((error) => {
      throw this.#asOwn(error);
    });
    await body.dump().catch(() => {});
    if (statusCode === 401) this.#tokens.challenge = parseChallenge(headers['www-authenticate']);
    else if (statusCode === 429 || statusCode >= 500) throw this.#asOwn(refusal('GET', url, statusCode, ''));
  }

  /** Asks who is there as the login, and rejects where the registry does not take it. */
  async checkLogin(signal?: AbortSignal): Promise<void> {
    await this.tell({ method: 'GET', url: '/v2/', scopes: [], accept: [200], signal });
  }

  /** A token that stands for the login, where the registry gives one. */
  identityToken(): Promise<string | undefined> {
    return this.#tokens.identityToken();
  }

  /** One request. Rejects with `RegistryError` on every status that is not accepted. Who reads the body has to expect that it breaks off. */
  async request(ask: Ask): Promise<Answer> {
    try {
      return await this.#request(ask);
    } catch (error) {
      throw this.#asOwn(error);
    }
  }

  /** The same with the whole of a small body. Rejects where it is longer than anything honest would be. */
  async read(ask: Ask, longest: number): Promise<WholeAnswer> {
    const { statusCode, headers, body } = await this.request(ask);
    try {
      return { statusCode, headers, bytes: await wholeBody({ body }, longest) };
    } catch (error) {
      ask.signal?.throwIfAborted();
      throw this.#asOwn(error instanceof RegistryError ? error : unreachable(ask.method, new URL(ask.url, this.origin).href, error));
    }
  }

  /** The same where only that it was accepted counts. */
  async tell(ask: Ask): Promise<Omit<WholeAnswer, 'bytes'>> {
    const { statusCode, headers, body } = await this.request(ask);
    // what comes after the head changes nothing
    await body.dump().catch(() => {});
    return { statusCode, headers };
  }

  /** The error of an answer that was accepted and is none in the end. */
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
    let answer = await this.#send(url.href, ask, await this.#authorization(url, ask));
    // elsewhere nobody is told who asks, and nobody there decides who is told the login
    if (answer.statusCode === 401 && isRepeatable(ask) && url.origin === this.origin) {
      await answer.body.dump().catch(() => {});
      // a token may have run out, or another scope is wanted than one would think
      this.#tokens.forget(ask.scopes);
      this.#tokens.challenge = parseChallenge(answer.headers['www-authenticate']) ?? this.#tokens.challenge;
      answer = await this.#send(url.href, ask, await this.#authorization(url, ask));
    }
    answer = await this.#followRedirects(url, ask, answer);
    if (ask.accept.includes(answer.statusCode)) return answer;
    const retryAfter = [answer.headers['retry-after']].flat()[0];
    throw refusal(ask.method, url.href, this.#meantStatus(answer), await shortText(answer), retryAfter);
  }

  /** Token servers give everybody a token; that it allows too little is told with 401 as well, and no other sign-in mends it. */
  #meantStatus({ statusCode, headers }: Answer): number {
    const challenge = statusCode === 401 && this.#access.login ? parseChallenge(headers['www-authenticate']) : undefined;
    return challenge?.scheme === 'bearer' && challenge.error === 'insufficient_scope' ? 403 : statusCode;
  }

  /** Ends its connections. */
  close(): void {
    void this.#dispatcher.destroy();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async #authorization(url: URL, { scopes, signal }: Ask): Promise<Record<string, string>> {
    // a registry may send one elsewhere: whoever answers there is not told the login
    if (url.origin !== this.origin) return {};
    const authorization = await this.#tokens.authorization(scopes, signal);
    return authorization ? { authorization } : {};
  }

  async #followRedirects(from: URL, ask: Ask, first: Answer): Promise<Answer> {
    let answer = first;
    let at = from;
    for (let count = 0; count < mostRedirects && isRedirect(ask, answer); count++) {
      const next = ledTo(String(answer.headers.location), at);
      // nothing is changed at a place that the person did not name
      if (ask.method === 'POST' && next.origin !== this.origin) return answer;
      await answer.body.dump().catch(() => {});
      at = next;
      if (at.protocol !== 'https:' && !this.isPlain) throw troubleAt(ask.method, from.href, 'leads-to-plain', at.origin);
      answer = await this.#send(at.href, ask, at.origin === this.origin ? await this.#authorization(at, ask) : {});
    }
    if (isRedirect(ask, answer)) throw troubleAt(ask.method, from.href, 'circles', at.origin);
    return answer;
  }

  async #send(
    url: string,
    { method, headers, body, signal, answerWithin, isLast }: Partial<Ask> & { method: Ask['method'] },
    more: Record<string, string>,
  ) {
    try {
      const answer = await request(url, {
        dispatcher: this.#dispatcher,
        method,
        headers: { 'user-agent': 'layerdeck', ...headers, ...more },
        ...(body && { body }),
        ...(signal && { signal }),
        ...(answerWithin && { headersTimeout: answerWithin }),
        ...(isLast && { reset: true }),
      });
      for (const warning of warningsIn(answer.headers.warning)) if (this.warnings.size < mostWarnings) this.warnings.add(warning);
      return answer;
    } catch (error) {
      signal?.throwIfAborted();
      throw unreachable(method, url, error);
    }
  }
}

const mostWarnings = 10;

/** `299 - "use another address"`: the only form that registries may use. */
const warningsIn = (header: string | string[] | undefined): string[] =>
  [header]
    .flat()
    .flatMap((text) => [...(text ?? '').matchAll(/(?:^|,\s*)299 - "((?:[^"\\]|\\.){1,500})"/g)].map(([, words = '']) => words));

const isRepeatable = ({ body }: Ask): boolean => body === undefined || Buffer.isBuffer(body);

// what begins an upload has no body, and may be asked elsewhere as well where the status says "the same once more"
const isRedirect = ({ method }: Ask, { statusCode, headers }: Answer): boolean =>
  headers.location !== undefined &&
  ((['GET', 'HEAD'].includes(method) && [301, 302, 303, 307, 308].includes(statusCode)) ||
    (method === 'POST' && [307, 308].includes(statusCode)));

/** An address that a registry names. Throws a `RegistryError` where it is none. */
export function ledTo(location: string, from: URL): URL {
  try {
    return new URL(location, from);
  } catch {
    throw troubleAt('GET', from.href, 'odd', `it leads to “${location.slice(0, 200)}”`);
  }
}

async function shortText({ body }: Answer): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of body as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      if (length > longestError) break;
    }
  } catch {
    // what came until then has to do
  }
  return Buffer.concat(parts).toString('utf8', 0, longestError);
}

function noAddress(registry: string): RegistryError {
  const error = troubleAt('GET', registry, 'no-address', registry);
  error.registry = registry;
  return error;
}

function closed(dispatcher: Dispatcher, error: unknown): unknown {
  // nobody waits for it: a registry that says nothing takes its time here as well
  void dispatcher.destroy();
  return error;
}
