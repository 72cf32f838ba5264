import type { RootFiles } from '../../../contract/archive.ts';
import { withDefaultTag } from '../../../contract/reference.ts';
import { describeName, nameProblem } from '../../connection/describe-reference.ts';
import { useReferenceTargets } from '../../connection/use-reference-targets.ts';
import { CheckedField } from '../../ui/CheckedField.tsx';
import { bytes, grouped } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import c from './archive.module.css';
import { commandOf, type LoadChoice, type LookedFile, nameOf } from './load-choices.ts';

type Props = { preview: RootFiles; looked: LookedFile; onChange(choice: LoadChoice): void };

/** The files of a system without an image's description: what the image made of them is called and runs. */
export function ImportFields({ preview, looked, onChange }: Props) {
  const { choice } = looked;
  const name = nameOf(looked);
  const problem = nameProblem(name);
  const targets = useReferenceTargets();
  const isTaken = !problem && targets.has(withDefaultTag(name.trim()));
  return (
    <div className={c.import}>
      <p className="t2">
        It holds {grouped(preview.entries)} files and folders of a system, {bytes(preview.unpackedSize)}, and not yet an image. One of a
        single layer is made of them.
      </p>
      <CheckedField
        label="Name and tag"
        value={name}
        onChange={(text) => onChange({ ...choice, name: text })}
        problem={problem}
        says={isTaken ? 'You have this tag already: it moves to the new image.' : describeName(name)}
        placeholder="my-system:1.0"
      />
      <CheckedField
        label="What a container of it runs"
        value={commandOf(looked)}
        onChange={(command) => onChange({ ...choice, command })}
        says={commandOf(looked).trim() === '' ? 'Nothing: it has to be named each time a container is made.' : undefined}
        placeholder="/bin/sh"
      />
      {name.trim() === '' && <Notice tone="warn">An image needs a name to be found again.</Notice>}
    </div>
  );
}
