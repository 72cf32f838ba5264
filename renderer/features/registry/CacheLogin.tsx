import { PasswordInput, Radio } from '@mantine/core';
import dialogs from '../../desk/dialogs.module.css';
import field from '../../ui/CheckedField.module.css';
import { CheckedField } from '../../ui/CheckedField.tsx';
import { Notice } from '../../ui/Notice.tsx';
import select from '../../ui/SelectField.module.css';
import { accountHint } from './login-words.ts';
import type { CacheSignIn, useCacheLogin } from './use-cache-login.ts';

type Props = ReturnType<typeof useCacheLogin> & { remote: string; mayDoWithout: boolean };

/** How a cache gets into its registry, and what that means for everybody on this computer. */
export function CacheLogin({ kind, setKind, known, username, setUsername, password, setPassword, remote, mayDoWithout }: Props) {
  const host = remote.replace(/^https?:\/\//, '');
  return (
    <>
      {(mayDoWithout || known !== undefined) && (
        <Radio.Group label="Sign-in there" value={kind} onChange={(value) => setKind(value as CacheSignIn)}>
          <div className={dialogs.targets}>
            {mayDoWithout && <Radio value="none" label="None" description="It gets public images only." />}
            {known !== undefined && <Radio value="known" label={`Your sign-in to ${host}`} description={`As ${known}`} />}
            <Radio value="entered" label="A user name and a password" description="A token that may only read is best." />
          </div>
        </Radio.Group>
      )}
      {kind === 'entered' && (
        <>
          <CheckedField label="User name" value={username} onChange={setUsername} says={accountHint(host)} />
          <PasswordInput
            label="Password or access token"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
            classNames={{ input: field.password, label: select.label }}
          />
        </>
      )}
      {kind !== 'none' && (
        <Notice tone="warn" title="Everyone on this computer gets in through the cache">
          <p>
            They can get through it whatever this sign-in may get, without a password. The cache keeps the password on the engine’s disk,
            where whoever may use the engine can read it.
          </p>
          {remote.startsWith('http://') && (
            <p>The connection to {host} isn’t encrypted: whoever can listen on the way reads the password.</p>
          )}
        </Notice>
      )}
    </>
  );
}
