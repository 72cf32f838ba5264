import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import type { CheckedLogin } from '../../../contract/login.ts';
import type { TaskKind } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';
import { closeDialog, type OpenDialog, openDialog } from '../../desk/dialogs.ts';
import { retryTask } from '../../desk/start-task.ts';
import field from '../../ui/CheckedField.module.css';
import { CheckedField } from '../../ui/CheckedField.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { notify } from '../../ui/notify.ts';
import select from '../../ui/SelectField.module.css';
import { accountHint, keptWords, registryProblem, signedInWords } from './login-words.ts';

type Props = {
  registry?: string | undefined;
  /** Opens again once the person is signed in. */
  next?: OpenDialog | undefined;
  /** Runs again once the person is signed in. */
  retry?: { id: string; kind: TaskKind } | undefined;
};

/** Signs in to a registry, which is asked whether the login is right before anything is kept. */
export function SignInDialog({ registry: given = '', next, retry }: Props) {
  const [registry, setRegistry] = useState(given);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<Failure>();
  const [isAsking, setAsking] = useState(false);
  const host = registry.trim();
  const [closed] = useState(() => new AbortController());
  const close = () => {
    // after the dialog is closed, no sign-in may follow, and it must not close another dialog
    closed.abort();
    if (next) openDialog(next);
    else closeDialog();
  };
  const signIn = async () => {
    setAsking(true);
    setFailure(undefined);
    try {
      done(await client.logins.signIn({ registry: host, username: username.trim(), password }, { signal: closed.signal }));
      if (next) openDialog(next);
      else closeDialog();
      if (retry) await retryTask(retry.id, retry.kind);
    } catch (error) {
      if (closed.signal.aborted) return;
      setFailure(failureOf(error));
    } finally {
      setAsking(false);
    }
  };
  return (
    <Dialog
      title="Sign in to a registry"
      lead="Layerdeck checks the sign-in with the registry, and keeps it only if the registry accepts it."
      onClose={close}
      action={isAsking ? 'Asking the registry' : 'Sign in'}
      disabled={isAsking || host === '' || registryProblem(host) !== undefined || username.trim() === '' || password === ''}
      onAct={() => void signIn()}
    >
      <CheckedField
        label="Registry"
        value={registry}
        onChange={setRegistry}
        problem={registryProblem(host)}
        placeholder="docker.io"
        says={accountHint(host)}
        autoFocus={given === ''}
      />
      <CheckedField label="User name" value={username} onChange={setUsername} autoFocus={given !== ''} />
      <PasswordInput
        label="Password or access token"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        classNames={{ input: field.password, label: select.label }}
      />
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}

const done = (login: CheckedLogin): string => notify(signedInWords(login), keptWords(login));
