import type { BuildStep } from '../../contract/build.ts';
import type { Builder } from '../../contract/engine.ts';
import { buildImage } from '../../main/features/builds/build-image.ts';
import type { BuildOrder } from '../../main/foundation/context/build-order.ts';
import { openEngine } from '../../main/foundation/engine/open-engine.ts';
import { Logins } from '../../main/foundation/registries/logins/logins.ts';

/** Calls the builder without tasks, history or window, and gives the Dockerfile's own steps as they ended. */
export async function buildDirectly(
  host: string,
  builder: Builder,
  order: Partial<BuildOrder> & { folder: string },
  onSeen: (path: string) => void = () => {},
  onLog: (text: string) => void = () => {},
): Promise<{ steps: BuildStep[]; log: string[]; sent: string[] }> {
  const engine = await openEngine({ id: 'test', label: 'test', address: host });
  const log: string[] = [];
  const sent: string[] = [];
  let steps: BuildStep[] = [];
  const whole: BuildOrder = { dockerfile: 'Dockerfile', references: ['directly:1'], secrets: [], classicModes: 'docker-24', ...order };
  const context = {
    id: 'test',
    signal: new AbortController().signal,
    log: (text: string) => {
      log.push(text);
      onLog(text);
    },
    report: ({ build }: { build?: { steps: BuildStep[] } }) => {
      steps = build?.steps ?? steps;
    },
  };
  const saw = ({ path }: { path: string }) => {
    sent.push(path);
    onSeen(path);
  };
  const witness = { saw, sent: () => {} };
  const refuse = () => Promise.reject(new Error('nothing is to be got here'));
  await buildImage(engine, builder, whole, context, { witness, getImage: refuse, logins: new Logins() });
  return { steps: steps.filter(({ number }) => number !== undefined), log, sent };
}
