import { s3Bucket, s3Endpoint, s3Key, s3Region } from '../../../../contract/grammar.ts';

/** What a person enters of S3-compatible storage. */
export type S3Fields = { endpoint: string; bucket: string; region: string; key: string; secret: string };

/** What is wrong with what was entered; nothing is said of what is still empty. */
export function problemsOf({ endpoint, bucket, region, key }: Omit<S3Fields, 'secret'>) {
  return {
    endpoint:
      endpoint === '' || s3Endpoint.test(endpoint)
        ? undefined
        : 'Enter the address of the storage with http:// or https://, and without the bucket.',
    bucket:
      bucket === '' || s3Bucket.test(bucket)
        ? undefined
        : 'A bucket’s name has three characters or more: letters, digits and, between them, “.”, “_” and “-”.',
    region: region === '' || s3Region.test(region) ? undefined : 'A region is written like eu-central-1.',
    key: key === '' || s3Key.test(key) ? undefined : 'An access key has Latin letters, digits and signs, and no spaces.',
  };
}
