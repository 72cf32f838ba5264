import { Button } from '@mantine/core';
import { useState } from 'react';
import type { BuildFolder, BuildInputs } from '../../../../contract/build.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { GrantedPath } from '../../../../contract/file.ts';
import { client } from '../../../connection/client.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { attempt } from '../../../desk/attempt.ts';
import { closeDialog } from '../../../desk/dialogs.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { listedUpTo } from '../../../ui/format.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Ring } from '../../../ui/Ring.tsx';
import { ComposeDialog } from '../compose/ComposeDialog.tsx';
import { type Compose, useCompose } from '../compose/use-compose.ts';
import { BuildForm } from './BuildForm.tsx';
import { chooseDockerfile } from './DockerfileField.tsx';
import { FolderChoice } from './FolderChoice.tsx';

type Props = {
  folder?: GrantedPath;
  /** What was dropped together with the folder. */
  left?: GrantedPath[];
  /** What the form begins with, for the given folder, to change a build and try again. */
  inputs?: BuildInputs;
  /** Arguments among them whose values were not kept. */
  withheldArgs?: string[];
};

/** From a folder to a build: which Dockerfile, which names, which options. */
export function BuildDialog({ folder: given, left = [], inputs, withheldArgs = [] }: Props) {
  const [folder, setFolder] = useState(given);
  const { inside, failure, take } = useFolder(folder, folder === given ? (inputs?.dockerfileFrom ?? given?.dockerfile) : undefined);
  // somebody who chose a Dockerfile, or changes an earlier build, has said what to build
  const compose = useCompose(folder === given && (inputs || given?.dockerfile) ? undefined : folder);
  const [single, setSingle] = useState<GrantedPath>();
  const choose = () => void attempt(() => client.files.chooseFolder()).then((chosen) => chosen && setFolder(chosen));
  const choice = (
    <>
      <FolderChoice folder={folder} onChoose={choose} />
      {left.length > 0 && <Left files={left} />}
      {compose.failure && !compose.project && <ComposeFailure failure={compose.failure} />}
    </>
  );
  if (folder && compose.project && single !== folder) {
    const props = { project: compose.project, compose, choice, onOneFile: () => setSingle(folder) };
    return <ComposeDialog key={folder.grant} {...props} />;
  }
  if (folder && inside && isSettled(compose)) {
    const begin = folder === given && inputs ? { inputs, withheldArgs } : undefined;
    return <BuildForm key={folder.grant} folder={folder} inside={inside} begin={begin} choice={choice} />;
  }
  return (
    <Dialog
      title="Build an image"
      lead="Makes an image from a folder, following the steps in its Dockerfile."
      onClose={closeDialog}
      cancel="Cancel"
    >
      {choice}
      {folder && !(failure && isSettled(compose)) && (
        <p className="row t2" role="status">
          <Ring /> Looking at the folder
        </p>
      )}
      {folder && failure && isSettled(compose) && (
        <>
          <FailureNote failure={failure} />
          {failure.kind === 'dockerfile' && <OtherDockerfile folder={folder} onFound={take} />}
        </>
      )}
    </Dialog>
  );
}

/** Whether it is known what the folder's Compose files say, or that nobody asks. */
const isSettled = ({ project, failure, isAsking }: Compose): boolean => !isAsking || project !== undefined || failure !== undefined;

/** The folder can still be built without its Compose files. */
const ComposeFailure = ({ failure: { title, detail, hint } }: { failure: Failure }) => (
  <Notice tone="warn" title={title}>
    {detail} {hint} Until then, only the folder’s Dockerfiles can be built, one at a time.
  </Notice>
);

/** What was dropped together with the folder; nobody should think that it will be built, too. */
const Left = ({ files }: { files: GrantedPath[] }) => (
  <Notice tone="quiet">
    One folder is built at a time. {listedUpTo(files.map(({ name }) => name))} {files.length === 1 ? 'is' : 'are'} left out.
  </Notice>
);

/** For a folder whose Dockerfile has another name or is elsewhere. */
function OtherDockerfile({ folder, onFound }: { folder: GrantedPath; onFound(inside: BuildFolder): void }) {
  const choose = async () => {
    const found = await attempt(() => chooseDockerfile(folder.grant));
    if (found) onFound(found);
  };
  return (
    <div>
      <Button onClick={() => void choose()}>Choose the Dockerfile…</Button>
    </div>
  );
}

/** What a folder holds, or what `take` was given instead. */
function useFolder(folder: GrantedPath | undefined, dockerfile: string | undefined) {
  const { answer, failure } = useAsked(folder && JSON.stringify([folder.grant, dockerfile]), (signal) =>
    client.build.inspectFolder({ folder: folder?.grant ?? '', dockerfile }, { signal }),
  );
  const [taken, setTaken] = useState<{ folder: GrantedPath; inside: BuildFolder }>();
  const take = (inside: BuildFolder) => folder && setTaken({ folder, inside });
  return { inside: taken?.folder === folder ? taken?.inside : answer, failure, take };
}
