import { Checkbox, Select } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { BuildFolder } from '../../contract/build.ts';
import type { GrantedPath } from '../../contract/file.ts';
import { closeDialog } from '../connection/dialogs.ts';
import { startTask } from '../connection/start-task.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Folded } from '../ui/Folded.tsx';
import { ArgFields } from './ArgFields.tsx';
import c from './BuildDialog.module.css';
import { buildRequest, firstDraft, formProblem, withDockerfile } from './build-draft.ts';
import { NameFields } from './NameFields.tsx';

type Props = { folder: GrantedPath; inside: BuildFolder; choice: ReactNode };

export function BuildForm({ folder, inside, choice }: Props) {
  const [draft, setDraft] = useState(() => firstDraft(inside));
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const dockerfile = inside.dockerfiles.find(({ path }) => path === draft.dockerfile);
  const act = () => {
    closeDialog();
    void startTask(buildRequest(folder.grant, draft, dockerfile));
  };
  return (
    <Dialog
      title="Build an image"
      lead="Follows the steps in a Dockerfile and makes an image out of a folder."
      onClose={closeDialog}
      action="Build"
      disabled={formProblem(draft)}
      onAct={act}
      size={560}
      note={inside.hasIgnoreFile ? 'What .dockerignore names stays out.' : 'Without a .dockerignore the whole folder is sent.'}
    >
      {choice}
      {inside.dockerfiles.length > 1 && (
        <Select
          label="Dockerfile"
          data={inside.dockerfiles.map(({ path }) => path)}
          value={draft.dockerfile}
          onChange={(path) => path && setDraft((before) => withDockerfile(before, inside, path))}
          allowDeselect={false}
          classNames={{ input: c.input, label: c.label, dropdown: c.dropdown, option: c.option }}
        />
      )}
      <NameFields names={draft.names} onChange={(names) => change({ names })} />
      <Folded summary={optionsSummary(dockerfile?.args.length ?? 0)}>
        <div className={c.options}>
          {(dockerfile?.stages.length ?? 0) > 0 && (
            <Select
              label="Stop after the stage"
              data={[{ value: '', label: 'The last one (whole Dockerfile)' }, ...(dockerfile?.stages ?? [])]}
              value={draft.target}
              onChange={(target) => change({ target: target ?? '' })}
              allowDeselect={false}
              classNames={{ input: c.input, label: c.label, dropdown: c.dropdown, option: c.option }}
            />
          )}
          <ArgFields args={dockerfile?.args ?? []} values={draft.args} onChange={(args) => change({ args })} />
          <Checkbox
            label="Build everything again (no cache)"
            checked={draft.noCache}
            onChange={(event) => change({ noCache: event.currentTarget.checked })}
          />
          <Checkbox
            label="Look for newer base images first"
            checked={draft.pullBase}
            onChange={(event) => change({ pullBase: event.currentTarget.checked })}
          />
        </div>
      </Folded>
    </Dialog>
  );
}

const optionsSummary = (argCount: number): string => (argCount > 0 ? 'Options and build arguments' : 'Options');
