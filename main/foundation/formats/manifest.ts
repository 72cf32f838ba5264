import * as z from 'zod';
import { readAsGo } from './read-as-go.ts';

// What describes an image in a registry and in a tarball: OCI's image specification and docker's schema 2, which differ only
// in their media types.

/** A digest as OCI's image specification writes it. */
export const Digest = z.string().regex(/^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]{32,128}$/);
const Size = z.number().int().nonnegative();

export const Descriptor = z.object({
  mediaType: z.string(),
  digest: Digest,
  /** Bytes. */
  size: Size,
  urls: z.array(z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});
export type Descriptor = z.infer<typeof Descriptor>;

const PlatformOf = z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() });

const Image = z.object({
  mediaType: z.string().optional(),
  config: Descriptor,
  layers: z.array(Descriptor).max(10_000).default([]),
  /** What it is about, if it is a signature or the like. */
  subject: Descriptor.optional(),
  artifactType: z.string().optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});
const Index = z.object({
  mediaType: z.string().optional(),
  manifests: z
    .array(Descriptor.extend({ platform: PlatformOf.optional() }))
    .max(1000)
    .default([]),
});

export type ImageManifest = z.infer<typeof Image> & { kind: 'image' };
export type ImageIndex = z.infer<typeof Index> & { kind: 'index' };

/** The part of an image's configuration that tells its platform and its layers. */
const Configuration = z.object({
  os: z.string().default('unknown'),
  architecture: z.string().default('unknown'),
  variant: z.string().optional(),
  created: z.string().optional(),
  rootfs: z.object({ diff_ids: z.array(z.string()).max(10_000).default([]) }),
});
export type ImageConfiguration = z.infer<typeof Configuration>;

export const mediaTypes = {
  index: 'application/vnd.oci.image.index.v1+json',
  image: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
  packedLayer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerImage: 'application/vnd.docker.distribution.manifest.v2+json',
} as const;

/** The media types to accept from a registry; without them, some answer in a format of ten years ago. */
export const understood = [mediaTypes.index, mediaTypes.image, mediaTypes.dockerIndex, mediaTypes.dockerImage].join(', ');

/** Throws if the text is neither an image's manifest nor a list of them. */
export function parseManifest(text: string): ImageManifest | ImageIndex {
  const json = readAsGo(text);
  const { manifests, mediaType } = Kinds.parse(json);
  const isIndex = manifests !== undefined || mediaType === mediaTypes.index || mediaType === mediaTypes.dockerIndex;
  return isIndex ? { kind: 'index', ...Index.parse(json) } : { kind: 'image', ...Image.parse(json) };
}

const Kinds = z.object({ manifests: z.unknown().optional(), mediaType: z.unknown().optional() });

export const parseConfiguration = (text: string): ImageConfiguration => Configuration.parse(readAsGo(text));

/** Whether it is an image to run; registries hold charts and signatures too. Empty and odd types count, as engines accept them. */
export const isImage = ({ config }: ImageManifest): boolean =>
  imageTypes.has(config.mediaType) || /(?:image\.config|container\.image)\.v1\+json$/.test(config.mediaType);

// what engines accept as an image's configuration (moby's distribution/registry.go)
const imageTypes = new Set(['', 'application/octet-stream', 'application/json', 'text/html']);

/** `linux/arm64/v8`. */
export const platformWords = ({ os, architecture, variant }: z.infer<typeof PlatformOf>): string =>
  [os, architecture, ...(variant ? [variant] : [])].join('/');

/** Whether it records how something was built, rather than being an image to run. */
export const isAttestation = ({ platform, annotations }: ImageIndex['manifests'][number]): boolean =>
  platform?.os === 'unknown' || annotations?.['vnd.docker.reference.type'] !== undefined;
