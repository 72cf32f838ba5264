import * as z from 'zod';
import type { ApiVersion } from '../../../../contract/engine.ts';
import { isBefore } from '../api-version.ts';
import { type Engine, speaking } from '../open-engine.ts';
import { askFor, list, text } from './ask-for.ts';

/** Docker's word for it: https://docs.docker.com/reference/api/engine/version/v1.53/. No engine was there that has it. */
const firstWithIdentity: ApiVersion = '1.53';

/** Who signed, as the certificate says. */
const Signer = z.object({ SubjectAlternativeName: text, CertificateIssuer: text, SourceRepositoryURI: text });

const Signature = z.object({
  Name: text,
  /** Why it did not pass; everything else is empty then. */
  Error: text,
  Signer: Signer.nullish(),
});
export type SignatureIdentity = z.infer<typeof Signature>;

const Identity = z.object({
  Signature: list(Signature),
  /** Repositories, without a digest: where it was got from, and where it was published. */
  Pull: list(z.object({ Repository: text })),
  Build: list(z.object({ Ref: text, CreatedAt: text })),
});
export type ImageIdentity = z.infer<typeof Identity>;

const WithIdentity = z.object({ Identity: Identity.nullish() });

/**
 * What the engine itself wrote down and checked of where an image comes from, which no name changes. Undefined if it keeps no such book, or
 * nothing is in it. This one question is asked in a newer version of the API than others, which were tested with a real engine.
 */
export async function readIdentity(engine: Engine, image: string, signal?: AbortSignal): Promise<ImageIdentity | undefined> {
  if (engine.product !== 'Docker' || isBefore(engine.apiVersion, firstWithIdentity)) return undefined;
  const docker = speaking(engine, firstWithIdentity);
  const answer = await askFor({ docker }, { method: 'GET', path: `/images/${image}/json`, ...(signal && { signal }) }, WithIdentity);
  return answer.Identity ?? undefined;
}
