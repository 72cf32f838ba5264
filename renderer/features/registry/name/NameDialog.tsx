import { useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { NameLook } from '../../../../contract/registry.ts';
import { client } from '../../../connection/client.ts';
import { failureOf } from '../../../connection/failure-of.ts';
import { useMirror } from '../../../connection/mirror.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { copyText } from '../../../desk/copy-text.ts';
import { closeDialog } from '../../../desk/dialogs.ts';
import { CheckedField } from '../../../ui/CheckedField.tsx';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { Warning } from '../../../ui/Warning.tsx';
import c from './Name.module.css';
import { elsewhereWords, engineWords, nameProblem, obstacleWords, wayWords } from './name-words.ts';

/** Gives the registry a name by a line in the hosts file, which is shown before, or takes it away. */
export function NameDialog() {
  const registry = useMirror((mirror) => mirror.registry);
  const alias = 'alias' in registry ? registry.alias : undefined;
  const now = alias?.replace(/:\d+$/, '');
  const [text, setText] = useState('dev.docker.local');
  const [isWorking, setWorking] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const name = now ?? text.trim();
  const problem = nameProblem(name);
  const { answer: look, again } = useAsked(
    problem === undefined ? name : undefined,
    (signal) => client.localRegistry.lookAtName({ name }, { signal }),
    { pause: now === undefined ? 200 : 0, since: alias },
  );
  const act = (act: () => Promise<unknown>) => {
    setWorking(true);
    setFailure(undefined);
    act()
      .catch((error) => setFailure(failureOf(error)))
      .finally(() => setWorking(false));
  };
  const check = () => {
    act(() => client.localRegistry.checkName());
    again?.();
  };
  const port = 'port' in registry ? registry.port : undefined;
  const note = failure && <FailureNote failure={failure} />;
  const isByHand = look?.way === 'by-hand';
  if (now !== undefined)
    return (
      <Dialog
        title={`The registry is called ${now}`}
        onClose={closeDialog}
        action={isByHand ? 'Check again' : isWorking ? 'Removing the name' : 'Remove the name'}
        disabled={isWorking}
        onAct={isByHand ? check : () => act(() => client.localRegistry.setName({ name: null }).then(closeDialog))}
        destructive={!isByHand}
        cancel="Done"
        size={540}
      >
        <p className="t2">
          Names of images may begin with <Copied text={`${now}:${port}`} /> on this computer. Those that begin with “localhost” stay as they
          are and lead to the same place.
        </p>
        {look && <OnEngine look={look} registry={`${now}:${port}`} />}
        {look && isByHand && (
          <Line words={`To remove the name, take this line out of ${look.file} as root, then check again.`} line={look.line} />
        )}
        {note}
      </Dialog>
    );
  const obstacle = look && obstacleWords(look);
  const elsewhere = look && elsewhereWords(look, name);
  return (
    <Dialog
      title="Give the registry a name"
      lead="On this computer, names of images may begin with it then, in place of “localhost”."
      onClose={closeDialog}
      action={isByHand ? 'Check again' : isWorking ? 'Giving the name' : 'Give it this name'}
      disabled={isWorking || problem !== undefined || !look || obstacle !== undefined}
      onAct={isByHand ? check : () => act(() => client.localRegistry.setName({ name }))}
      size={540}
    >
      <CheckedField label="Name" value={text} onChange={setText} {...(problem !== undefined && { problem })} autoFocus />
      {look && problem === undefined && (
        <>
          {obstacle ? <Warning isLong>{obstacle}</Warning> : <Line words={wayWords(look)} line={look.line} />}
          {elsewhere && <Warning isLong>{elsewhere}</Warning>}
          {!obstacle && <OnEngine look={look} registry={`${name}:${port}`} />}
          {'isEncrypted' in registry && registry.isEncrypted && (
            <p className="t2">The registry is restarted with a certificate that has this name, too.</p>
          )}
        </>
      )}
      {note}
    </Dialog>
  );
}

const Line = ({ words, line }: { words: string; line: string }) => (
  <div className="t2">
    <p>{words}</p>
    <Copied text={line} />
  </div>
);

/** What the engine in use needs to take the name. */
function OnEngine({ look, registry }: { look: NameLook; registry: string }) {
  const needed = engineWords(look, registry);
  if (!needed) return null;
  return (
    <div className="t2">
      <p>{needed.words}</p>
      <Copied text={needed.copy} />
    </div>
  );
}

const Copied = ({ text }: { text: string }) => (
  <CopyButton label={`Copy ${text}`} copy={() => copyText(text)}>
    <span className={`mono ${c.copied}`}>{text}</span>
  </CopyButton>
);
