import { ActionIcon, Button } from '@mantine/core';
import { IconKey, IconX } from '@tabler/icons-react';
import { client } from '../../../connection/client.ts';
import { attempt } from '../../../desk/attempt.ts';
import { AddButton } from '../../../ui/AddButton.tsx';
import { CheckedField } from '../../../ui/CheckedField.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import c from './BuildOptions.module.css';
import { newSecret, nextKey, type SecretDraft, withRow } from './build-draft.ts';
import { secretIdProblem, variableProblem } from './draft-problems.ts';

type Props = { secrets: SecretDraft[]; onChange(secrets: SecretDraft[]): void };

/** Passwords and keys that only the steps that ask for them can read. */
export function SecretFields({ secrets, onChange }: Props) {
  return (
    <>
      {secrets.map((secret) => (
        <SecretRow
          key={secret.key}
          secret={secret}
          onChange={(part) => onChange(withRow(secrets, secret.key, part))}
          onRemove={() => onChange(secrets.filter(({ key }) => key !== secret.key))}
        />
      ))}
      <AddButton onClick={() => onChange([...secrets, newSecret('', nextKey(secrets))])}>Add a secret</AddButton>
    </>
  );
}

type RowProps = { secret: SecretDraft; onChange(part: Partial<SecretDraft>): void; onRemove(): void };

function SecretRow({ secret, onChange, onRemove }: RowProps) {
  const { id, isAsked, from } = secret;
  const name = id.trim() || 'new secret';
  return (
    // biome-ignore lint/a11y/useSemanticElements: one secret of several, in a group that has the legend
    <div role="group" className={c.secret} aria-label={`Secret ${name}`}>
      <div className={c.secretHead}>
        <IconKey size={15} stroke={1.6} aria-hidden />
        {isAsked ? (
          <span className="grow cut">
            <span className="mono">{id}</span>
            <span className={`sm t3 ${c.asked}`}>a step asks for it</span>
          </span>
        ) : (
          <div className="grow">
            <CheckedField
              label="Id of the secret"
              hideLabel
              value={id}
              onChange={(text) => onChange({ id: text })}
              problem={secretIdProblem(id)}
              placeholder="its id, such as npm-token"
            />
          </div>
        )}
        {!isAsked && (
          <ActionIcon aria-label={`Remove the secret ${name}`} onClick={onRemove}>
            <IconX size={15} stroke={1.7} />
          </ActionIcon>
        )}
      </div>
      <div className={c.row}>
        <SelectField
          label={`Where ${name} comes from`}
          hideLabel
          className={c.from}
          data={sources}
          value={from}
          onChange={(value) => onChange({ from: value as SecretDraft['from'] })}
        />
        {from === 'file' ? <FileSource secret={secret} onChange={onChange} /> : <VariableSource secret={secret} onChange={onChange} />}
      </div>
    </div>
  );
}

const sources = [
  { value: 'file', label: 'From a file' },
  { value: 'environment', label: 'From the system' },
];

type SourceProps = Omit<RowProps, 'onRemove'>;

function FileSource({ secret: { id, file, isFileLost }, onChange }: SourceProps) {
  const choose = async () => {
    const chosen = await attempt(() => client.files.chooseFile());
    if (chosen) onChange({ file: { grant: chosen.grant, name: chosen.name }, isFileLost: false });
  };
  return (
    <div className={c.file}>
      {file && <span className="mono cut">{file.name}</span>}
      <Button size="xs" onClick={() => void choose()} aria-label={`Choose the file of the secret ${id || 'new secret'}`}>
        {file ? 'Change…' : isFileLost ? 'Choose it again…' : 'Choose a file…'}
      </Button>
    </div>
  );
}

const VariableSource = ({ secret: { id, variable }, onChange }: SourceProps) => (
  <div className="grow">
    <CheckedField
      label={`Environment variable of the secret ${id || 'new secret'}`}
      hideLabel
      value={variable}
      onChange={(text) => onChange({ variable: text })}
      problem={variableProblem(variable)}
      placeholder="environment variable, such as NPM_TOKEN"
    />
  </div>
);
