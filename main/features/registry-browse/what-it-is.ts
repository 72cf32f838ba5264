import type { TaggedKind } from '../../../contract/registry-browse.ts';
import { type ImageIndex, type ImageManifest, isImage } from '../../foundation/formats/manifest.ts';

/** What a manifest is, and what the registry calls it if it is no image. */
export function whatItIs(manifest: ImageManifest | ImageIndex): { kind: TaggedKind; artifactType?: string } {
  if (manifest.kind === 'index') return { kind: 'list' };
  const [layer] = manifest.layers;
  // cosign keeps its signatures as images of a single layer
  const type = manifest.artifactType ?? (isImage(manifest) ? layer?.mediaType : manifest.config.mediaType) ?? '';
  const kind = kindOf(type, layer?.mediaType ?? '');
  if (kind === 'other' && isImage(manifest)) return { kind: 'image' };
  return { kind, ...(type && { artifactType: type.slice(0, 200) }) };
}

/** What something is by the type that it says of itself. */
export const kindOf = (artifactType: string, layerType = ''): TaggedKind =>
  [artifactType, layerType].some((type) => signature.test(type))
    ? 'signature'
    : [artifactType, layerType].some((type) => attestation.test(type))
      ? 'attestation'
      : 'other';

/** Cosign's, Notation's and Sigstore's signatures. */
const signature = /cosign\.(?:simplesigning|artifact\.sig)|vnd\.cncf\.notary\.signature|sigstore\.bundle/;
/** Statements about an image, and what it is made of. */
const attestation = /in-toto|dsse\.envelope|spdx|cyclonedx|sbom/i;
