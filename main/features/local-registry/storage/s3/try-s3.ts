import { randomBytes } from 'node:crypto';
import { startOfBody } from '../../../../foundation/registries/whole-body.ts';
import { s3Refused, s3Unreachable } from './s3-failures.ts';
import { type S3Settings, whereOf } from './s3-settings.ts';
import { type S3Request, signRequest } from './sign-request.ts';

/** Milliseconds that the storage may take for an answer. */
const answerWithin = 15_000;

/** Tries to list, write and remove in a bucket, before a registry depends on it. Says whether a registry has kept images there. Rejects with the failure to show. */
export async function tryS3(s3: S3Settings, signal?: AbortSignal): Promise<{ hasRegistry: boolean }> {
  const bucket = new URL(`/${s3.bucket}`, s3.endpoint);
  const list = new URL(bucket);
  list.search = String(new URLSearchParams({ 'list-type': '2', 'max-keys': '1', prefix: 'docker/registry/v2/repositories/' }));
  const listed = await ask(s3, { method: 'GET', url: list }, signal);
  if (!/<ListBucketResult[\s>]/.test(listed)) throw s3Refused(new URL(s3.endpoint).host, 200, undefined, '');
  const mark = new URL(`${bucket.pathname}/layerdeck-${randomBytes(8).toString('hex')}`, s3.endpoint);
  await ask(s3, { method: 'PUT', url: mark, body: 'Layerdeck tried whether it may write here.' }, signal);
  await ask(s3, { method: 'DELETE', url: mark }, signal);
  return { hasRegistry: /<Key>/.test(listed) };
}

/** The beginning of an answer. */
async function ask({ endpoint, bucket, ...signer }: S3Settings, request: S3Request, signal: AbortSignal | undefined): Promise<string> {
  const where = new URL(endpoint).host;
  const { method, url, body } = request;
  const late = AbortSignal.timeout(answerWithin);
  const options = {
    method,
    headers: signRequest(request, { ...signer, at: Date.now() }),
    // nothing that is signed goes anywhere else
    redirect: 'manual' as const,
    signal: signal ? AbortSignal.any([signal, late]) : late,
    ...(body !== undefined && { body }),
  };
  const answer = await fetch(url, options).catch((error) => {
    signal?.throwIfAborted();
    throw s3Unreachable(where, error);
  });
  const text = await startOfBody({ body: (answer.body ?? []) as AsyncIterable<Buffer> });
  if (answer.ok) return text;
  const [, code] = /<Code>([A-Za-z]+)<\/Code>/.exec(text) ?? [];
  throw s3Refused(code === undefined ? where : whereOf({ endpoint, bucket }), answer.status, code, text);
}
