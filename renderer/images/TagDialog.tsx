import { useState } from 'react';
import { withDefaultTag } from '../../contract/reference.ts';
import { describeName, isName, nameProblem } from '../connection/describe-reference.ts';
import { closeDialog } from '../connection/dialogs.ts';
import { imageName, splitReference } from '../connection/image-name.ts';
import { startTask } from '../connection/start-task.ts';
import { useReferenceTargets } from '../connection/use-reference-targets.ts';
import { CheckedField } from '../ui/CheckedField.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Notice } from '../ui/Notice.tsx';
import { shortId } from '../ui/short-id.ts';
import { useImage } from './use-image.ts';

/** Gives an image one more name, and says before whom the name is taken from. */
export function TagDialog({ id }: { id: string }) {
  const image = useImage(id);
  const targets = useReferenceTargets();
  const [text, setText] = useState(() => suggested(image?.references[0]));
  const reference = isName(text) ? withDefaultTag(text.trim()) : undefined;
  const digest = reference?.includes('@') ? 'A digest belongs to an image already; it cannot be given. Name a tag.' : undefined;
  const problem = nameProblem(text) ?? digest;
  const pointsTo = reference ? targets.get(reference) : undefined;
  const act = () => {
    closeDialog();
    if (reference) void startTask({ kind: 'tag', image: id, reference });
  };
  return (
    <Dialog
      title="Add a tag"
      lead={image && `A new name for ${imageName(image)}. The others stay.`}
      onClose={closeDialog}
      action={pointsTo && pointsTo !== id ? 'Move the tag' : 'Add the tag'}
      disabled={problem !== undefined || pointsTo === id}
      onAct={act}
    >
      <CheckedField
        label="Name and tag"
        value={text}
        onChange={setText}
        problem={problem}
        says={pointsTo === id ? 'This image has that name already.' : describeName(text)}
        placeholder="my-app:1.0"
        autoFocus
      />
      {pointsTo && pointsTo !== id && reference && <Moves reference={reference} from={pointsTo} to={id} />}
    </Dialog>
  );
}

function Moves({ reference, from, to }: { reference: string; from: string; to: string }) {
  const other = useImage(from);
  return (
    <Notice tone="warn" title={`This moves the tag ${reference} from ${shortId(from)} to ${shortId(to)}`}>
      {other && other.references.length <= 1
        ? 'It is the only name of the other image, which stays but becomes untagged.'
        : 'The other image keeps its other names.'}
    </Notice>
  );
}

/** The repository is usually the same: only the tag is left to type. */
const suggested = (reference: string | undefined): string => (reference ? `${splitReference(reference).repository}:` : '');
