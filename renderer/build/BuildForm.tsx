import { type ReactNode, useRef, useState } from 'react';
import type { BuildFolder, BuildInputs } from '../../contract/build.ts';
import type { GrantedPath } from '../../contract/file.ts';
import { closeDialog } from '../connection/dialogs.ts';
import { startTask } from '../connection/start-task.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { SelectField } from '../ui/SelectField.tsx';
import { BuildOptions } from './BuildOptions.tsx';
import { type BuildDraft, firstDraft, withDockerfile } from './build-draft.ts';
import { buildRequest } from './build-request.ts';
import { ContextLine } from './context/ContextLine.tsx';
import { contextDialog } from './context/context-dialog.tsx';
import { useContextMap } from './context/use-context-map.ts';
import { draftProblem } from './draft-problems.ts';
import { LastInputs } from './LastInputs.tsx';
import { NameFields } from './NameFields.tsx';
import { useBuilder } from './use-builder.ts';

type Props = { folder: GrantedPath; inside: BuildFolder; inputs?: BuildInputs; choice: ReactNode };

/** The form for a folder that holds a Dockerfile: the essentials first, the rest folded away. */
export function BuildForm({ folder, inside, inputs, choice }: Props) {
  const begun = inputs ?? inside.lastInputs;
  const [draft, setDraft] = useState(() => firstDraft(inside, begun));
  const [isFresh, setIsFresh] = useState(false);
  const builder = useBuilder();
  const change = (part: Partial<BuildDraft>) => setDraft((before) => ({ ...before, ...part }));
  const dockerfile = inside.dockerfiles.find(({ path }) => path === draft.dockerfile);
  const problem = draftProblem(draft, builder.builder);
  const look = useContextMap(folder.grant, draft.dockerfile, builder.builder);
  const [isLookingInside, setIsLookingInside] = useState(false);
  const lookButton = useRef<HTMLButtonElement>(null);
  const comeBack = () => {
    setIsLookingInside(false);
    requestAnimationFrame(() => lookButton.current?.focus());
  };
  const startFresh = () => {
    setDraft(firstDraft(inside));
    setIsFresh(true);
  };
  const act = () => {
    closeDialog();
    void startTask(buildRequest(folder.grant, draft, dockerfile, builder.builder));
  };
  if (isLookingInside && look.map) {
    const isBuildKit = builder.builder === 'buildkit';
    return contextDialog({ map: look.map, look, folderName: folder.name, isBuildKit, onBack: comeBack });
  }
  return (
    <Dialog
      title="Build an image"
      lead="Follows the steps in a Dockerfile and makes an image out of a folder."
      onClose={closeDialog}
      action="Build"
      disabled={problem !== undefined}
      onAct={act}
      size={620}
      note={<span role="status">{problem}</span>}
    >
      {choice}
      {begun && !inputs && !isFresh && <LastInputs onStartFresh={startFresh} />}
      {inside.dockerfiles.length > 1 && (
        <SelectField
          label="Dockerfile"
          data={inside.dockerfiles.map(({ path }) => path)}
          value={draft.dockerfile}
          onChange={(path) => setDraft((before) => withDockerfile(before, inside, path))}
        />
      )}
      <ContextLine look={look} hasIgnoreFile={inside.hasIgnoreFile} onOpen={() => setIsLookingInside(true)} ref={lookButton} />
      <NameFields
        names={draft.names}
        onChange={(names) => change({ names })}
        suggestions={inside.suggestions}
        also={draft.also}
        onAlso={(also) => change({ also })}
      />
      <BuildOptions key={isFresh ? 'fresh' : 'begun'} draft={draft} dockerfile={dockerfile} builder={builder} onChange={change} />
    </Dialog>
  );
}
