import { createServer } from 'node:net';
import type Docker from 'dockerode';
import { inspectContainer } from '../../../../foundation/engine/answers/container-answers.ts';
import { readLastLines } from '../../../../foundation/engine/containers/container-lines.ts';
import type { Engine } from '../../../../foundation/engine/open-engine.ts';
import { toFailure } from '../../../../foundation/failures/failure.ts';
import { WithheldValues } from '../../../../foundation/secrets/withheld-values.ts';
import { collectorLabel } from '../../recognise-registry.ts';
import { waitForContainer } from '../../wait-until-ready.ts';
import { s3NotFromContainer } from './s3-failures.ts';
import { keepS3, type S3Settings, whereOf } from './s3-settings.ts';

/**
 * Starts a registry on S3-compatible storage for a moment, beside the one that runs, and begins an upload there: a container may not reach what this computer
 * reaches, and a registry whose keys are wrong starts all the same. It answers on this computer only, and nothing of it is left.
 */
export async function tryInContainer(engine: Engine, image: string, s3: S3Settings, signal: AbortSignal): Promise<void> {
  const port = await anyPort();
  const container = await create(engine.docker, image, port);
  const address = `127.0.0.1:${port}`;
  try {
    await keepS3(engine.docker, container, s3);
    await container.start();
    await waitForContainer(engine, container.id, address, { signal });
    const begun = await fetch(`http://${address}/v2/layerdeck-trial/blobs/uploads/`, { method: 'POST', signal });
    if (begun.status !== 202) throw new Error((await readLastLines(engine, container.id, { isTty: false, lines: 6 })).join('\n'));
    await fetch(new URL(begun.headers.get('location') ?? '', `http://${address}`), { method: 'DELETE', signal });
  } catch (error) {
    signal.throwIfAborted();
    const { cause, title } = toFailure(error);
    throw s3NotFromContainer(whereOf(s3), new WithheldValues([s3.secret]).clean(cause ?? title));
  } finally {
    await container.remove({ force: true, v: true }).catch(() => {}); // the next collector removes it
  }
}

async function create(docker: Docker, image: string, port: number): Promise<Docker.Container> {
  const options = (further: string[]): Docker.ContainerCreateOptions => ({
    Image: image,
    Labels: { [collectorLabel]: 'trial' },
    Env: further,
    ExposedPorts: { '5000/tcp': {} },
    HostConfig: { PortBindings: { '5000/tcp': [{ HostIp: '127.0.0.1', HostPort: String(port) }] } },
  });
  const container = await docker.createContainer(options([]));
  if ((await inspectContainer({ docker }, container.id)).HostConfig.NetworkMode !== 'host') return container;
  await container.remove({ force: true, v: true });
  return docker.createContainer(options([`REGISTRY_HTTP_ADDR=127.0.0.1:${port}`]));
}

/** A port that nobody has, for a moment. */
const anyPort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const at = server.address();
        server.close(() => resolve(typeof at === 'object' && at ? at.port : 0));
      });
  });
