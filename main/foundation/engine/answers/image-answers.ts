import * as z from 'zod';
import { StartSettings } from '../../formats/image-settings.ts';
import { isKeptName } from '../kept-names.ts';
import { type Asked, askFor, list, text } from './ask-for.ts';

// up to API 1.42 the list says "<none>:<none>" where later versions say nothing
const names = list(z.string()).transform((all) => all.filter((name) => !name.startsWith('<none>')));

// from API 1.52 on, everything that is empty is absent
const emptyConfig = StartSettings.parse({});

/**
 * Names that only keep an image for undo are no names of it to anybody: here they are set aside, so that no list, no count and no command
 * knows them.
 */
const withoutKeptNames = <T extends { RepoTags: string[]; RepoDigests: string[] }>(image: T): T & { keptAs: string[] } => ({
  ...image,
  RepoTags: image.RepoTags.filter((name) => !isKeptName(name)),
  RepoDigests: image.RepoDigests.filter((digest) => !isKeptName(digest)),
  keptAs: image.RepoTags.filter(isKeptName),
});

/** `GET /images/…/json`. */
export const ImageInspect = z
  .object({
    Id: z.string(),
    RepoTags: names,
    RepoDigests: names,
    Os: text,
    Architecture: text,
    Variant: text,
    Created: text,
    Size: z.number(),
    /** When it last got a name here; the year 1 if it never did. */
    Metadata: z.object({ LastTagTime: text }).nullish(),
    RootFS: z
      .object({ Layers: list(z.string()) })
      .nullish()
      .transform((value) => value ?? { Layers: [] }),
    Config: StartSettings.nullish().transform((value) => value ?? emptyConfig),
  })
  .transform(withoutKeptNames);
export type ImageInspect = z.infer<typeof ImageInspect>;

/** One of several things that an image of containerd's store consists of: an image for a platform, or a statement about one. */
const Manifest = z.object({
  ID: z.string(),
  /** Whether everything that it names is here. */
  Available: z.boolean(),
  Kind: text,
  /** Bytes that are packed, and all. */
  Size: z.object({ Content: z.number(), Total: z.number() }),
  ImageData: z
    .object({
      Platform: z.object({ os: text, architecture: text, variant: text }),
      Size: z.object({ Unpacked: z.number() }),
    })
    .nullish(),
});
export type ListedManifest = z.infer<typeof Manifest>;

/** `GET /images/json`. Its manifests are there from API 1.47 on, and only if asked for. */
export const ImageList = list(
  z
    .object({
      Id: z.string(),
      ParentId: text,
      RepoTags: names,
      RepoDigests: names,
      Size: z.number(),
      Created: z.number(),
      Manifests: list(Manifest),
    })
    .transform(withoutKeptNames),
);
export type ListedImage = z.infer<typeof ImageList>[number];

/** `GET /images/…/history`: the steps, the newest first. */
export const ImageHistory = list(z.object({ Id: z.string(), Created: z.number(), CreatedBy: text, Comment: text, Size: z.number() }));
export type HistoryStep = z.infer<typeof ImageHistory>[number];

/** An image by name or id. Rejects with status 404 if the engine has none. */
export const inspectImage = (engine: Asked, image: string, signal?: AbortSignal): Promise<ImageInspect> =>
  askFor(engine, { method: 'GET', path: `/images/${image}/json`, ...(signal && { signal }) }, ImageInspect);

/** All that the engine says about an image, nothing left out. Rejects with status 404 if the engine has none. */
export const readRawImage = (engine: Asked, image: string, signal?: AbortSignal): Promise<unknown> =>
  askFor(engine, { method: 'GET', path: `/images/${image}/json`, ...(signal && { signal }) }, z.unknown());

type Listed = { all?: true; manifests?: boolean; reference?: string };

/**
 * Every image on the engine, in its own order; with `all`, those of single steps as well; with `manifests`, what each consists of; with
 * `reference`, only those called so.
 */
export const readImageList = (engine: Asked, { all, manifests, reference }: Listed = {}): Promise<ListedImage[]> => {
  const filters = reference === undefined ? undefined : JSON.stringify({ reference: [reference] });
  return askFor(engine, { method: 'GET', path: '/images/json', query: { all, manifests: manifests || undefined, filters } }, ImageList);
};

/** The steps of an image, the newest first. */
export const readImageHistory = (engine: Asked, image: string): Promise<HistoryStep[]> =>
  askFor(engine, { method: 'GET', path: `/images/${image}/history` }, ImageHistory);
