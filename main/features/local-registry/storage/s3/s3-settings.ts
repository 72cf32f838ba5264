import type Docker from 'dockerode';
import * as z from 'zod';
import { changeSettings, readSettings } from '../../settings-file.ts';

/** S3-compatible storage in which a registry keeps its images. */
export type S3Settings = {
  /** `https://s3.eu-central-1.amazonaws.com`, `http://nas.example:9000`. */
  endpoint: string;
  bucket: string;
  region: string;
  key: string;
  secret: string;
};

/** Says on a container where its images are; the keys stand in no label and no variable. */
export const s3Label = 'app.layerdeck.registry.s3';

/** What people call it by. */
export const whereOf = ({ endpoint, bucket }: Pick<S3Settings, 'endpoint' | 'bucket'>): string => `${new URL(endpoint).host}/${bucket}`;

const S3Section = z.object({
  storage: z.object({
    s3: z.object({ regionendpoint: z.string(), bucket: z.string(), region: z.string(), accesskey: z.string(), secretkey: z.string() }),
  }),
});

/** Puts it into a registry's container, which must not have been started. */
export const keepS3 = (docker: Docker, container: Docker.Container, s3: S3Settings): Promise<void> =>
  changeSettings(docker, container, (settings) => ({ ...settings, storage: sectionFor(s3, settings.storage) }));

/** What a registry's container has of it, running or not; undefined if it can't be read. */
export async function readS3(docker: Docker, container: Docker.Container): Promise<S3Settings | undefined> {
  const found = S3Section.safeParse(await readSettings(docker, container));
  if (!found.success) return undefined;
  const { regionendpoint, bucket, region, accesskey, secretkey } = found.data.storage.s3;
  return { endpoint: regionendpoint, bucket, region, key: accesskey, secret: secretkey };
}

/** https://distribution.github.io/distribution/storage-drivers/s3/ */
function sectionFor({ endpoint, bucket, region, key, secret }: S3Settings, before: unknown) {
  // it takes one kind of storage only
  const { filesystem: _, ...others } = (before ?? {}) as Record<string, unknown>;
  const how = { secure: endpoint.startsWith('https:'), v4auth: true, forcepathstyle: true };
  return {
    ...others,
    // whoever reaches the registry may not reach the storage
    redirect: { disable: true },
    s3: { regionendpoint: endpoint, bucket, region, accesskey: key, secretkey: secret, ...how },
  };
}
