import type { LocalRegistry } from '../../../contract/registry.ts';
import { copyLog } from '../../desk/copy-log.ts';
import { LogPane } from '../../ui/LogPane.tsx';
import c from './RegistryPage.module.css';
import { useRegistryLog } from './use-registry-log.ts';

/** The end of what the registry wrote down, and what it writes from now on. */
export function RegistryLog({ registry }: { registry: Extract<LocalRegistry, { containerId: string }> }) {
  const lines = useRegistryLog(registry);
  return (
    <div className={c.log}>
      <LogPane lines={lines} copy={() => copyLog(lines)} empty="The registry has written nothing down." />
    </div>
  );
}
