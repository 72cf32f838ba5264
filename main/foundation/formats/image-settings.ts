import * as z from 'zod';
import type { ImageFacts, ImageSettings } from '../../../contract/compare.ts';
import { cleanInstruction } from './clean-instruction.ts';
import { platformWords } from './manifest.ts';
import { readAsGo } from './read-as-go.ts';

// a command as one text is from images of the first years
const words = z
  .union([z.array(z.string()), z.string()])
  .nullish()
  .transform((value) => (Array.isArray(value) ? value : value ? [value] : []));
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const named = <T extends z.ZodType>(of: T) =>
  z
    .record(z.string(), of)
    .nullish()
    .transform((value) => value ?? {});
const number = z
  .number()
  .nullish()
  .transform((value) => value ?? 0);

const HealthCheck = z.object({
  Test: words,
  Interval: number,
  Timeout: number,
  StartPeriod: number,
  StartInterval: number,
  Retries: number,
});

/** How a container of an image starts, as Docker and OCI write it down; engines answer in the same form. Everything may be absent. */
export const StartSettings = z.object({
  Entrypoint: words,
  Cmd: words,
  Env: words,
  WorkingDir: text,
  User: text,
  Labels: named(z.string()),
  ExposedPorts: named(z.unknown()),
  Volumes: named(z.unknown()),
  StopSignal: text,
  Healthcheck: HealthCheck.nullish(),
  Shell: words,
  OnBuild: words,
});

const Configuration = z.object({
  os: text,
  architecture: text,
  variant: text,
  created: text,
  config: StartSettings.nullish(),
  history: z.array(z.object({ created: text, created_by: text, comment: text })).nullish(),
});

/** The most letters of an instruction that are compared and shown. */
const longestInstruction = 4000;

/** An instruction of a history; an imported image has only a comment. */
export const shownInstruction = (createdBy: string, comment = ''): string =>
  (cleanInstruction(createdBy) || comment).slice(0, longestInstruction);

/** What an image's configuration says of it. Throws if it is none. */
export function readImageFacts(configuration: string): Omit<ImageFacts, 'ids' | 'sizes'> {
  const { created, config, history, os, architecture, variant } = Configuration.parse(readAsGo(configuration));
  return {
    platform: platformWords({ os: os || 'unknown', architecture: architecture || 'unknown', variant }),
    createdAt: timeOf(created),
    settings: settingsOf(config ?? StartSettings.parse({})),
    history: (history ?? []).map(({ created: at, created_by, comment }) => ({
      instruction: shownInstruction(created_by, comment),
      createdAt: timeOf(at),
    })),
  };
}

/** Milliseconds since 1970; 0 for what isn't told, also by Go's year 1. */
export const timeOf = (written: string): number => Math.max(0, Date.parse(written) || 0);

export const settingsOf = (config: z.infer<typeof StartSettings>): ImageSettings => ({
  entrypoint: config.Entrypoint,
  command: config.Cmd,
  environment: config.Env,
  workingDirectory: config.WorkingDir,
  user: config.User,
  labels: config.Labels,
  ports: Object.keys(config.ExposedPorts).sort(),
  volumes: Object.keys(config.Volumes).sort(),
  stopSignal: config.StopSignal,
  healthCheck: config.Healthcheck ? healthWords(config.Healthcheck) : [],
  shell: config.Shell,
  onBuild: config.OnBuild,
});

/** Times are in nanoseconds; 0 is the engine's own choice. */
function healthWords({ Test, Interval, Timeout, StartPeriod, StartInterval, Retries }: z.infer<typeof HealthCheck>): string[] {
  const seconds = (nanoseconds: number): string => `${nanoseconds / 1e9} s`;
  return [
    ...(Test.length > 0 ? [Test.join(' ')] : []),
    ...(Interval ? [`every ${seconds(Interval)}`] : []),
    ...(Timeout ? [`given up after ${seconds(Timeout)}`] : []),
    ...(StartPeriod ? [`${seconds(StartPeriod)} to start`] : []),
    ...(StartInterval ? [`every ${seconds(StartInterval)} while it starts`] : []),
    ...(Retries ? [`unhealthy after ${Retries} failures`] : []),
  ];
}
