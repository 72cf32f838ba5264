import { troubleAt } from './errors/registry-error.ts';
import type { Answer, Ask } from './wire.ts';

const mostRedirects = 5;

export type Sender = {
  /** The registry's own origin. */
  origin: string;
  /** Whether the connection is unencrypted. */
  isPlain: boolean;
  /** Sends the same request to another place. */
  send(at: URL): Promise<Answer>;
};

/**
 * Follows a registry's redirects by one policy: to its own origin, or elsewhere only with encryption; nothing is changed
 * elsewhere. Throws a `RegistryError` if that leads nowhere.
 */
export async function followRedirects(from: URL, ask: Ask, first: Answer, { origin, isPlain, send }: Sender): Promise<Answer> {
  let answer = first;
  let at = from;
  for (let count = 0; count < mostRedirects && isRedirect(ask, answer); count++) {
    const next = resolveLocation(String(answer.headers.location), at);
    // never change anything at a place that the person did not name
    if (ask.method === 'POST' && next.origin !== origin) return answer;
    await answer.body.dump().catch(() => {});
    at = next;
    if (at.protocol !== 'https:' && !isPlain) throw troubleAt(ask.method, from.href, 'leads-to-plain', at.origin);
    answer = await send(at);
  }
  if (isRedirect(ask, answer)) throw troubleAt(ask.method, from.href, 'circles', at.origin);
  return answer;
}

// the request that starts an upload has no body, so it can be repeated elsewhere if the status says so
const isRedirect = ({ method }: Ask, { statusCode, headers }: Answer): boolean =>
  headers.location !== undefined &&
  ((['GET', 'HEAD'].includes(method) && [301, 302, 303, 307, 308].includes(statusCode)) ||
    (method === 'POST' && [307, 308].includes(statusCode)));

/** Resolves an address given by a registry. Throws a `RegistryError` if it is not one. */
export function resolveLocation(location: string, from: URL): URL {
  try {
    return new URL(location, from);
  } catch {
    throw troubleAt('GET', from.href, 'odd', `it leads to “${location.slice(0, 200)}”`);
  }
}
