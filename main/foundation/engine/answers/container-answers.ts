import * as z from 'zod';
import { type Asked, askFor, list, text } from './ask-for.ts';

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
  }),
);
export type ListedContainer = z.infer<typeof ContainerList>[number];

/** `GET /containers/…/json`. */
export const ContainerInspect = z.object({ Image: text, State: z.object({ StartedAt: z.string() }) });

/** Containers that run or not, those that pass the engine's filters. */
export const readContainerList = (engine: Asked, filters: Record<string, string[]> = {}): Promise<ListedContainer[]> =>
  askFor(engine, { method: 'GET', path: '/containers/json', query: { all: true, filters: JSON.stringify(filters) } }, ContainerList);

/** All containers with what they wrote, which the engine adds up file by file: seconds, with large ones. */
export const readContainerSizes = async (engine: Asked): Promise<ListedContainer[]> => {
  const listed = await askFor(engine, { method: 'GET', path: '/containers/json', query: { all: true, size: true } }, ContainerList);
  // engines leave out a sum of nothing
  return listed.map((container) => ({ ...container, SizeRw: container.SizeRw ?? 0 }));
};

/** A container by name or id. Rejects with status 404 if the engine has none. */
export const inspectContainer = (engine: Asked, container: string): Promise<z.infer<typeof ContainerInspect>> =>
  askFor(engine, { method: 'GET', path: `/containers/${container}/json` }, ContainerInspect);
