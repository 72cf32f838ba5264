import { createHash, randomUUID } from 'node:crypto';
import { FailureError } from '../../engine/failure.ts';
import type { Engine } from '../../engine/open-engine.ts';
import { requestUpgrade } from '../../engine/request.ts';
import type { Logins } from '../../logins/logins.ts';
import type { OrderedSecret } from '../build-image.ts';
import type { ContextWitness } from '../context-witness.ts';
import { connectToAgent } from '../ssh/find-agent.ts';
import { forwardAgent } from '../ssh/forward-agent.ts';
import type { WithheldValues } from '../withheld-values.ts';
import { GrpcError, grpcStatus } from './grpc-call.ts';
import { type GrpcMethod, serveGrpc, streaming, unary } from './grpc-server.ts';
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
  /** The lines of the ignore file that counts. */
  ignoreLines(): Promise<string[]>;
  secrets: OrderedSecret[];
  /** Learns what they are. */
  withheld: WithheldValues;
  /** Lets steps use the keys of this computer's SSH agent. */
  ssh: boolean;
  /** Is shown what is sent of the context. */
  witness: ContextWitness;
  logins: Logins;
  signal: AbortSignal;
};

/** Opens the connection over which BuildKit asks this computer for files and logins. */
export async function openSession({ docker }: Engine, options: SessionOptions): Promise<BuildSession> {
  const id = randomUUID();
  let problem: Error | undefined;
  const methods = methodsFor(options, (error) => {
    problem ??= isOwn(error) ? error : undefined;
  });
  const socket = await requestUpgrade(docker, {
    method: 'POST',
    path: '/session',
    headers: {
      Upgrade: 'h2c',
      'X-Docker-Expose-Session-Uuid': id,
      'X-Docker-Expose-Session-Name': 'layerdeck',
      // lets BuildKit compare with what this folder sent before
      'X-Docker-Expose-Session-Sharedkey': createHash('sha256').update(options.folder).digest('hex'),
      'X-Docker-Expose-Session-Grpc-Method': methods.map(({ path }) => path),
    },
    signal: options.signal,
  });
  socket.on('error', () => {}); // the build request tells of it
  const server = serveGrpc(socket, methods);
  return { id, problem: () => problem, close: () => server.close() };
}

// what the system or this program says; all else is about a builder that went away
const isOwn = (error: NodeJS.ErrnoException): boolean => error instanceof FailureError || error.syscall !== undefined;

function methodsFor(options: SessionOptions, tell: (problem: Error) => void): GrpcMethod[] {
  const { folder, dockerfileFolder, ignoreLines, secrets, withheld, ssh, witness, logins } = options;
  const folders = new Map<string, SharedFolder>([
    ['context', { root: folder, witness, ignoreLines }],
    ['dockerfile', { root: dockerfileFolder }],
  ]);
  const told = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: Error) => {
      tell(error);
      throw error;
    });
  return [
    streaming(paths.diffCopy, packets, packets, async (call) => {
      const asked = folders.get(call.header('dir-name')[0] ?? '');
      if (!asked) throw new GrpcError(grpcStatus.notFound, 'no access to this folder');
      await told(sendFiles(call, asked));
    }),
    unary(paths.credentials, credentialsRequests, credentialsResponses, async ({ Host }) => {
      const found = await logins.find(Host === 'registry-1.docker.io' ? 'docker.io' : Host);
      return found ? { Username: found.username ?? '', Secret: found.identitytoken ?? found.password ?? '' } : {};
    }),
    unary(paths.getSecret, secretRequests, secretResponses, async ({ ID }) => {
      const data = await told(readSecret(secrets, ID));
      withheld.add(data);
      return { data };
    }),
    ...(ssh ? agentMethods : []),
    // without an answer to this, Docker 20.10 drops the session after a second
    unary(paths.checkHealth, healthRequests, healthResponses, async () => ({ status: 1 })),
  ];
}

/** One agent for whatever id a step asks: they are all the person's, who allowed it. */
const agentMethods: GrpcMethod[] = [
  unary('/moby.sshforward.v1.SSH/CheckAgent', agentRequests, agentResponses, async () => {
    (await reachAgent()).destroy();
    return {};
  }),
  streaming('/moby.sshforward.v1.SSH/ForwardAgent', someBytes, someBytes, async (call) => forwardAgent(call, await reachAgent())),
];

// no problem of the session's: a step that need not have keys goes on, and may fail for another reason
const reachAgent = () =>
  connectToAgent().catch(() => {
    throw new GrpcError(grpcStatus.notFound, 'the SSH agent of this computer does not answer any more');
  });

const paths = {
  diffCopy: '/moby.filesync.v1.FileSync/DiffCopy',
  credentials: '/moby.filesync.v1.Auth/Credentials',
  getSecret: '/moby.buildkit.secrets.v1.Secrets/GetSecret',
  checkHealth: '/grpc.health.v1.Health/Check',
};
