import { useState } from 'react';
import { withDefaultTag } from '../../../contract/reference.ts';
import { describeName, isName, newNameProblem } from '../../desk/describe-reference.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { useEngineScope } from '../../desk/engine-scope.ts';
import { imageName, splitReference } from '../../desk/image-name.ts';
import { startTask } from '../../desk/start-task.ts';
import { useReferenceTargets } from '../../desk/use-reference-targets.ts';
import { CheckedField } from '../../ui/CheckedField.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { shortId } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { useImage } from './use-image.ts';

/** Gives an image another name, and says beforehand which image loses it. */
export function TagDialog({ id }: { id: string }) {
  const at = useEngineScope();
  const image = useImage(id);
  const targets = useReferenceTargets();
  const [text, setText] = useState(() => suggested(image?.references[0]));
  const reference = isName(text) ? withDefaultTag(text.trim()) : undefined;
  const problem = newNameProblem(text);
  const pointsTo = reference ? targets.get(reference) : undefined;
  const act = () => {
    closeDialog();
    if (reference) void startTask({ kind: 'tag', image: id, reference }, at);
  };
  return (
    <Dialog
      title="Add a tag"
      lead={image && `Another name for ${imageName(image)}. Its other names stay.`}
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
        says={pointsTo === id ? 'This image already has that name.' : describeName(text)}
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
        ? 'It is the other image’s only name. That image stays, but untagged.'
        : 'The other image keeps its other names.'}
    </Notice>
  );
}

/** The repository is usually the same: only the tag is left to type. */
const suggested = (reference: string | undefined): string => (reference ? `${splitReference(reference).repository}:` : '');
