import type { LocalRegistry } from '../../contract/registry.ts';

/** The forms in which people need an image's address. */
export const addressForms = (reference: string): { name: string; text: string }[] => [
  { name: 'docker pull', text: `docker pull ${reference}` },
  { name: 'Compose', text: `image: ${reference}` },
  { name: 'Kubernetes', text: `containers:\n  - name: ${containerName(reference)}\n    image: ${reference}` },
];

// a name there has letters, digits and dashes only
function containerName(reference: string): string {
  const last =
    (reference.split('@')[0] ?? '')
      .replace(/:[^:/]*$/, '')
      .split('/')
      .at(-1) ?? '';
  return (
    last
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 63) || 'app'
  );
}

/** In the registry on this computer, by the name that one gave it. */
export const underAlias = (reference: string, registry: LocalRegistry): string =>
  'alias' in registry && registry.alias !== undefined && reference.startsWith(`${registry.address}/`)
    ? `${registry.alias}${reference.slice(reference.indexOf('/'))}`
    : reference;
