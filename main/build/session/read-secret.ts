import { createReadStream } from 'node:fs';
import { FailureError } from '../../engine/failure.ts';
import type { OrderedSecret } from '../build-image.ts';
import { GrpcError, grpcStatus } from './grpc-call.ts';

/** Bytes that BuildKit lets a secret have. */
const largestSecret = 500 * 1024;

/** What a RUN asks for, read at this moment. Rejects as the builder expects it where there is no such secret. */
export async function readSecret(secrets: OrderedSecret[], id: string): Promise<Buffer> {
  const secret = secrets.find((one) => one.id === id);
  const data = secret && ('file' in secret ? await readSmallFile(secret.file) : fromEnvironment(secret.variable));
  // a RUN that can do without it goes on
  if (!data) throw new GrpcError(grpcStatus.notFound, `secret ${id} not found`);
  if (data.length > largestSecret) throw tooLarge(id);
  return data;
}

function fromEnvironment(variable: string): Buffer | undefined {
  const value = process.env[variable];
  return value === undefined ? undefined : Buffer.from(value);
}

// No more than needed to see that it is too large.
async function readSmallFile(path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of createReadStream(path, { end: largestSecret })) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

const tooLarge = (id: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: `The secret “${id}” is too large`,
    detail: 'The builder takes secrets of up to 500 KB.',
    hint: 'Choose a smaller file. What is no secret can be copied with COPY.',
  });
