import { PasswordInput } from '@mantine/core';
import field from '../../../ui/CheckedField.module.css';
import { CheckedField } from '../../../ui/CheckedField.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import select from '../../../ui/SelectField.module.css';
import { SeenFailure } from '../SeenFailure.tsx';
import c from './storage.module.css';
import type { useS3 } from './use-s3.ts';

/** Asks for S3-compatible storage, and says what becomes of its keys and of what the registry has. */
export function S3Choice({ fields, problems, failure, change }: ReturnType<typeof useS3>) {
  return (
    <>
      <CheckedField
        label="Address"
        value={fields.endpoint}
        onChange={(endpoint) => change({ endpoint })}
        problem={problems.endpoint}
        placeholder="https://s3.eu-central-1.amazonaws.com"
      />
      <div className={c.pair}>
        <CheckedField label="Bucket" value={fields.bucket} onChange={(bucket) => change({ bucket })} problem={problems.bucket} />
        <CheckedField
          label="Region"
          value={fields.region}
          onChange={(region) => change({ region })}
          problem={problems.region}
          says="If the storage has none, us-east-1."
        />
      </div>
      <div className={c.pair}>
        <CheckedField label="Access key" value={fields.key} onChange={(key) => change({ key })} problem={problems.key} />
        <PasswordInput
          label="Secret key"
          value={fields.secret}
          onChange={(event) => change({ secret: event.currentTarget.value })}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the secret key' }}
          classNames={{ input: field.password, label: select.label }}
        />
      </div>
      <Notice tone="warn" title="Whoever may use the engine can read the secret key">
        <p>The registry keeps it in its container. Use keys that may only list, read, write and remove in this bucket.</p>
        {fields.endpoint.trim().startsWith('http://') && (
          <p>The connection to the storage isn’t encrypted: whoever can listen on the way sees every image.</p>
        )}
      </Notice>
      <p className="sm t2">
        Images that a registry has kept in the bucket are used as they are. What this registry has now stays where it is: to take it along,
        back it up into a file before, and restore it afterwards. Layerdeck can’t free space in such storage.
      </p>
      {failure && <SeenFailure failure={failure} />}
    </>
  );
}
