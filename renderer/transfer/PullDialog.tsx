import { useState } from 'react';
import { withDefaultTag } from '../../contract/reference.ts';
import { describeSource, isName, nameProblem } from '../connection/describe-reference.ts';
import { closeDialog } from '../connection/dialogs.ts';
import { startTask } from '../connection/start-task.ts';
import { useReferenceTargets } from '../connection/use-reference-targets.ts';
import { CheckedField } from '../ui/CheckedField.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Notice } from '../ui/Notice.tsx';

/** Gets an image from a registry, and says from which one before it does. */
export function PullDialog() {
  const [text, setText] = useState('');
  const targets = useReferenceTargets();
  const isHere = isName(text) && targets.has(withDefaultTag(text.trim()));
  const act = () => {
    closeDialog();
    void startTask({ kind: 'pull', reference: text.trim() });
  };
  return (
    <Dialog
      title="Get an image"
      lead="From a registry to this engine. The engine calls it pull."
      onClose={closeDialog}
      action="Get the image"
      disabled={!isName(text)}
      onAct={act}
    >
      <CheckedField
        label="Name and tag"
        value={text}
        onChange={setText}
        problem={nameProblem(text)}
        says={
          describeSource(text) ??
          'For example nginx:1.27-alpine from Docker Hub, or ghcr.io/owner/app:2.0 from another registry. Without a tag it is “latest”.'
        }
        placeholder="nginx:1.27-alpine"
        autoFocus
      />
      {isHere && (
        <Notice tone="quiet">
          You have this tag already. Only what changed since is downloaded, and the tag moves to the newer image.
        </Notice>
      )}
    </Dialog>
  );
}
