import { type ReactNode, useRef, useState } from 'react';
import type { BuildFolder } from '../../../../contract/build.ts';
import type { GrantedPath } from '../../../../contract/file.ts';
import { useMirror } from '../../../connection/mirror.ts';
import { closeDialog } from '../../../desk/dialogs.ts';
import { startTask } from '../../../desk/start-task.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { useIsForm } from '../../../ui/open-form.ts';
import { ContextLine } from '../context/ContextLine.tsx';
import { contextDialog } from '../context/context-dialog.tsx';
import { useContextMap } from '../context/use-context-map.ts';
import { BuildOptions } from './BuildOptions.tsx';
import { buildRequest, dockerfileChoice, withheldArgs } from './build-request.ts';
import { DockerfileField } from './DockerfileField.tsx';
import { draftProblem } from './draft-problems.ts';
import { LastInputs } from './LastInputs.tsx';
import { MovedNote } from './MovedNote.tsx';
import { NameFields } from './NameFields.tsx';
import { OtherTagsNote } from './OtherTagsNote.tsx';
import { ReuseNote } from './ReuseNote.tsx';
import { type Begin, useBuildDraft } from './use-build-draft.ts';
import { type BuilderInUse, useBuilder } from './use-builder.ts';
import { useTaglessBases } from './use-tagless-bases.ts';
import { withheldWords } from './withheld-words.ts';

type Props = { folder: GrantedPath; inside: BuildFolder; begin: Begin | undefined; choice: ReactNode };

/** The form for a folder that holds a Dockerfile: the essentials first, the rest folded away. */
export function BuildForm({ folder, inside: found, begin, choice }: Props) {
  const [inside, setInside] = useState(found);
  const form = useBuildDraft(inside, begin);
  const builder = useBuilder();
  const { draft, dockerfile } = form;
  const look = useContextMap(folder.grant, dockerfileChoice(draft.dockerfile, dockerfile), builder.builder);
  const bases = useTaglessBases(folder.grant, draft, dockerfile, builder.builder);
  const isAnswering = useMirror((mirror) => mirror.engine.state === 'connected');
  const inspector = useInspector();
  // also while the folder's contents are shown in place of the form
  useIsForm(true);
  if (inspector.isOpen && look.map) {
    const isBuildKit = builder.builder === 'buildkit';
    return contextDialog({ map: look.map, look, folderName: folder.name, isBuildKit, onBack: inspector.close });
  }
  const problem = draftProblem(draft, builder.builder) ?? (isAnswering ? undefined : 'No engine answers. You can build once one does.');
  const act = () => {
    closeDialog();
    void startTask(buildRequest(folder.grant, draft, { dockerfile, suggestions: inside.suggestions }, builder.builder));
  };
  return (
    <Dialog
      title="Build an image"
      lead="Makes an image from a folder, following the steps in its Dockerfile."
      onClose={closeDialog}
      action="Build"
      disabled={problem !== undefined}
      onAct={act}
      size={620}
      note={<span role="status">{problem ?? withheldWords(withheldArgs(draft, dockerfile))}</span>}
    >
      {choice}
      {form.isRemembered && <LastInputs onStartFresh={form.startFresh} />}
      <DockerfileField
        path={draft.dockerfile}
        inside={inside}
        folder={folder.grant}
        onChoose={form.chooseDockerfile}
        onFound={(more) => {
          setInside(more);
          form.takeDockerfile(more);
        }}
      />
      <OtherTagsNote bases={bases} path={draft.dockerfile} />
      <ContextLine look={look} onOpen={inspector.open} ref={inspector.button} />
      {form.moved && <MovedNote {...form.moved} />}
      <FormFields form={form} inside={inside} builder={builder} />
    </Dialog>
  );
}

type PartProps = { form: ReturnType<typeof useBuildDraft>; inside: BuildFolder };

const FormFields = ({ form: { draft, dockerfile, change, isFresh }, inside, builder }: PartProps & { builder: BuilderInUse }) => (
  <>
    <NameFields
      names={draft.names}
      onChange={(names) => change({ names })}
      suggestions={inside.suggestions}
      also={draft.also}
      onAlso={(also) => change({ also })}
    />
    {inside.lastInputs === undefined && !builder.noReuse && <ReuseNote draft={draft} onChange={change} builder={builder.builder} />}
    <BuildOptions key={isFresh ? 'fresh' : 'begun'} draft={draft} dockerfile={dockerfile} builder={builder} onChange={change} />
  </>
);

/** Opens the view of the context, and leads back to the button that opened it. */
function useInspector() {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setIsOpen(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  return { isOpen, button, open: () => setIsOpen(true), close };
}
