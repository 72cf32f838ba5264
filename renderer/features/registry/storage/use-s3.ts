import { useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import { client } from '../../../connection/client.ts';
import { failureOf } from '../../../connection/failure-of.ts';
import { problemsOf, type S3Fields } from './s3-words.ts';

const empty: S3Fields = { endpoint: '', bucket: '', region: 'us-east-1', key: '', secret: '' };

/** What one entered of S3-compatible storage, and having main try it. */
export function useS3() {
  const [fields, setFields] = useState<S3Fields>(empty);
  const [failure, setFailure] = useState<Failure>();
  const [isTrying, setTrying] = useState(false);
  const [closed] = useState(() => new AbortController());
  const trimmed = {
    ...fields,
    endpoint: fields.endpoint.trim().replace(/\/+$/, ''),
    bucket: fields.bucket.trim(),
    region: fields.region.trim(),
    key: fields.key.trim(),
  };
  const problems = problemsOf(trimmed);
  /** What main gave for it; undefined if it can't be used. */
  const tryIt = async (): Promise<string | undefined> => {
    setTrying(true);
    setFailure(undefined);
    try {
      return (await client.localRegistry.tryS3(trimmed, { signal: closed.signal })).s3;
    } catch (error) {
      if (!closed.signal.aborted) setFailure(failureOf(error));
      return undefined;
    } finally {
      setTrying(false);
    }
  };
  return {
    fields,
    problems,
    failure,
    isTrying,
    isComplete: Object.values(trimmed).every((text) => text !== '') && Object.values(problems).every((problem) => problem === undefined),
    change: (change: Partial<S3Fields>) => setFields({ ...fields, ...change }),
    tryIt,
    /** After the dialog is closed, nothing may follow. */
    giveUp: () => closed.abort(),
  };
}
