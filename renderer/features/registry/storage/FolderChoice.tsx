import { Radio } from '@mantine/core';
import dialogs from '../../../desk/dialogs.module.css';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { bytes } from '../../../ui/format.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Ring } from '../../../ui/Ring.tsx';
import { foundWords, othersWords, spaceProblem } from './storage-words.ts';
import type { LookedAt } from './use-folder.ts';

type Props = LookedAt & {
  /** Bytes that the registry holds now. */
  size: number | null | undefined;
  /** Whether these are copied there; undefined if that can't be chosen. */
  takesAlong: boolean | undefined;
  onTakesAlong(takesAlong: boolean): void;
  hasLogin: boolean;
};

/** What is in a folder, and whether what the registry has comes along. */
export function FolderChoice({ path, found, failure, size, takesAlong, onTakesAlong, hasLogin }: Props) {
  if (path === undefined) return null;
  if (failure) return <FailureNote failure={failure} />;
  if (!found)
    return (
      <p className="row t2" role="status">
        <Ring /> Looking into {path}
      </p>
    );
  const problem = takesAlong ? spaceProblem(size, found.free) : undefined;
  return (
    <>
      <p className="t2">
        <span className="mono">{found.path}</span>
        <br />
        {foundWords(found)}
      </p>
      {found.others > 0 && (
        <Notice tone="warn" title="The folder isn’t empty">
          {othersWords(found.others)}
        </Notice>
      )}
      {takesAlong !== undefined && (
        <Radio.Group
          label="What the registry has now"
          value={takesAlong ? 'copy' : 'leave'}
          onChange={(value) => onTakesAlong(value === 'copy')}
        >
          <div className={dialogs.targets}>
            <Radio
              value="copy"
              label="Copy it there"
              description={`${typeof size === 'number' ? `${bytes(size)}, each layer checked` : 'Each layer is checked'}. It stays where it is as well.`}
            />
            <Radio value="leave" label="Begin without images" description="It stays where it is." />
          </div>
        </Radio.Group>
      )}
      {problem && (
        <Notice tone="bad" title="It doesn’t fit">
          {problem}
        </Notice>
      )}
      {hasLogin && (
        <p className="sm t2">
          Who may sign in stays on this computer and doesn’t travel with the folder: elsewhere, a registry asks for a sign-in of its own, or
          for none.
        </p>
      )}
    </>
  );
}
