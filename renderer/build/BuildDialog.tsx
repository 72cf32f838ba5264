import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { BuildFolder, BuildInputs } from '../../contract/build.ts';
import type { Failure } from '../../contract/failure.ts';
import type { GrantedPath } from '../../contract/file.ts';
import { attempt } from '../connection/attempt.ts';
import { client } from '../connection/client.ts';
import { closeDialog } from '../connection/dialogs.ts';
import { failureOf } from '../connection/failure-of.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { listed } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { Ring } from '../ui/Ring.tsx';
import { BuildForm } from './BuildForm.tsx';
import { chooseDockerfile } from './DockerfileField.tsx';
import { FolderChoice } from './FolderChoice.tsx';

type Looked = { folder: GrantedPath; inside?: BuildFolder; failure?: Failure };

type Props = {
  folder?: GrantedPath;
  /** Dropped together with it. */
  left?: GrantedPath[];
  /** What the form begins with, for the given folder: "change and try again". */
  inputs?: BuildInputs;
  /** Arguments among them whose values were not kept. */
  withheldArgs?: string[];
};

/** From a folder to a build: which Dockerfile, which names, which options. */
export function BuildDialog({ folder: given, left = [], inputs, withheldArgs = [] }: Props) {
  const [folder, setFolder] = useState(given);
  const { looked, take } = useFolder(folder, folder === given ? inputs?.dockerfileFrom : undefined);
  const choose = () => void attempt(() => client.files.chooseFolder()).then((chosen) => chosen && setFolder(chosen));
  const choice = (
    <>
      <FolderChoice folder={folder} onChoose={choose} />
      {left.length > 0 && <Left files={left} />}
    </>
  );
  if (folder && looked?.inside) {
    const begin = folder === given && inputs ? { inputs, withheldArgs } : undefined;
    return <BuildForm key={folder.grant} folder={folder} inside={looked.inside} begin={begin} choice={choice} />;
  }
  return (
    <Dialog
      title="Build an image"
      lead="Follows the steps in a Dockerfile and makes an image out of a folder."
      onClose={closeDialog}
      cancel="Cancel"
    >
      {choice}
      {folder && !looked?.inside && !looked?.failure && (
        <p className="row t2" role="status">
          <Ring /> Looking into the folder
        </p>
      )}
      {folder && looked?.failure && (
        <>
          <FailureNote failure={looked.failure} />
          {looked.failure.kind === 'dockerfile' && <OtherDockerfile folder={folder} onFound={take} />}
        </>
      )}
    </Dialog>
  );
}

/** What was dropped together with the folder; nobody should think that it is built, too. */
const Left = ({ files }: { files: GrantedPath[] }) => (
  <Notice tone="quiet">
    One folder is built at a time. {listed(files.slice(0, 3).map(({ name }) => name))}
    {files.length > 3 && ` and ${files.length - 3} more`} {files.length === 1 ? 'is' : 'are'} left out.
  </Notice>
);

/** For a folder whose Dockerfile has another name or lies elsewhere. */
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

function useFolder(folder: GrantedPath | undefined, dockerfile: string | undefined) {
  const [looked, setLooked] = useState<Looked>();
  useEffect(() => {
    if (!folder) return;
    let isCurrent = true;
    client.build.inspectFolder({ folder: folder.grant, dockerfile }).then(
      (inside) => isCurrent && setLooked({ folder, inside }),
      (error) => isCurrent && setLooked({ folder, failure: failureOf(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [folder, dockerfile]);
  const take = (inside: BuildFolder) => folder && setLooked({ folder, inside });
  return { looked: looked?.folder === folder ? looked : undefined, take };
}
