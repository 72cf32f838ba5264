import * as z from 'zod';
import { digestOf } from '../../../foundation/formats/digest.ts';
import { Digest, isAttestation, mediaTypes, platformWords } from '../../../foundation/formats/manifest.ts';
import { readAsGo } from '../../../foundation/formats/read-as-go.ts';
import type { ManifestBytes } from '../image-content.ts';

// what a list says of its images has to be kept whole: Windows tells its images apart by `os.version`, others by annotations

const Platform = z.looseObject({
  os: z.string(),
  architecture: z.string(),
  variant: z.string().optional(),
  'os.version': z.string().optional(),
});
const Listed = z.looseObject({
  mediaType: z.string(),
  digest: Digest,
  size: z.number().int().nonnegative(),
  platform: Platform.optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});
export type Listed = z.infer<typeof Listed>;
export type ListedPlatform = z.infer<typeof Platform>;

const List = z.looseObject({ manifests: z.array(Listed).max(1000).default([]) });

/** The images of a list, and the statements about each; lists in lists are in neither. */
export function readList(bytes: Buffer): { images: Listed[]; statementsOf(digest: string): Listed[]; hasLists: boolean } {
  const { manifests } = List.parse(readAsGo(bytes.toString('utf8')));
  const isList = ({ mediaType }: Listed) => mediaType === mediaTypes.index || mediaType === mediaTypes.dockerIndex;
  const statements = manifests.filter(isAttestation);
  return {
    images: manifests.filter((one) => !isAttestation(one) && !isList(one)),
    statementsOf: (digest) => statements.filter(({ annotations }) => annotations?.['vnd.docker.reference.digest'] === digest),
    hasLists: manifests.some(isList),
  };
}

const ImagePlatform = Platform.pick({ os: true, architecture: true, variant: true, 'os.version': true }).extend({
  'os.features': z.array(z.string()).optional(),
});

/** The platform that an image's configuration tells, as a list says it. */
export function platformOf(configuration: Buffer): ListedPlatform {
  const {
    os,
    architecture,
    variant,
    'os.version': version,
    'os.features': features,
  } = ImagePlatform.parse(readAsGo(configuration.toString('utf8')));
  return {
    architecture,
    os,
    ...(variant && { variant }),
    ...(version && { 'os.version': version }),
    ...(features && features.length > 0 && { 'os.features': features }),
  };
}

/** `windows/amd64 10.0.20348`: as short as it can be to tell it from the others of a list. */
export const wordsOf = (platform: ListedPlatform): string =>
  [platformWords(platform), ...(platform['os.version'] ? [platform['os.version']] : [])].join(' ').slice(0, 100);

/** The same for platforms between which no engine could choose (containerd's rules). */
export function slotOf(platform: ListedPlatform): string {
  const { os, architecture, variant = '' } = platform;
  const usual = { amd64: 'v1', arm64: 'v8', arm: 'v7' }[architecture];
  return wordsOf({ ...platform, os, architecture, variant: variant === usual ? '' : variant });
}

/** A list of these images; in docker's own form if all of them are, as `docker manifest` makes it. */
export function makeList(images: readonly Listed[], statements: readonly Listed[]): ManifestBytes {
  const manifests = [...images, ...statements];
  const isDocker = manifests.every(({ mediaType }) => mediaType === mediaTypes.dockerImage);
  const mediaType = isDocker ? mediaTypes.dockerIndex : mediaTypes.index;
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests }));
  return { digest: digestOf(bytes), mediaType, bytes };
}

/** A tag for one platform of a list: `1.0-arm64`, `1.0-windows-amd64`. */
export const proposeTag = (tag: string, platform: string): string =>
  `${tag}-${platform.replace(/^linux\//, '').replace(/[^\w.-]+/g, '-')}`.slice(0, 128);
