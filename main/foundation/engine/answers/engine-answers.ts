import * as z from 'zod';
import { type Asked, askFor, list, named, text } from './ask-for.ts';

/** `GET /version`. */
export const EngineVersion = z.object({ Version: text, Os: text, Arch: text, Components: list(z.object({ Name: text })) });

const Registries = z.object({
  IndexConfigs: named(z.object({ Secure: z.boolean().nullish() }).nullish()),
  InsecureRegistryCIDRs: list(z.string()),
});

/** `GET /info`. */
export const EngineInfoAnswer = z.object({
  ID: text,
  /** What its computer is called. */
  Name: text,
  DockerRootDir: text,
  DriverStatus: list(z.array(z.string())),
  RegistryConfig: Registries.nullish().transform((value) => value ?? { IndexConfigs: {}, InsecureRegistryCIDRs: [] }),
});

export type EngineInfoAnswer = z.infer<typeof EngineInfoAnswer>;

// an image's labels, and a container's, stand among its attributes, and may be anything
const attribute = z.string().optional().catch(undefined);

/** A line of `GET /events`. Its `status`, `id` and `from` are gone since API 1.52, and were never read. */
export const EventLine = z.object({
  Type: z.string(),
  Action: z.string(),
  Actor: z.object({ ID: text, Attributes: z.object({ name: attribute, image: attribute }).nullish() }).nullish(),
  time: z.number().nullish(),
  timeNano: z.number().nullish(),
});

/** What the engine's program and system are. */
export const readEngineVersion = (engine: Asked, signal: AbortSignal): Promise<z.infer<typeof EngineVersion>> =>
  askFor(engine, { method: 'GET', path: '/version', signal }, EngineVersion);

/** How the engine is set up. */
export const readEngineInfo = (engine: Asked): Promise<EngineInfoAnswer> =>
  askFor(engine, { method: 'GET', path: '/info' }, EngineInfoAnswer);
