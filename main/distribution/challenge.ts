/** What a registry answers to who has not said who they are (RFC 9110, `WWW-Authenticate`). */
export type Challenge = { scheme: 'basic' } | { scheme: 'bearer'; realm: string; service?: string; scope?: string };

/** The strongest challenge of the header that we can meet; undefined where there is none. */
export function parseChallenge(header: string | string[] | undefined): Challenge | undefined {
  const challenges = [header].flat().filter((text) => text !== undefined);
  for (const text of challenges) {
    const bearer = /(?:^|,\s*)bearer\s+(.*)$/i.exec(text);
    const { realm, service, scope } = parametersOf(bearer?.[1] ?? '');
    if (realm) return { scheme: 'bearer', realm, ...(service && { service }), ...(scope && { scope }) };
  }
  return challenges.some((text) => /(?:^|,\s*)basic\b/i.test(text)) ? { scheme: 'basic' } : undefined;
}

function parametersOf(text: string): Record<string, string> {
  const found = [...text.matchAll(/([a-z_]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi)];
  return Object.fromEntries(
    found.map(([, name = '', quoted, plain]) => [name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '']),
  );
}
