import { createReadStream } from 'node:fs';
import { GrpcError, grpcStatus } from '../../../foundation/buildkit/grpc-frames.ts';
import type { OrderedSecret } from '../../../foundation/context/build-order.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';

/** The most bytes that BuildKit allows in a secret. */
const largestSecret = 500 * 1024;

/** Reads the secret that a RUN asks for, at this moment. Rejects with the status the builder expects if there is no such secret. */
export async function readSecret(secrets: OrderedSecret[], id: string): Promise<Buffer> {
  const secret = secrets.find((one) => one.id === id);
  const data = secret && ('file' in secret ? await readSmallFile(secret.file) : fromEnvironment(secret.variable));
  // a RUN that can do without the secret continues
  if (!data) throw new GrpcError(grpcStatus.notFound, `secret ${id} not found`);
  if (data.length > largestSecret) throw tooLarge(id);
  return data;
}

function fromEnvironment(variable: string): Buffer | undefined {
  const value = process.env[variable];
  return value === undefined ? undefined : Buffer.from(value);
}

// reads no more than it takes to see that the file is too large
async function readSmallFile(path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of createReadStream(path, { end: largestSecret })) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

const tooLarge = (id: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: `The secret “${id}” is too large`,
    detail: 'The builder accepts secrets of up to 500 KB.',
    hint: 'Choose a smaller file. Copy files that aren’t secret with COPY.',
  });
