import type { RootFiles } from '../../../contract/archive.ts';
import { withDefaultTag } from '../../../contract/reference.ts';
import { describeName, nameProblem } from '../../desk/describe-reference.ts';
import { useReferenceTargets } from '../../desk/use-reference-targets.ts';
import { CheckedField } from '../../ui/CheckedField.tsx';
import { bytes, grouped } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import c from './archive.module.css';
import { commandOf, type LoadChoice, type LookedFile, nameOf } from './load-choices.ts';

type Props = { preview: RootFiles; looked: LookedFile; onChange(choice: LoadChoice): void };

/** A file system without the description of an image: what the image made from it is called, and what it runs. */
export function ImportFields({ preview, looked, onChange }: Props) {
  const { choice } = looked;
  const name = nameOf(looked);
  const problem = nameProblem(name);
  const targets = useReferenceTargets();
  const isTaken = !problem && targets.has(withDefaultTag(name.trim()));
  return (
    <div className={c.import}>
      <p className="t2">
        This is a file system, not yet an image: {grouped(preview.entries)} files and folders, {bytes(preview.unpackedSize)}. The engine
        makes an image with a single layer from it.
      </p>
      <CheckedField
        label="Name and tag"
        value={name}
        onChange={(text) => onChange({ ...choice, name: text })}
        problem={problem}
        says={isTaken ? 'You already have this tag: it moves to the new image.' : describeName(name)}
        placeholder="my-system:1.0"
      />
      <CheckedField
        label="What the container runs"
        value={commandOf(looked)}
        onChange={(command) => onChange({ ...choice, command })}
        says={commandOf(looked).trim() === '' ? 'Nothing: each new container has to be told what to run.' : undefined}
        placeholder="/bin/sh"
      />
      {name.trim() === '' && <Notice tone="warn">Give the image a name, so that you can find it again.</Notice>}
    </div>
  );
}
