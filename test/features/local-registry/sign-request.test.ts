import { expect, test } from 'vitest';
import { signRequest } from '../../../main/features/local-registry/storage/s3/sign-request.ts';

// AWS's own examples: “Signature Calculations for the Authorization Header” of the S3 API reference
const signer = {
  region: 'us-east-1',
  key: 'AKIAIOSFODNN7EXAMPLE',
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  at: Date.UTC(2013, 4, 24),
};
const host = 'https://examplebucket.s3.amazonaws.com';
const signatureOf = (headers: Record<string, string>) => /Signature=(.*)$/.exec(headers.authorization ?? '')?.[1];

test('requests are signed as in AWS’s examples', () => {
  const range = signRequest({ method: 'GET', url: new URL(`${host}/test.txt`), headers: { range: 'bytes=0-9' } }, signer);
  expect(signatureOf(range)).toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
  const list = signRequest({ method: 'GET', url: new URL(`${host}/?max-keys=2&prefix=J`) }, signer);
  expect(signatureOf(list)).toBe('34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7');
  const headers = { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' };
  const put = signRequest({ method: 'PUT', url: new URL(`${host}/test$file.text`), body: 'Welcome to Amazon S3.', headers }, signer);
  expect(signatureOf(put)).toBe('98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd');
  expect(JSON.stringify(put)).not.toContain(signer.secret);
});
