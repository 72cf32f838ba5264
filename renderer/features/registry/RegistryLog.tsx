import type { LocalRegistry } from '../../../contract/registry.ts';
import { copyText } from '../../desk/copy-text.ts';
import { LogPane } from '../../ui/LogPane.tsx';
import c from './RegistryPage.module.css';
import { useRegistryLog } from './use-registry-log.ts';

/** The most characters that the clipboard takes. */
const mostCopied = 100_000;

/** The end of what the registry wrote down, and what it writes from now on. */
export function RegistryLog({ registry }: { registry: Extract<LocalRegistry, { containerId: string }> }) {
  const lines = useRegistryLog(registry);
  const copy = () =>
    copyText(
      lines
        .map(({ text }) => text)
        .join('\n')
        .slice(-mostCopied),
    );
  return (
    <div className={c.log}>
      <LogPane lines={lines} copy={copy} empty="The registry has written nothing down." />
    </div>
  );
}
