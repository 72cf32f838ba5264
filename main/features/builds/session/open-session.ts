import { createHash, randomUUID } from 'node:crypto';
import { GrpcError, grpcStatus } from '../../../foundation/buildkit/grpc-frames.ts';
import type { BuildKitControl } from '../../../foundation/buildkit/open-control.ts';
import {
  agentRequests,
  agentResponses,
  credentialsRequests,
  credentialsResponses,
  healthRequests,
  healthResponses,
  packets,
  secretRequests,
  secretResponses,
  someBytes,
} from '../../../foundation/buildkit/protocols.ts';
import type { OrderedSecret } from '../../../foundation/context/build-order.ts';
import type { ContextWitness } from '../../../foundation/context/context-witness.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';
import type { Logins } from '../../../foundation/registries/logins/logins.ts';
import type { WithheldValues } from '../../../foundation/secrets/withheld-values.ts';
import { connectToAgent } from './find-agent.ts';
import { forwardAgent } from './forward-agent.ts';
import { type GrpcMethod, serveGrpc, streaming, unary } from './grpc-server.ts';
import { readSecret } from './read-secret.ts';
import { type SharedFolder, sendFiles } from './send-files.ts';

export type BuildSession = {
  id: string;
  /** Closes the connection; BuildKit then stops whatever still uses it. */
  close(): void;
  /** What on this computer stopped the build; the builder itself only says that something did. */
  problem(): Error | undefined;
};

export type SessionOptions = {
  /** The folder on this computer that the build uses as its context. */
  folder: string;
  /** The Dockerfile's folder. */
  dockerfileFolder: string;
  /** The lines of the ignore file that applies. */
  ignoreLines(): Promise<string[]>;
  secrets: OrderedSecret[];
  /** Is given each secret that is read, so that it can be withheld. */
  withheld: WithheldValues;
  /** Lets steps use the keys of this computer's SSH agent. */
  ssh: boolean;
  /** Sees everything that is sent from the context. */
  witness: ContextWitness;
  logins: Logins;
  signal: AbortSignal;
};

/** Serves what BuildKit asks this computer for: files and logins. */
export async function openSession(control: BuildKitControl, options: SessionOptions): Promise<BuildSession> {
  const id = randomUUID();
  let problem: Error | undefined;
  const methods = methodsFor(options, (error) => {
    problem ??= isOwn(error) ? error : undefined;
  });
  const headers = {
    'x-docker-expose-session-uuid': id,
    'x-docker-expose-session-name': 'layerdeck',
    // lets BuildKit compare with what it got from this folder before
    'x-docker-expose-session-sharedkey': createHash('sha256').update(options.folder).digest('hex'),
    'x-docker-expose-session-grpc-method': methods.map(({ path }) => path),
  };
  const socket = await control.serveSession(headers, options.signal);
  socket.on('error', () => {}); // the build reports it
  const server = serveGrpc(socket, methods);
  return { id, problem: () => problem, close: () => server.close() };
}

// an error from the system or from Layerdeck; everything else only means that the builder went away
const isOwn = (error: NodeJS.ErrnoException): boolean => error instanceof FailureError || error.syscall !== undefined;

function methodsFor(options: SessionOptions, tell: (problem: Error) => void): GrpcMethod[] {
  const { folder, dockerfileFolder, ignoreLines, secrets, withheld, ssh, witness, logins } = options;
  const folders = new Map<string, SharedFolder>([
    ['context', { root: folder, witness, ignoreLines }],
    ['dockerfile', { root: dockerfileFolder }],
  ]);
  const reporting = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: Error) => {
      tell(error);
      throw error;
    });
  return [
    streaming(paths.diffCopy, packets, packets, async (call) => {
      const asked = folders.get(call.header('dir-name')[0] ?? '');
      if (!asked) throw new GrpcError(grpcStatus.notFound, 'no access to this folder');
      await reporting(sendFiles(call, asked));
    }),
    unary(paths.credentials, credentialsRequests, credentialsResponses, async ({ Host }) => {
      const found = await logins.find(Host === 'registry-1.docker.io' ? 'docker.io' : Host);
      return found ? { Username: found.username ?? '', Secret: found.identitytoken ?? found.password ?? '' } : {};
    }),
    unary(paths.getSecret, secretRequests, secretResponses, async ({ ID }) => {
      const data = await reporting(readSecret(secrets, ID));
      withheld.add(data);
      return { data };
    }),
    ...(ssh ? agentMethods : []),
    // Docker 20.10 drops the session after a second if this is not answered
    unary(paths.checkHealth, healthRequests, healthResponses, async () => ({ status: 1 })),
  ];
}

/** Whatever id a step asks for, it gets the same agent: all keys belong to the person, who allowed their use. */
const agentMethods: GrpcMethod[] = [
  unary('/moby.sshforward.v1.SSH/CheckAgent', agentRequests, agentResponses, async () => {
    (await reachAgent()).destroy();
    return {};
  }),
  streaming('/moby.sshforward.v1.SSH/ForwardAgent', someBytes, someBytes, async (call) => forwardAgent(call, await reachAgent())),
];

// not a problem of the session: a step that can do without keys continues, and may fail for another reason
const reachAgent = () =>
  connectToAgent().catch(() => {
    throw new GrpcError(grpcStatus.notFound, 'the SSH agent of this computer no longer answers');
  });

const paths = {
  diffCopy: '/moby.filesync.v1.FileSync/DiffCopy',
  credentials: '/moby.filesync.v1.Auth/Credentials',
  getSecret: '/moby.buildkit.secrets.v1.Secrets/GetSecret',
  checkHealth: '/grpc.health.v1.Health/Check',
};
