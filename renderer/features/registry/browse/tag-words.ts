import type { TagDetails } from '../../../../contract/registry-browse.ts';
import { grouped, listed } from '../../../ui/format.ts';

const known: [type: RegExp, words: string][] = [
  [/helm/, 'a Helm chart'],
  [/wasm/, 'a WebAssembly module'],
  [/spdx|cyclonedx|sbom/i, 'a list of ingredients'],
  [/in-toto|dsse/, 'a statement about an image'],
];

/** What something is, if it isn’t simply an image; empty for what is not known yet. */
export function kindWords({ kind, artifactType = '' }: Pick<TagDetails, 'kind' | 'artifactType'>): string {
  switch (kind) {
    case 'list':
      return 'several platforms';
    case 'signature':
      return 'a signature';
    case 'attestation':
      return known.find(([type]) => type.test(artifactType))?.[1] ?? 'a statement about an image';
    case 'other':
      return known.find(([type]) => type.test(artifactType))?.[1] ?? 'no image';
    default:
      return '';
  }
}

/** Whether an engine can get it. */
export const isToGet = ({ kind }: Pick<TagDetails, 'kind'>): boolean => kind === undefined || kind === 'image' || kind === 'list';

/** Tags of the same image: "stable, latest and 12 more". */
export const siblingWords = ({ named, more }: { named: string[]; more: number }): string =>
  more > 0 ? `${named.join(', ')} and ${grouped(more)} more` : listed(named);
