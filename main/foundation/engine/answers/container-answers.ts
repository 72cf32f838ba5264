import * as z from 'zod';
import { type Asked, askFor, list, named, text } from './ask-for.ts';

/** `GET /containers/json`. */
export const ContainerList = list(
  z.object({
    Id: z.string(),
    ImageID: text,
    Names: list(z.string()),
    State: text,
    Image: text,
    /** Seconds since 1970. */
    Created: z
      .number()
      .nullish()
      .transform((value) => value ?? 0),
    /** Bytes that it wrote; only if they were asked for. */
    SizeRw: z.number().nullish(),
    Ports: list(z.object({ PrivatePort: z.number().nullish(), PublicPort: z.number().nullish() })),
    Labels: named(z.string()),
  }),
);
export type ListedContainer = z.infer<typeof ContainerList>[number];

const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
/** Where each port of a container answers; null if it is not published. */
const Published = named(list(z.object({ HostIp: text, HostPort: text })));
const noNetworks: { Ports: z.infer<typeof Published> } = { Ports: {} };

// Podman says a command of a single word as a text
const words = z
  .union([z.array(z.string()), z.string().transform((word) => [word])])
  .nullish()
  .transform((value) => value ?? []);

/** `GET /containers/…/json`. */
export const ContainerInspect = z.object({
  Id: z.string(),
  /** The id of its image. */
  Image: text,
  /** With a slash before it, but for Podman. */
  Name: text,
  State: z.object({
    StartedAt: z.string(),
    Running: flag,
    Paused: flag,
    Restarting: flag,
    Status: text,
    FinishedAt: text,
    OOMKilled: flag,
    Error: text,
    ExitCode: z
      .number()
      .nullish()
      .transform((value) => value ?? 0),
  }),
  Config: z.object({
    Image: text,
    User: text,
    Entrypoint: words,
    Cmd: words,
    Env: list(z.string()),
    ExposedPorts: named(z.unknown()),
    Tty: flag,
    Labels: named(z.string()),
  }),
  HostConfig: z.object({
    NetworkMode: text,
    /** Bytes; 0 without a limit. */
    Memory: z
      .number()
      .nullish()
      .transform((value) => value ?? 0),
    PortBindings: Published,
    RestartPolicy: z
      .object({ Name: text })
      .nullish()
      .transform((value) => value?.Name ?? ''),
  }),
  NetworkSettings: z
    .object({ Ports: Published })
    .nullish()
    .transform((value) => value ?? noNetworks),
  Mounts: list(z.object({ Type: text, Name: text, Source: text, Destination: text, RW: flag })),
});
export type InspectedContainer = z.infer<typeof ContainerInspect>;

/** `POST /containers/…/wait`. */
const ContainerEnd = z.object({ StatusCode: z.number() });

/** Containers that run or not, those that pass the engine's filters. */
export const readContainerList = (engine: Asked, filters: Record<string, string[]> = {}): Promise<ListedContainer[]> =>
  askFor(engine, { method: 'GET', path: '/containers/json', query: { all: true, filters: JSON.stringify(filters) } }, ContainerList);

/** All containers with what they wrote, which the engine adds up file by file: seconds, with large ones. */
export const readContainerSizes = async (engine: Asked): Promise<ListedContainer[]> => {
  const listed = await askFor(engine, { method: 'GET', path: '/containers/json', query: { all: true, size: true } }, ContainerList);
  // engines leave out a sum of nothing
  return listed.map((container) => ({ ...container, SizeRw: container.SizeRw ?? 0 }));
};

/** Resolves with a container's exit code once it has ended. Rejects with status 404 if the engine has none. */
export const waitForEnd = async (engine: Asked, container: string, signal?: AbortSignal): Promise<number> =>
  (await askFor(engine, { method: 'POST', path: `/containers/${container}/wait`, ...(signal && { signal }) }, ContainerEnd)).StatusCode;

/** `GET /containers/…/changes`: null if there are none. */
const ContainerChanges = list(z.object({ Path: z.string(), Kind: z.number() }));

/** Each file and folder that a container has changed (0), added (1) or removed (2) against its image. */
export const readChanges = (engine: Asked, container: string) =>
  askFor(engine, { method: 'GET', path: `/containers/${container}/changes` }, ContainerChanges);

/** The bytes that a container wrote, which the engine adds up file by file; undefined if it doesn't say. */
export const readWritten = async (engine: Asked, container: string): Promise<number | undefined> =>
  (
    await askFor(
      engine,
      { method: 'GET', path: `/containers/${container}/json`, query: { size: true } },
      z.object({ SizeRw: z.number().nullish() }),
    )
  ).SizeRw ?? undefined;

/** A container by name or id. Rejects with status 404 if the engine has none. */
export const inspectContainer = (engine: Asked, container: string): Promise<InspectedContainer> =>
  askFor(engine, { method: 'GET', path: `/containers/${container}/json` }, ContainerInspect);
