import type { OriginAbout, OriginFact } from '../../../contract/origin.ts';

/** Labels that say where an image comes from, the usual name first: OCI's annotations, and what was used before there were any. */
const labels: [about: OriginAbout, names: string[]][] = [
  ['title', ['org.opencontainers.image.title', 'org.label-schema.name']],
  ['version', ['org.opencontainers.image.version', 'org.label-schema.version']],
  ['source', ['org.opencontainers.image.source', 'org.label-schema.vcs-url']],
  ['revision', ['org.opencontainers.image.revision', 'org.label-schema.vcs-ref']],
  ['built-at', ['org.opencontainers.image.created', 'org.label-schema.build-date']],
  ['maker', ['org.opencontainers.image.vendor', 'org.opencontainers.image.authors', 'org.label-schema.vendor', 'maintainer']],
  ['licence', ['org.opencontainers.image.licenses']],
  ['base', ['org.opencontainers.image.base.name']],
];

/** The most letters of a label that are shown. */
const longest = 500;

/** What labels say: anybody can write anything there. Pure. */
export function factsOfLabels(given: Readonly<Record<string, string>>): OriginFact[] {
  return labels.flatMap(([about, names]): OriginFact[] => {
    const label = names.find((name) => Object.hasOwn(given, name) && given[name]?.trim());
    if (label === undefined) return [];
    const digest = about === 'base' ? given['org.opencontainers.image.base.digest'] : undefined;
    const value = [given[label]?.trim(), digest?.trim()].filter(Boolean).join('@');
    return [{ about, certainty: 'stated', value: value.slice(0, longest), because: { why: 'label', label } }];
  });
}
