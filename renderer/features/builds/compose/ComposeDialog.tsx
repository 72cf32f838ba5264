import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ComposeProject } from '../../../../contract/compose.ts';
import { client } from '../../../connection/client.ts';
import { useMirror } from '../../../connection/mirror.ts';
import { attempt } from '../../../desk/attempt.ts';
import { closeDialog } from '../../../desk/dialogs.ts';
import { startTasks } from '../../../desk/start-task.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { count, listed } from '../../../ui/format.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { useBuilder } from '../form/use-builder.ts';
import c from './Compose.module.css';
import { ComposeEntry } from './ComposeEntry.tsx';
import { type Choice, choiceProblem, noChoice, openVariables, requestsFor, tickedBuilds } from './compose-choice.ts';
import { filesOf, projectWords } from './compose-words.ts';
import type { Compose } from './use-compose.ts';
import { VariableFields } from './VariableFields.tsx';

type Props = { project: ComposeProject; compose: Compose; choice: ReactNode; onOneFile(): void };

/** The images that a project's Compose files say how to build: any of them can be built at once. */
export function ComposeDialog({ project, compose, choice: folderChoice, onOneFile }: Props) {
  const [choice, setChoice] = useState<Choice>(noChoice);
  const { onlyBuildKit } = useBuilder();
  const isAnswering = useMirror((mirror) => mirror.engine.state === 'connected');
  const ticked = tickedBuilds(project, choice, onlyBuildKit);
  const problem = choiceProblem(ticked, choice) ?? (isAnswering ? undefined : 'No engine answers. You can build once one does.');
  const act = () => {
    closeDialog();
    void startTasks(requestsFor(ticked, choice));
  };
  return (
    <Dialog
      title="Build the images of a project"
      lead={projectWords(project)}
      onClose={closeDialog}
      action={ticked.length > 0 ? `Build ${count(ticked.length, 'image')}` : 'Build'}
      disabled={problem !== undefined || compose.isAsking || compose.failure !== undefined}
      onAct={act}
      size={620}
      note={<span role="status">{problem}</span>}
    >
      {folderChoice}
      <ProjectLine project={project} onOneFile={onOneFile} />
      {compose.failure && <FailureNote failure={compose.failure} />}
      {project.includes.length > 0 && (
        <Notice tone="quiet">
          Layerdeck doesn’t read {listed(project.includes)}, which “include” names. Images of services in there aren’t listed here.
        </Notice>
      )}
      <VariableFields names={openVariables(project, compose.variables)} values={compose.variables} onChange={compose.setVariables} />
      <ul className={c.entries} aria-label="Images to build">
        {project.builds.map((build) => (
          <ComposeEntry
            key={build.service}
            build={build}
            choice={choice}
            onChoice={setChoice}
            onlyBuildKit={onlyBuildKit}
            onChooseFolder={() => void chooseMore(compose)}
          />
        ))}
      </ul>
    </Dialog>
  );
}

async function chooseMore({ reach }: Compose): Promise<void> {
  const folder = await attempt(() => client.files.chooseFolder());
  if (folder) reach(folder);
}

const ProjectLine = ({ project, onOneFile }: { project: ComposeProject; onOneFile(): void }) => (
  <div className={c.project}>
    <span className="grow sm t2">
      {project.name ? (
        <>
          Project <span className="strong">{project.name}</span>, read from {filesOf(project)}
        </>
      ) : (
        <>Read from {filesOf(project)}</>
      )}
    </span>
    <Button size="xs" variant="subtle" onClick={onOneFile}>
      Build one Dockerfile instead
    </Button>
  </div>
);
