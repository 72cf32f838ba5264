import { parseReference } from '../../../../contract/reference.ts';

/** A registry to look into, and why it is known. */
export type KnownRegistry = {
  registry: string;
  /** It is the one on this computer. */
  isOwn: boolean;
  /** Signed in as; empty for a token. */
  username?: string;
  /** How many images on the engine are named after it. */
  images: number;
};

type Known = {
  own: string | undefined;
  /** What it is called besides. */
  alias?: string | undefined;
  logins: readonly { registry: string; username?: string }[];
  images: readonly { references: readonly string[] }[];
};

/** The own one first, then those one is signed in to, then those that images are named after. */
export function knownRegistries({ own, alias, logins, images }: Known): KnownRegistry[] {
  const named = new Map<string, number>();
  for (const { references } of images) {
    for (const registry of new Set(
      references.flatMap(registryIn).map((registry) => (registry === alias && own !== undefined ? own : registry)),
    ))
      named.set(registry, (named.get(registry) ?? 0) + 1);
  }
  const signedIn = new Map(logins.map(({ registry, username = '' }) => [registry, username]));
  const rest = [...new Set([...signedIn.keys(), ...named.keys()])].filter((registry) => registry !== own).sort();
  const all = [...(own === undefined ? [] : [own]), ...rest];
  return all
    .map((registry) => {
      const username = signedIn.get(registry);
      return { registry, isOwn: registry === own, images: named.get(registry) ?? 0, ...(username !== undefined && { username }) };
    })
    .sort((one, other) => rank(one) - rank(other));
}

const rank = ({ isOwn, username }: KnownRegistry): number => (isOwn ? 0 : username !== undefined ? 1 : 2);

function registryIn(reference: string): string[] {
  try {
    return [parseReference(reference).registry ?? 'docker.io'];
  } catch {
    return []; // an engine's names need not follow the grammar
  }
}
