import { useState } from 'react';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { startTask } from '../../desk/start-task.ts';
import { CheckedField } from '../../ui/CheckedField.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { portProblem } from './registry-words.ts';

/** Gives the registry another port, and says what that means before. */
export function PortDialog() {
  const registry = useMirror((mirror) => mirror.registry);
  const { answer } = useAsked('free-port', (signal) => client.localRegistry.freePort(undefined, { signal }));
  const [typed, setTyped] = useState<string>();
  const text = typed ?? (answer?.port ? String(answer.port) : '');
  const now = registry.state === 'absent' ? registry.kept?.port : 'port' in registry ? registry.port : undefined;
  const problem = portProblem(text, now);
  const act = () => {
    closeDialog();
    void startTask({ kind: 'start-registry', port: Number(text) });
  };
  return (
    <Dialog
      title="Let the registry use another port"
      onClose={closeDialog}
      action={registry.state === 'running' ? 'Change and restart' : 'Change and start'}
      disabled={text.trim() === '' || problem !== undefined}
      onAct={act}
      size={460}
    >
      <CheckedField label="Port" value={text} onChange={setTyped} problem={problem} autoFocus />
      {now !== undefined && (
        <p className="t2">
          Names that begin with <span className="mono">localhost:{now}/</span> won’t lead to it any more, neither here nor in files that
          name them. Its images stay, and can be got under the new address.
        </p>
      )}
    </Dialog>
  );
}
