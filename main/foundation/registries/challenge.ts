/** How a registry asks for a login (RFC 9110, `WWW-Authenticate`). */
export type Challenge = { scheme: 'basic' } | { scheme: 'bearer'; realm: string; service?: string; scope?: string; error?: string };

/** The strongest supported challenge in the header; undefined if there is none. */
export function parseChallenge(header: string | string[] | undefined): Challenge | undefined {
  const challenges = [header].flat().flatMap((text) => challengesIn(text ?? ''));
  for (const { scheme, parameters } of challenges) {
    const [realm, service, scope, error] = ['realm', 'service', 'scope', 'error'].map((name) => parameters.get(name));
    if (scheme === 'bearer' && realm)
      return { scheme, realm, ...(service && { service }), ...(scope && { scope }), ...(error && { error }) };
  }
  return challenges.some(({ scheme }) => scheme === 'basic') ? { scheme: 'basic' } : undefined;
}

type FoundChallenge = { scheme: string; parameters: Map<string, string> };

/** One line may have several challenges: a word without "=" begins the next (RFC 9110, 11.6.1). */
function challengesIn(text: string): FoundChallenge[] {
  const found: FoundChallenge[] = [];
  for (const [, name = '', quoted, plain, scheme] of text.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([\w-]+)/g)) {
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
    else found.at(-1)?.parameters.set(name.toLowerCase(), unquoted(quoted, plain));
  }
  return found;
}

const unquoted = (quoted: string | undefined, plain = ''): string => quoted?.replace(/\\(.)/g, '$1') ?? plain;
