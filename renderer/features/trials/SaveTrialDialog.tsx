import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { withDefaultTag } from '../../../contract/reference.ts';
import type { Trial } from '../../../contract/trial.ts';
import { useMirror } from '../../connection/mirror.ts';
import { describeName, isName, newNameProblem } from '../../desk/describe-reference.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { splitReference } from '../../desk/image-name.ts';
import { startTask } from '../../desk/start-task.ts';
import { useReferenceTargets } from '../../desk/use-reference-targets.ts';
import { CheckedField } from '../../ui/CheckedField.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { listed } from '../../ui/format.ts';
import { Warning } from '../../ui/Warning.tsx';

/** Makes a new image of a trial, after it was said what gets into it. */
export function SaveTrialDialog({ container }: { container: string }) {
  const trial = useMirror((mirror) => mirror.trials.find(({ containerId }) => containerId === container));
  if (!trial) {
    return (
      <Dialog title="This container is gone" onClose={closeDialog}>
        <p className="t2">It was removed, so that there is nothing to save.</p>
      </Dialog>
    );
  }
  return <SaveForm trial={trial} />;
}

function SaveForm({ trial }: { trial: Trial }) {
  const { containerId, image, variables, state, folder } = trial;
  const targets = useReferenceTargets();
  const [name, setName] = useState(() => suggested(image));
  const [message, setMessage] = useState('');
  const [author, setAuthor] = useState('');
  const [command, setCommand] = useState('');
  const [keepsVariables, setKeepsVariables] = useState(false);
  const [pauses, setPauses] = useState(true);
  const [isFlat, setFlat] = useState(false);
  const carriesVariables = variables.length > 0 && !isFlat;
  const reference = isName(name) ? withDefaultTag(name.trim()) : undefined;
  const isMoved = reference !== undefined && targets.has(reference);
  const act = () => {
    closeDialog();
    if (!reference) return;
    void startTask({ kind: 'commit', container: containerId, reference, author, message, command, keepsVariables, isFlat, pauses });
  };
  return (
    <Dialog
      title={`Save what runs of ${image} as a new image`}
      lead="The image as it was, with one layer more: what was changed in the container."
      onClose={closeDialog}
      action="Save the image"
      disabled={newNameProblem(name) !== undefined || (carriesVariables && !keepsVariables)}
      onAct={act}
    >
      <CheckedField
        label="Name and tag"
        value={name}
        onChange={setName}
        problem={newNameProblem(name)}
        says={isMoved ? 'Another image has this name. It loses it, and stays.' : describeName(name)}
        placeholder="my-app:2"
        autoFocus
      />
      <TextInput label="What is new" value={message} onChange={(event) => setMessage(event.currentTarget.value)} maxLength={2000} />
      {!isFlat && <TextInput label="Made by" value={author} onChange={(event) => setAuthor(event.currentTarget.value)} maxLength={200} />}
      <CheckedField label="Command" value={command} onChange={setCommand} placeholder="as the image says" />
      <Checkbox
        label="As a base image"
        description="All files in one layer, without the history of the image; what was removed is really gone"
        checked={isFlat}
        onChange={(event) => setFlat(event.currentTarget.checked)}
      />
      {carriesVariables && (
        <div>
          <Warning isLong>
            The image will carry what you set for the trial: {listed(variables)}. Engines note in an image what its container was set to,
            and whoever gets the image can read it.
          </Warning>
          <Checkbox
            mt={8}
            label="They are no secrets: keep them in the image"
            checked={keepsVariables}
            onChange={(event) => setKeepsVariables(event.currentTarget.checked)}
          />
        </div>
      )}
      {state === 'running' && !isFlat && (
        <Checkbox
          label="Let it stand still meanwhile"
          description="So that no file is half written"
          checked={pauses}
          onChange={(event) => setPauses(event.currentTarget.checked)}
        />
      )}
      {folder && <p className="sm t2">What is in the folder {folder.path} doesn’t get into the image.</p>}
    </Dialog>
  );
}

/** The repository is usually the same: only the tag is left to type. */
const suggested = (image: string): string => (isName(image) ? `${splitReference(image).repository}:` : '');
