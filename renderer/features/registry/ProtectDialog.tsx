import { useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import { registryUser } from '../../../contract/grammar.ts';
import type { NewRegistryLogin } from '../../../contract/registry.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';
import { copyText } from '../../desk/copy-text.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { CheckedField } from '../../ui/CheckedField.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { keptWords } from './login-words.ts';

/** Has the registry ask for a sign-in, and shows its password the only time. */
export function ProtectDialog() {
  const [username, setUsername] = useState('layerdeck');
  const [isWorking, setWorking] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [made, setMade] = useState<NewRegistryLogin>();
  if (made) return <MadeLogin login={made} />;
  const name = username.trim();
  const problem = registryUser.test(name) ? undefined : 'A user name has letters, digits, “.”, “_” and “-”.';
  const act = () => {
    setWorking(true);
    setFailure(undefined);
    client.localRegistry
      .protect({ username: name })
      .then(setMade, (error) => setFailure(failureOf(error)))
      .finally(() => setWorking(false));
  };
  return (
    <Dialog
      title="Ask for a sign-in"
      lead="Everybody has to sign in then, to get images as well as to push them. Layerdeck makes a password and signs itself in."
      onClose={closeDialog}
      action={isWorking ? 'Restarting the registry' : 'Make a password and restart'}
      disabled={isWorking || name === '' || problem !== undefined}
      onAct={act}
      size={480}
    >
      <CheckedField label="User name" value={username} onChange={setUsername} problem={problem} autoFocus />
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}

const MadeLogin = ({ login }: { login: NewRegistryLogin }) => (
  <Dialog
    title={`${login.registry} asks for a sign-in now`}
    lead="The password isn’t shown again. Copy it for other programs: docker login asks for it."
    onClose={closeDialog}
    size={480}
    cancel="Done"
  >
    <Facts
      rows={[
        { name: 'User name', value: login.username, mono: true },
        {
          name: 'Password',
          value: (
            <CopyButton label="Copy the password" copy={() => copyText(login.password)}>
              <span className="mono">{login.password}</span>
            </CopyButton>
          ),
        },
      ]}
    />
    <p className="t2">You’re signed in. {keptWords(login)}</p>
  </Dialog>
);
