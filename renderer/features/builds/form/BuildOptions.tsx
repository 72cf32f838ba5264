import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { Dockerfile } from '../../../../contract/build.ts';
import { FieldGroup } from '../../../ui/FieldGroup.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { SuggestField } from '../../../ui/SuggestField.tsx';
import { describeOptions } from '../describe-options.ts';
import { ArgFields } from './ArgFields.tsx';
import c from './BuildOptions.module.css';
import type { BuildDraft } from './build-draft.ts';
import { isGiven, withheldArgs } from './build-request.ts';
import { CacheFields } from './CacheFields.tsx';
import { optionProblem, platformProblem } from './draft-problems.ts';
import { LabelFields } from './LabelFields.tsx';
import { SecretFields } from './SecretFields.tsx';
import { SshField } from './SshField.tsx';
import type { BuilderInUse } from './use-builder.ts';

type Props = { draft: BuildDraft; dockerfile: Dockerfile | undefined; builder: BuilderInUse; onChange(part: Partial<BuildDraft>): void };

/** Everything that a plain build does without, folded away; when closed, it lists what is set. */
export function BuildOptions({ draft, dockerfile, builder, onChange }: Props) {
  const withheld = withheldArgs(draft, dockerfile);
  // what needs an answer must not be hidden
  const [open, setOpen] = useState(() => optionProblem(draft, builder.builder) !== undefined || withheld.length > 0);
  const usable = {
    ...draft,
    ...(builder.onlyBuildKit && { secrets: [], ssh: false, inlineCache: false }),
    ...(builder.noReuse && { cacheFrom: [] }),
  };
  const said = describeOptions(usable, dockerfile);
  const wanted = builder.onlyBuildKit ? [] : asksFor(draft, dockerfile);
  return (
    <details className={c.fold} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <IconChevronRight size={15} stroke={1.8} aria-hidden />
        <span className={c.foldName}>{dockerfile?.args.length ? 'Options and build arguments' : 'Options'}</span>
        {!open && (
          <span className="sm t2 cut grow">{[...withheld.map((name) => `${name} was not kept`), ...said, ...wanted].join(', ')}</span>
        )}
      </summary>
      <div className={c.groups}>
        <WhatToBuild draft={draft} dockerfile={dockerfile} builder={builder} onChange={onChange} />
        {(dockerfile?.args.length ?? 0) > 0 && (
          <FieldGroup title="Build arguments" term="ARG">
            <ArgFields args={dockerfile?.args ?? []} values={draft.args} withheld={withheld} onChange={(args) => onChange({ args })} />
          </FieldGroup>
        )}
        <FieldGroup title="Secrets" term="--mount=type=secret">
          {builder.onlyBuildKit ? (
            <p className="sm t2">{builder.onlyBuildKit}</p>
          ) : (
            <SecretFields secrets={draft.secrets} onChange={(secrets) => onChange({ secrets })} />
          )}
        </FieldGroup>
        <FieldGroup title="SSH keys" term="--mount=type=ssh">
          {builder.onlyBuildKit ? (
            <p className="sm t2">{builder.onlyBuildKit}</p>
          ) : (
            <SshField isAsked={(dockerfile?.ssh.length ?? 0) > 0} isOn={draft.ssh} onChange={(ssh) => onChange({ ssh })} />
          )}
        </FieldGroup>
        <FieldGroup title="Reuse" term="Cache">
          <CacheFields draft={draft} onChange={onChange} builder={builder} />
        </FieldGroup>
        <FieldGroup title="Labels" term="Notes that stay with the image">
          <LabelFields labels={draft.labels} onChange={(labels) => onChange({ labels })} />
        </FieldGroup>
      </div>
    </details>
  );
}

/** What steps ask for and nobody has given yet. */
function asksFor({ secrets, ssh }: BuildDraft, dockerfile: Dockerfile | undefined): string[] {
  const open = secrets.filter((secret) => secret.isAsked && !isGiven(secret)).map(({ id }) => id);
  return [
    ...(open.length > 0 ? [`a step asks for ${open.length === 1 ? `the secret ${open[0]}` : `${open.length} secrets`}`] : []),
    ...(!ssh && (dockerfile?.ssh.length ?? 0) > 0 ? ['a step asks for SSH keys'] : []),
  ];
}

const WhatToBuild = ({ draft, dockerfile, builder, onChange }: Props) => (
  <FieldGroup title="Stage and place" term="Target, platform, network">
    {(dockerfile?.stages.length ?? 0) > 0 && (
      <SelectField
        label="Stop after the stage"
        data={[{ value: '', label: 'The last one (whole Dockerfile)' }, ...(dockerfile?.stages ?? [])]}
        value={draft.target}
        onChange={(target) => onChange({ target })}
      />
    )}
    <SuggestField
      label="Platform"
      data={platforms}
      value={draft.platform}
      onChange={(platform) => onChange({ platform })}
      placeholder={`The engine’s own${builder.platform ? `, ${builder.platform}` : ''}`}
      problem={platformProblem(draft.platform)}
    />
    <SelectField
      label="Network of the steps"
      data={networks}
      value={draft.network}
      onChange={(network) => onChange({ network: network as BuildDraft['network'] })}
    />
  </FieldGroup>
);

const platforms = ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/386', 'linux/ppc64le', 'linux/s390x', 'linux/riscv64'];

const networks = [
  { value: 'default', label: 'The engine’s own (default)' },
  { value: 'none', label: 'None: steps can’t reach the internet' },
  { value: 'host', label: 'That of the engine’s computer (host)' },
];
