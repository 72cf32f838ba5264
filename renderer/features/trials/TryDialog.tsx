import { Radio } from '@mantine/core';
import { useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import type { TrialProposal } from '../../../contract/trial.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { openPage } from '../../desk/navigation.ts';
import { CheckedField } from '../../ui/CheckedField.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { FieldGroup } from '../../ui/FieldGroup.tsx';
import { Ring } from '../../ui/Ring.tsx';
import { Warning } from '../../ui/Warning.tsx';
import { FolderFields, PortFields, VariableFields } from './TrialFields.tsx';
import { draftOf, memoryProblem, orderOf, problemOf, type TrialDraft } from './trial-draft.ts';

type Props = { image: string; name: string; reference: string | undefined };

/** Asks how to try an image. Everything is filled in as the image says, so that one press is enough. */
export function TryDialog({ image, name, reference }: Props) {
  const { answer: proposal, failure } = useAsked(image, (signal) => client.trials.propose({ image }, { signal }));
  const [changed, setChanged] = useState<Partial<TrialDraft>>({});
  const [refused, setRefused] = useState<Failure>();
  const [isStarting, setStarting] = useState(false);
  const draft = proposal && { ...draftOf(proposal), ...changed };
  const onChange = (part: Partial<TrialDraft>) => {
    setRefused(undefined);
    setChanged((before) => ({ ...before, ...part }));
  };
  const problem = draft && problemOf(draft);
  const start = () => {
    if (!draft) return;
    setStarting(true);
    setRefused(undefined);
    client.trials
      .start(orderOf(draft, image, reference))
      .then(
        ({ container }) => {
          closeDialog();
          openPage({ page: 'trial', id: container });
        },
        (error) => setRefused(failureOf(error)),
      )
      .finally(() => setStarting(false));
  };
  return (
    <Dialog
      title={`Try ${name}`}
      lead="It runs in a container of its own. What it writes there is gone with it, unless you save it."
      onClose={closeDialog}
      action={isStarting ? 'Starting' : 'Try it'}
      disabled={!draft || isStarting || problem !== undefined || (draft.command.trim() === '' && saysNothing(proposal))}
      onAct={start}
      size={620}
      note={problem}
    >
      {failure && <FailureNote failure={failure} />}
      {refused && <FailureNote failure={refused} />}
      {!draft && !failure && (
        <p className="row t2">
          <Ring /> Reading what the image says of itself
        </p>
      )}
      {draft && proposal && <TryFields draft={draft} proposal={proposal} onChange={onChange} />}
    </Dialog>
  );
}

type FieldsProps = { draft: TrialDraft; proposal: TrialProposal; onChange(part: Partial<TrialDraft>): void };

function TryFields({ draft, proposal, onChange }: FieldsProps) {
  const { entrypoint, command, environment, otherPlatform, isFar } = proposal;
  return (
    <div>
      {otherPlatform && (
        <Warning isLong>
          The image is for {otherPlatform}, and the engine’s processor is another one. It starts only if the engine can imitate it.
        </Warning>
      )}
      {isFar && <Warning isLong>The engine runs on another computer, and so does the container: its ports answer over there.</Warning>}
      <PortFields draft={draft} onChange={onChange} />
      <VariableFields draft={draft} own={environment} onChange={onChange} />
      {!isFar && <FolderFields draft={draft} onChange={onChange} />}
      <FieldGroup title="Command" term="what is run">
        <CheckedField
          label="Command"
          hideLabel
          value={draft.command}
          onChange={(text) => onChange({ command: text })}
          placeholder={command.join(' ') || (entrypoint.length > 0 ? 'none' : 'such as /bin/sh')}
          description={entrypoint.length > 0 ? `It follows ${entrypoint.join(' ')}` : undefined}
        />
        {saysNothing(proposal) && <p className="sm t2">The image doesn’t say what to run, so that a command is needed.</p>}
      </FieldGroup>
      <FieldGroup title="Memory" term="at most">
        <CheckedField
          label="The most memory"
          hideLabel
          value={draft.memory}
          onChange={(text) => onChange({ memory: text })}
          problem={memoryProblem(draft.memory)}
          placeholder="as much as there is"
        />
      </FieldGroup>
      <FieldGroup title="How long">
        <Radio.Group
          aria-label="How long it runs"
          value={draft.stays ? 'stays' : 'closes'}
          onChange={(value) => onChange({ stays: value === 'stays' })}
        >
          <Radio value="closes" label="Until I close it" description="It is removed when Layerdeck closes" />
          <Radio value="stays" label="Keep running" description="Also after a restart of this computer" mt={8} />
        </Radio.Group>
      </FieldGroup>
    </div>
  );
}

const saysNothing = (proposal: TrialProposal | undefined): boolean =>
  proposal !== undefined && proposal.entrypoint.length === 0 && proposal.command.length === 0;
