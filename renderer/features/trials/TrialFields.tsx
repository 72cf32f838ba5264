import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core';
import { IconArrowRight, IconFolder, IconX } from '@tabler/icons-react';
import { client } from '../../connection/client.ts';
import { attempt } from '../../desk/attempt.ts';
import { AddButton } from '../../ui/AddButton.tsx';
import { CheckedField } from '../../ui/CheckedField.tsx';
import { FieldGroup } from '../../ui/FieldGroup.tsx';
import c from './Trials.module.css';
import { insideProblem, nameProblem, nextKey, type PortDraft, type TrialDraft, type VariableDraft, withRow } from './trial-draft.ts';
import { portProblem } from './trial-words.ts';

type Props = { draft: TrialDraft; onChange(part: Partial<TrialDraft>): void };

/** Which ports of this computer lead to the program inside. */
export function PortFields({ draft: { ports, isOpen }, onChange }: Props) {
  return (
    <FieldGroup title="Ports" term="where it answers">
      {ports.map((port) => (
        <PortRow
          key={port.key}
          port={port}
          onChange={(part) => onChange({ ports: withRow(ports, port.key, part) })}
          onRemove={() => onChange({ ports: ports.filter(({ key }) => key !== port.key) })}
        />
      ))}
      <AddButton onClick={() => onChange({ ports: [...ports, { key: nextKey(ports), inside: '', here: '', protocol: 'tcp' }] })}>
        Add a port
      </AddButton>
      {ports.length > 0 && (
        <Checkbox
          label="Other computers in my network may reach it"
          checked={isOpen}
          onChange={(event) => onChange({ isOpen: event.currentTarget.checked })}
        />
      )}
    </FieldGroup>
  );
}

type PortProps = { port: PortDraft; onChange(part: Partial<PortDraft>): void; onRemove(): void };

function PortRow({ port: { inside, here, protocol }, onChange, onRemove }: PortProps) {
  const name = inside.trim() || 'new port';
  return (
    // biome-ignore lint/a11y/useSemanticElements: one port of several, in a group that has the legend
    <div role="group" className={c.port} aria-label={`Port ${name}`}>
      <CheckedField
        label={`Port of this computer for ${name}`}
        hideLabel
        value={here}
        onChange={(text) => onChange({ here: text })}
        problem={portProblem(here)}
        placeholder="here"
      />
      <span className="sm t3">here</span>
      <IconArrowRight size={15} stroke={1.6} aria-hidden className={c.arrow} />
      <CheckedField
        label={`Port inside for ${name}`}
        hideLabel
        value={inside}
        onChange={(text) => onChange({ inside: text })}
        problem={portProblem(inside)}
        placeholder="inside"
      />
      <span className="sm t3">{protocol === 'udp' ? 'inside, UDP' : 'inside'}</span>
      <ActionIcon aria-label={`Remove the port ${name}`} onClick={onRemove}>
        <IconX size={15} stroke={1.7} />
      </ActionIcon>
    </div>
  );
}

type VariableProps = Props & { /** What the image sets itself. */ own: readonly { name: string; value: string }[] };

/** Environment variables in place of the image’s own, or besides them. */
export const VariableFields = ({ draft: { variables }, own, onChange }: VariableProps) => (
  <FieldGroup title="Environment" term="variables that it reads">
    {variables.map((variable) => (
      <VariableRow
        key={variable.key}
        variable={variable}
        before={own.find(({ name }) => name === variable.name.trim())?.value}
        onChange={(part) => onChange({ variables: withRow(variables, variable.key, part) })}
        onRemove={() => onChange({ variables: variables.filter(({ key }) => key !== variable.key) })}
      />
    ))}
    <AddButton onClick={() => onChange({ variables: [...variables, { key: nextKey(variables), name: '', value: '' }] })}>
      Add a variable
    </AddButton>
    {own.length > 0 && (
      <p className={`sm t3 ${c.own}`}>
        The image sets {own.map(({ name }) => name).join(', ')}. A variable here takes the place of one that it sets.
      </p>
    )}
  </FieldGroup>
);

type VariableRowProps = {
  variable: VariableDraft;
  before: string | undefined;
  onChange(part: Partial<VariableDraft>): void;
  onRemove(): void;
};

function VariableRow({ variable: { name, value }, before, onChange, onRemove }: VariableRowProps) {
  const called = name.trim() || 'new variable';
  return (
    // biome-ignore lint/a11y/useSemanticElements: one variable of several, in a group that has the legend
    <div role="group" className={c.variable} aria-label={`Variable ${called}`}>
      <CheckedField
        label={`Name of ${called}`}
        hideLabel
        value={name}
        onChange={(text) => onChange({ name: text })}
        problem={nameProblem(name)}
        placeholder="NAME"
      />
      <TextInput
        aria-label={`Value of ${called}`}
        value={value}
        onChange={(event) => onChange({ value: event.currentTarget.value })}
        placeholder={before === undefined ? 'value' : before || 'empty in the image'}
        spellCheck={false}
        autoComplete="off"
      />
      <ActionIcon aria-label={`Remove the variable ${called}`} onClick={onRemove}>
        <IconX size={15} stroke={1.7} />
      </ActionIcon>
    </div>
  );
}

/** A folder of this computer that the program inside sees. */
export function FolderFields({ draft: { folder, inside, mayWrite }, onChange }: Props) {
  const choose = async () => {
    const chosen = await attempt(() => client.files.chooseFolder());
    if (chosen) onChange({ folder: chosen });
  };
  return (
    <FieldGroup title="Folder" term="of this computer">
      {folder && (
        <>
          <div className="row">
            <IconFolder size={16} stroke={1.6} aria-hidden />
            <span className="grow cut" title={folder.path}>
              {folder.path}
            </span>
            <ActionIcon aria-label="Use no folder" onClick={() => onChange({ folder: undefined })}>
              <IconX size={15} stroke={1.7} />
            </ActionIcon>
          </div>
          <CheckedField
            label="It sees the folder as"
            value={inside}
            onChange={(text) => onChange({ inside: text })}
            problem={insideProblem(inside)}
          />
          <Checkbox
            label="It may change what is in the folder"
            checked={mayWrite}
            onChange={(event) => onChange({ mayWrite: event.currentTarget.checked })}
          />
        </>
      )}
      <div>
        <Button size="xs" onClick={() => void choose()}>
          {folder ? 'Choose another folder…' : 'Choose a folder…'}
        </Button>
      </div>
    </FieldGroup>
  );
}
