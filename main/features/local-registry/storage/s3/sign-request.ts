import { createHash, createHmac } from 'node:crypto';

export type S3Request = {
  method: 'GET' | 'PUT' | 'DELETE';
  url: URL;
  body?: string;
  /** Further headers, with names in lower case. */
  headers?: Record<string, string>;
};

type Signer = { region: string; key: string; secret: string /** Milliseconds since 1970. */; at: number };

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
/** As RFC 3986 has it: `encodeURIComponent` leaves five letters more. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** The headers of a request to S3-compatible storage, with AWS's signature, version 4 (“Authenticating Requests”, Authorization header). The secret is in none of them. */
export function signRequest(
  { method, url, body = '', headers = {} }: S3Request,
  { region, key, secret, at }: Signer,
): Record<string, string> {
  const time = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const all: Record<string, string> = { ...headers, host: url.host, 'x-amz-content-sha256': sha256(body), 'x-amz-date': time };
  const names = Object.keys(all).sort();
  const query = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const path = decodeURIComponent(url.pathname).split('/').map(encode).join('/');
  const canonical = [method, path, query.join('&'), ...names.map((name) => `${name}:${all[name]}`), '', names.join(';'), sha256(body)];
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical.join('\n'))].join('\n');
  const ownKey = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secret}`);
  const signature = hmac(ownKey, text).toString('hex');
  const { host: _, ...sent } = all;
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${key}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}
