import { type Dispatcher, request } from 'undici';
import * as z from 'zod';
import type { Credentials } from '../logins/credentials.ts';
import type { Challenge } from './challenge.ts';
import { RegistryError, refusal, unreachable } from './registry-error.ts';
import { wholeBody } from './whole-body.ts';

const TokenAnswer = z.object({
  token: z.string().optional(),
  access_token: z.string().optional(),
  refresh_token: z.string().optional(),
  expires_in: z.number().optional(),
});

/** Bytes of an answer; tokens of many scopes have some kilobytes. */
const longestAnswer = 256 * 1024;
/** Seconds a token lasts where its giver does not say (distribution's token specification). */
const usualLife = 60;
/** Milliseconds before its end at which a token is no longer used. */
const margin = 10_000;

type Token = { text: string; until: number };

/** Turns a login into what a registry wants to see with each request; the tokens live in memory only. */
export class Tokens {
  challenge: Challenge | undefined;
  readonly #login: Credentials | undefined;
  readonly #dispatcher: Dispatcher;
  readonly #isPlain: boolean;
  readonly #known = new Map<string, Token>();

  /** `isPlain`: the registry itself is not encrypted, so its giver of tokens need not be. */
  constructor(login: Credentials | undefined, dispatcher: Dispatcher, isPlain: boolean) {
    this.#login = login;
    this.#dispatcher = dispatcher;
    this.#isPlain = isPlain;
  }

  /** Value of the `Authorization` header; undefined where none is wanted or there is no login. */
  async authorization(scopes: string[], signal?: AbortSignal): Promise<string | undefined> {
    if (!this.challenge) return undefined;
    if (this.challenge.scheme === 'basic') return this.#basic();
    const key = scopes.join(' ');
    const known = this.#known.get(key);
    if (known && known.until > Date.now() + margin) return `Bearer ${known.text}`;
    const { token, access_token, expires_in = usualLife } = await this.#ask(this.challenge, scopes, signal);
    const text = token ?? access_token;
    if (!text) throw new RegistryError('unauthorized: no token was given', 401);
    this.#known.set(key, { text, until: Date.now() + expires_in * 1000 });
    return `Bearer ${text}`;
  }

  forget(scopes: string[]): void {
    this.#known.delete(scopes.join(' '));
  }

  /** A token that stands for name and password from now on; undefined where the registry gives none. */
  async identityToken(account: string): Promise<string | undefined> {
    if (this.challenge?.scheme !== 'bearer' || !this.#login?.username) return undefined;
    const answer = await this.#ask(this.challenge, [], undefined, { offline_token: 'true', account }).catch(() => undefined);
    return answer?.refresh_token;
  }

  #basic(): string | undefined {
    const { username, password } = this.#login ?? {};
    return username === undefined ? undefined : `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}`;
  }

  #ask(challenge: Challenge & { scheme: 'bearer' }, scopes: string[], signal?: AbortSignal, more: Record<string, string> = {}) {
    const realm = new URL(challenge.realm);
    // a registry must not be able to have a password sent where anybody can read it
    if (realm.protocol !== 'https:' && !this.#isPlain) throw new RegistryError('tls: the sign-in leads to an unencrypted address', 495);
    const { identitytoken } = this.#login ?? {};
    return identitytoken
      ? this.#refresh(realm, challenge.service, scopes, identitytoken, signal)
      : this.#fetchToken(realm, challenge.service, scopes, more, signal);
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

  async #send(url: URL, options: { method: 'GET' | 'POST'; headers: Record<string, string>; body?: string }, signal?: AbortSignal) {
    const where = `${url.origin}${url.pathname}`;
    try {
      const { statusCode, headers, body } = await request(url, { dispatcher: this.#dispatcher, ...options, ...(signal && { signal }) });
      const text = (await wholeBody({ body }, longestAnswer)).toString('utf8');
      if (statusCode !== 200) throw refusal(options.method, where, statusCode, text, [headers['retry-after']].flat()[0]);
      return TokenAnswer.parse(JSON.parse(text));
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof RegistryError) throw error;
      if (error instanceof SyntaxError || error instanceof z.ZodError) throw new RegistryError('unauthorized: no token was given', 401);
      throw unreachable(options.method, where, error);
    }
  }
}
