import { type Dispatcher, request } from 'undici';
import * as z from 'zod';
import { readAsGo } from '../formats/read-as-go.ts';
import type { Challenge } from './challenge.ts';
import { RegistryError, refusal, troubleAt, unreachable } from './errors/registry-error.ts';
import type { Credentials } from './logins/credentials.ts';
import { wholeBody } from './whole-body.ts';

const TokenAnswer = z.object({
  token: z.string().optional(),
  access_token: z.string().optional(),
  refresh_token: z.string().optional(),
  expires_in: z.number().optional(),
});

/** The most bytes in an answer; tokens for many scopes have a few kilobytes. */
const longestAnswer = 256 * 1024;
/** Seconds that a token lasts if the server does not say (distribution's token specification). */
const usualLife = 60;
/** Milliseconds before its expiry at which a token is no longer used. */
const margin = 10_000;

const mostRedirects = 5;

type Token = { text: string; until: number };
type TokenRequest = { method: 'GET' | 'POST'; headers: Record<string, string>; body?: string; signal?: AbortSignal };

/** Turns a login into the authorization that a registry wants with each request. Tokens are kept only in memory. */
export class Tokens {
  challenge: Challenge | undefined;
  readonly #login: Credentials | undefined;
  readonly #dispatcher: Dispatcher;
  readonly #origin: string;
  readonly #isPlain: boolean;
  readonly #known = new Map<string, Token>();

  /** `origin` is the registry's; if it is unencrypted, its token server may be too. */
  constructor(login: Credentials | undefined, dispatcher: Dispatcher, origin: string) {
    this.#login = login;
    this.#dispatcher = dispatcher;
    this.#origin = origin;
    this.#isPlain = new URL(origin).protocol === 'http:';
  }

  /** The value of the `Authorization` header; undefined if none is wanted or there is no login. */
  async authorization(scopes: string[], signal?: AbortSignal): Promise<string | undefined> {
    if (!this.challenge) return undefined;
    if (this.#login?.registrytoken) return `Bearer ${this.#login.registrytoken}`;
    if (this.challenge.scheme === 'basic') return this.#basic();
    const key = scopes.join(' ');
    const known = this.#known.get(key);
    if (known && known.until > Date.now() + margin) return `Bearer ${known.text}`;
    const { token, access_token, expires_in = usualLife } = await this.#ask(this.challenge, scopes, signal);
    // some servers send one of the two and leave the other empty
    const text = token || access_token;
    if (!text) throw noToken(this.challenge.realm);
    this.#known.set(key, { text, until: Date.now() + expires_in * 1000 });
    return `Bearer ${text}`;
  }

  forget(scopes: string[]): void {
    this.#known.delete(scopes.join(' '));
  }

  /** A token to use in place of name and password from now on; undefined if the registry gives none. */
  async identityToken(): Promise<string | undefined> {
    if (this.challenge?.scheme !== 'bearer' || !this.#login?.username) return undefined;
    const answer = await this.#ask(this.challenge, [], undefined, { offline_token: 'true' }).catch(() => undefined);
    return answer?.refresh_token;
  }

  #basic(): string | undefined {
    const { username, password } = this.#login ?? {};
    return username === undefined ? undefined : `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}`;
  }

  #ask(challenge: Challenge & { scheme: 'bearer' }, scopes: string[], signal?: AbortSignal, more: Record<string, string> = {}) {
    const realm = this.#realmOf(challenge);
    const { identitytoken } = this.#login ?? {};
    return identitytoken
      ? this.#refresh(realm, challenge.service, scopes, identitytoken, signal)
      : this.#fetchToken(realm, challenge.service, scopes, more, signal);
  }

  #realmOf({ realm }: Challenge & { scheme: 'bearer' }): URL {
    const url = URL.parse(realm, this.#origin);
    if (!url) throw troubleAt('GET', this.#origin, 'odd', `it asks for a sign-in at “${realm.slice(0, 200)}”`, 'sign-in');
    // a registry must not be able to make a password travel unencrypted
    if (url.protocol !== 'https:' && !this.#isPlain) throw troubleAt('GET', this.#origin, 'leads-to-plain', url.origin, 'sign-in');
    return url;
  }

  #fetchToken(realm: URL, service: string | undefined, scopes: string[], more: Record<string, string>, signal?: AbortSignal) {
    if (service) realm.searchParams.set('service', service);
    for (const scope of scopes) realm.searchParams.append('scope', scope);
    if (this.#login?.username) realm.searchParams.set('account', this.#login.username);
    for (const [name, value] of Object.entries({ client_id: 'layerdeck', ...more })) realm.searchParams.set(name, value);
    const basic = this.#basic();
    return this.#send(realm, { method: 'GET', headers: basic ? { authorization: basic } : {} }, signal);
  }

  #refresh(realm: URL, service: string | undefined, scopes: string[], token: string, signal?: AbortSignal) {
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token, client_id: 'layerdeck' });
    if (service) body.set('service', service);
    if (scopes.length > 0) body.set('scope', scopes.join(' '));
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.#send(realm, { method: 'POST', headers, body: body.toString() }, signal);
  }

  /** Follows redirects as browsers do: no login goes to another host, and none travels unencrypted. */
  async #follow(url: URL, options: TokenRequest): Promise<Dispatcher.ResponseData> {
    let at = url;
    let { headers } = options;
    for (let count = 0; count < mostRedirects; count++) {
      const answer = await request(at, { dispatcher: this.#dispatcher, ...options, headers });
      const { location } = answer.headers;
      // 301 to 303 turn the request into a GET, and the token in a POST would be lost
      const isLed =
        location !== undefined && (options.method === 'GET' ? [301, 302, 303, 307, 308] : [307, 308]).includes(answer.statusCode);
      if (!isLed) return answer;
      await answer.body.dump().catch(() => {});
      const next = this.#realmOf({ scheme: 'bearer', realm: new URL(String(location), at).href });
      if (next.origin !== at.origin) {
        // the body contains a secret too
        if (options.body !== undefined) throw troubleAt('GET', at.href, 'odd', `it leads to ${next.origin}`, 'sign-in');
        const { authorization: _, ...others } = headers;
        headers = others;
      }
      at = next;
    }
    throw troubleAt('GET', url.href, 'circles', at.origin, 'sign-in');
  }

  async #send(url: URL, options: TokenRequest, signal?: AbortSignal) {
    const where = `${url.origin}${url.pathname}`;
    try {
      const { statusCode, headers, body } = await this.#follow(url, { ...options, ...(signal && { signal }) });
      const text = (await wholeBody({ body }, longestAnswer)).toString('utf8');
      if (statusCode !== 200) throw refusal('GET', where, statusCode, text, [headers['retry-after']].flat()[0], 'sign-in');
      return TokenAnswer.parse(readAsGo(text));
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof RegistryError) throw error;
      if (error instanceof SyntaxError || error instanceof z.ZodError) throw noToken(where);
      throw unreachable('GET', where, error, 'sign-in');
    }
  }
}

const noToken = (place: string): RegistryError => refusal('GET', place, 401, { message: 'no token was given' }, undefined, 'sign-in');
