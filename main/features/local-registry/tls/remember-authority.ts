import type { LocalRegistry } from '../../../../contract/registry.ts';
import { inspectContainer } from '../../../foundation/engine/answers/container-answers.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import type { RegistryBook } from '../registry-book.ts';
import { authorityIn, certificateLabel } from './tls-files.ts';

type Container = Extract<LocalRegistry, { containerId: string }>;

/** Keeps who vouches for the own registry, by its container: from now on, nobody else at its address is taken for it. */
export async function rememberAuthority(engine: Engine, { containerId, maker, port }: Container, book: RegistryBook): Promise<void> {
  if (maker !== 'layerdeck' || port === undefined) return;
  const { Config } = await inspectContainer(engine, containerId);
  const chain = Config.Labels[certificateLabel];
  await book.keepAuthority(engine, port, chain === undefined ? undefined : authorityIn(chain));
}

/** The same for one that a Layerdeck made which this one knows nothing of. What is known already is changed by a start alone. */
export async function meetAuthority(engine: Engine, registry: LocalRegistry, book: RegistryBook): Promise<void> {
  if (registry.state !== 'running' || registry.certificate === undefined) return;
  if (book.authorityOf(registry.address) === undefined) await rememberAuthority(engine, registry, book);
}
