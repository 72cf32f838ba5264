import type { Readable } from 'node:stream';
import { type Dispatcher, request } from 'undici';
import { unreachable, unreachableOwn } from './errors/registry-error.ts';

export type Ask = {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** A path that begins with `/v2/`, or a full URL that the registry gave. */
  url: string;
  /** What the token has to allow: `repository:app:pull`. */
  scopes: string[];
  headers?: Record<string, string>;
  body?: Readable | Buffer;
  /** The statuses that are not refusals. */
  accept: readonly number[];
  signal?: AbortSignal | undefined;
  /** Milliseconds until there has to be an answer, for requests that take longer than usual. */
  answerWithin?: number;
  /** Whether to close the connection after this request. */
  isLast?: boolean;
};

export type Answer = Dispatcher.ResponseData;
export type WholeAnswer = Pick<Answer, 'statusCode' | 'headers'> & { bytes: Buffer };

type Sent = Pick<Ask, 'method'> & Partial<Pick<Ask, 'headers' | 'body' | 'signal' | 'answerWithin' | 'isLast'>>;

/** Sends single requests over a registry's connections, and gathers what the registry tells people. */
export class Wire {
  readonly #dispatcher: Dispatcher;
  readonly #unreachable: typeof unreachable;
  /** The registry's messages to people, without duplicates (`Warning` headers, RFC 7234). */
  readonly warnings = new Set<string>();

  /** `isOwn`: only one authority vouches for whoever answers. */
  constructor(dispatcher: Dispatcher, isOwn: boolean) {
    this.#dispatcher = dispatcher;
    this.#unreachable = isOwn ? unreachableOwn : unreachable;
  }

  /** Rejects with `RegistryError` only if there is no answer. `more` are headers besides, such as a login. */
  async send(
    url: string,
    { method, headers, body, signal, answerWithin, isLast }: Sent,
    more: Record<string, string> = {},
  ): Promise<Answer> {
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
      throw this.#unreachable(method, url, error);
    }
  }
}

const mostWarnings = 10;

/** `299 - "use another address"`, the only form that registries may use. */
const warningsIn = (header: string | string[] | undefined): string[] =>
  [header]
    .flat()
    .flatMap((text) => [...(text ?? '').matchAll(/(?:^|,\s*)299 - "((?:[^"\\]|\\.){1,500})"/g)].map(([, words = '']) => words));
