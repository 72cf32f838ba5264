import type Docker from 'dockerode';
import * as z from 'zod';
import { FailureError } from '../../failures/failure.ts';
import { type EngineRequest, requestJson } from '../request.ts';

/** Something that has answered before. */
export type Asked = { docker: Docker };

/**
 * Asks an engine and reads its answer by a schema, which is the place for all that differs between versions of the API. Throws a
 * failure if the answer is another one; the engine's own refusals come as dockerode's errors.
 */
export async function askFor<T>({ docker }: Asked, request: EngineRequest, schema: z.ZodType<T>): Promise<T> {
  const read = schema.safeParse(await requestJson<unknown>(docker, request));
  if (read.success) return read.data;
  throw new FailureError({
    kind: 'unknown',
    title: 'Layerdeck doesn’t understand the engine’s answer',
    detail: 'The engine answered in a form that Layerdeck hasn’t seen before.',
    hint: 'Update Layerdeck. If there is no newer one, report this with the original message below.',
    cause: `${request.method} ${request.path}: ${z.prettifyError(read.error)}`.slice(0, longestCause),
  });
}

const longestCause = 2000;

// Go programs write an empty list or text as such, as null, or not at all, and change their minds between versions

/** A list that may be absent. */
export const list = <T extends z.ZodType>(of: T) =>
  z
    .array(of)
    .nullish()
    .transform((all) => all ?? []);

/** A text that may be absent. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** Values by name that may be absent. */
export const named = <T extends z.ZodType>(of: T) =>
  z
    .record(z.string(), of)
    .nullish()
    .transform((all) => all ?? {});
