import { createHash, randomUUID } from 'node:crypto';
import { Server, ServerCredentials, type ServiceDefinition } from '@grpc/grpc-js';
import { FailureError } from '../../engine/failure.ts';
import type { Engine } from '../../engine/open-engine.ts';
import { requestUpgrade } from '../../engine/request.ts';
import type { Logins } from '../../logins/logins.ts';
import type { OrderedSecret } from '../build-image.ts';
import type { ContextWitness } from '../context-witness.ts';
import {
  credentialsRequests,
  credentialsResponses,
  healthRequests,
  healthResponses,
  type MessageCodec,
  packets,
  secretRequests,
  secretResponses,
} from './protocols.ts';
import { readSecret } from './read-secret.ts';
import { type SharedFolder, sendFiles } from './send-files.ts';

export type BuildSession = {
  id: string;
  /** Lets go of the connection; BuildKit then stops what still uses it. */
  close(): void;
  /** What on this computer kept the build from going on; the builder only tells that something did. */
  problem(): Error | undefined;
};

export type SessionOptions = {
  /** Folder on this computer that the build sees as its context. */
  folder: string;
  /** Folder of the Dockerfile. */
  dockerfileFolder: string;
  secrets: OrderedSecret[];
  /** Is shown what is sent of the context. */
  witness: ContextWitness;
  logins: Logins;
  signal: AbortSignal;
};

/** Opens the connection over which BuildKit asks this computer for files and logins. */
export async function openSession({ docker }: Engine, options: SessionOptions): Promise<BuildSession> {
  const id = randomUUID();
  const socket = await requestUpgrade(docker, {
    method: 'POST',
    path: '/session',
    headers: {
      Upgrade: 'h2c',
      'X-Docker-Expose-Session-Uuid': id,
      'X-Docker-Expose-Session-Name': 'layerdeck',
      // lets BuildKit compare with what this folder sent before
      'X-Docker-Expose-Session-Sharedkey': createHash('sha256').update(options.folder).digest('hex'),
      'X-Docker-Expose-Session-Grpc-Method': Object.values(services).flatMap((service) => Object.values(service).map(({ path }) => path)),
    },
    signal: options.signal,
  });
  let problem: Error | undefined;
  const server = serve(options, (error) => {
    problem ??= isOwn(error) ? error : undefined;
  });
  socket.on('error', () => {}); // the build request tells of it
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  injector.injectConnection(socket);
  return {
    id,
    problem: () => problem,
    close() {
      server.forceShutdown();
      injector.destroy();
      socket.destroy();
    },
  };
}

// what the system or this program says; all else is about a builder that went away
const isOwn = (error: NodeJS.ErrnoException): boolean => error instanceof FailureError || error.syscall !== undefined;

function serve({ folder, dockerfileFolder, secrets, witness, logins }: SessionOptions, tell: (problem: Error) => void): Server {
  const server = new Server({ 'grpc.max_receive_message_length': -1 });
  const folders: Record<string, SharedFolder> = { context: { root: folder, witness }, dockerfile: { root: dockerfileFolder } };
  server.addService(services.fileSync, {
    DiffCopy(call: Parameters<typeof sendFiles>[0]) {
      const asked = folders[String(call.metadata.get('dir-name')[0])];
      // emitted, the error reaches the builder as the call's status; a destroyed call would leave it waiting for ever
      if (asked === undefined) return call.emit('error', new Error('no access to this folder'));
      sendFiles(call, asked).catch((error: Error) => {
        tell(error);
        call.emit('error', error);
      });
    },
  });
  server.addService(services.auth, {
    Credentials({ request }: { request: { Host: string } }, answer: Answer<{ Username?: string; Secret?: string }>) {
      const host = request.Host === 'registry-1.docker.io' ? 'docker.io' : request.Host;
      logins
        .find(host)
        .then(
          (found) => answer(null, found ? { Username: found.username ?? '', Secret: found.identitytoken ?? found.password ?? '' } : {}),
          answer,
        );
    },
  });
  server.addService(services.secrets, {
    GetSecret({ request }: { request: { ID: string } }, answer: Answer<{ data: Buffer }>) {
      readSecret(secrets, request.ID).then(
        (data) => answer(null, { data }),
        (error: Error) => {
          tell(error);
          answer(error);
        },
      );
    },
  });
  // without an answer to this, Docker 20.10 drops the session after a second
  server.addService(services.health, { Check: (_call: unknown, answer: Answer<{ status: number }>) => answer(null, { status: 1 }) });
  return server;
}

type Answer<T> = (error: Error | null, value?: T) => void;

const services = {
  fileSync: { DiffCopy: method('/moby.filesync.v1.FileSync/DiffCopy', packets, packets, true) },
  auth: { Credentials: method('/moby.filesync.v1.Auth/Credentials', credentialsRequests, credentialsResponses, false) },
  secrets: { GetSecret: method('/moby.buildkit.secrets.v1.Secrets/GetSecret', secretRequests, secretResponses, false) },
  health: { Check: method('/grpc.health.v1.Health/Check', healthRequests, healthResponses, false) },
} satisfies Record<string, ServiceDefinition>;

function method<In, Out>(path: string, request: MessageCodec<In>, response: MessageCodec<Out>, stream: boolean) {
  return {
    path,
    requestStream: stream,
    responseStream: stream,
    requestSerialize: request.encode,
    requestDeserialize: request.decode,
    responseSerialize: response.encode,
    responseDeserialize: response.decode,
  };
}
