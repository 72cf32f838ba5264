import { Button } from '@mantine/core';
import type { BuildFolder } from '../../../../contract/build.ts';
import { client } from '../../../connection/client.ts';
import { attempt } from '../../../desk/attempt.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import c from './BuildDialog.module.css';

type Props = {
  path: string;
  inside: BuildFolder;
  folder: string;
  onChoose(path: string): void;
  /** Called with the folder’s contents when another Dockerfile was chosen by hand. */
  onFound(inside: BuildFolder): void;
};

/** Which Dockerfile is built: one that was found, or any other, chosen in the system's dialog. */
export function DockerfileField({ path, inside: { dockerfiles, unreadable }, folder, onChoose, onFound }: Props) {
  const chooseOther = async () => {
    const found = await attempt(() => chooseDockerfile(folder));
    if (found) onFound(found);
  };
  return (
    <>
      <div className={c.dockerfile}>
        <SelectField label="Dockerfile" className="grow" data={dockerfiles.map((one) => one.path)} value={path} onChange={onChoose} />
        <Button onClick={() => void chooseOther()}>Choose another…</Button>
      </div>
      {unreadable.length > 0 && <Notice tone="quiet">{unreadable.map((reason) => `${reason}.`).join(' ')}</Notice>}
    </>
  );
}

/** Asks for a file, and looks at the folder again with that file as its Dockerfile. */
export async function chooseDockerfile(folder: string): Promise<BuildFolder | undefined> {
  const file = await client.files.chooseFile();
  return file ? client.build.inspectFolder({ folder, dockerfile: file.grant }) : undefined;
}
