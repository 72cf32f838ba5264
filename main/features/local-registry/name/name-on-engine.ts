import type { LocalRegistry, NameOnEngine } from '../../../../contract/registry.ts';
import { readEngineInfo } from '../../../foundation/engine/answers/engine-answers.ts';
import { infoOf } from '../../../foundation/engine/engine-info.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';

/**
 * Whether an engine takes a registry's name that leads to loopback. Docker's own store looks where a name leads and asks for no certificate
 * there (seen: 20.10, 28.5). With containerd's store it doesn't (28.5), and has to be told; so has Podman (5.8), whose pulls take no word about it.
 */
export async function nameOnEngine(engine: Engine, registry: LocalRegistry, name: string): Promise<NameOnEngine> {
  if (engine.product !== 'Podman' && (await infoOf(engine)).store !== 'containerd') return 'takes';
  if (!('port' in registry)) return 'plain';
  const { RegistryConfig } = await readEngineInfo(engine);
  if (RegistryConfig.IndexConfigs[`${name}:${registry.port}`]?.Secure === false) return 'takes';
  return registry.isEncrypted ? 'certificate' : 'plain';
}
