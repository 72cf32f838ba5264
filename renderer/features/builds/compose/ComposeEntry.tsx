import { Button, Checkbox } from '@mantine/core';
import { useId } from 'react';
import type { ComposeArg, ComposeBuild } from '../../../../contract/compose.ts';
import { isSecretName } from '../../../../contract/secret-name.ts';
import { Folded } from '../../../ui/Folded.tsx';
import { count } from '../../../ui/format.ts';
import { Warning } from '../../../ui/Warning.tsx';
import c from './Compose.module.css';
import { type Choice, isStartable, isTicked, needsBuildKit } from './compose-choice.ts';
import { notesOf, obstacleWords, sourceWords } from './compose-words.ts';

type Props = {
  build: ComposeBuild;
  choice: Choice;
  onChoice(choice: Choice): void;
  onlyBuildKit: string | undefined;
  onChooseFolder(): void;
};

/** One image of a project: what it is made from, and what keeps it from being built. */
export function ComposeEntry({ build, choice, onChoice, onlyBuildKit, onChooseFolder }: Props) {
  const { service, references, obstacles, args, asksForKeys } = build;
  const about = useId();
  const isClosed = onlyBuildKit !== undefined && needsBuildKit(build);
  const isOutside = obstacles.some(({ kind }) => kind === 'outside' || kind === 'extends');
  return (
    <li className={c.entry}>
      <Checkbox
        label={service}
        checked={isTicked(build, choice, onlyBuildKit)}
        disabled={!isStartable(build, onlyBuildKit)}
        onChange={(event) => onChoice({ ...choice, ticked: { ...choice.ticked, [service]: event.currentTarget.checked } })}
        aria-describedby={about}
        classNames={{ label: c.service }}
      />
      <div className={c.about} id={about}>
        {references.map((reference) => (
          <p key={reference} className={`mono ${c.name}`}>
            {reference}
          </p>
        ))}
        <p className="sm t2">{sourceWords(build)}</p>
        {notesOf(build).map((note) => (
          <p key={note} className="sm t2">
            {note}
          </p>
        ))}
        {obstacles.map((obstacle) => (
          <Warning key={JSON.stringify(obstacle)} isLong>
            {obstacleWords(obstacle, build)}
          </Warning>
        ))}
        {isClosed && (
          <Warning isLong>
            It needs {asksForKeys ? 'SSH keys' : 'secrets'}. {onlyBuildKit}
          </Warning>
        )}
      </div>
      {isOutside && (
        <div className={c.below}>
          <Button size="xs" onClick={onChooseFolder} aria-label={`Choose the folder for ${service}`}>
            Choose the folder…
          </Button>
        </div>
      )}
      {asksForKeys && isStartable(build, onlyBuildKit) && <KeysField service={service} choice={choice} onChoice={onChoice} />}
      {args.length > 0 && (
        <div className={c.below}>
          <Folded summary={count(args.length, 'build argument')}>
            <ArgList args={args} />
          </Folded>
        </div>
      )}
    </li>
  );
}

const KeysField = ({ service, choice, onChoice }: Pick<Props, 'choice' | 'onChoice'> & { service: string }) => (
  <div className={c.below}>
    <Checkbox
      label={`Let the steps of ${service} use the SSH keys of this computer`}
      checked={choice.keys[service] ?? false}
      onChange={(event) => onChoice({ ...choice, keys: { ...choice.keys, [service]: event.currentTarget.checked } })}
    />
    <p className={`sm t3 ${c.keysHint}`}>
      During the build, a step that asks for them can sign in anywhere as you. Allow this only for a Dockerfile that you trust.
    </p>
  </div>
);

const ArgList = ({ args }: { args: ComposeArg[] }) => (
  <dl className={c.args}>
    {args.map(({ name, value }) => (
      <div key={name}>
        <dt className="mono">{name}</dt>
        <dd className={value ? 'mono' : 't3'}>{argWords(name, value)}</dd>
      </div>
    ))}
  </dl>
);

function argWords(name: string, value: string | undefined): string {
  if (value === undefined) return 'not set: the Dockerfile’s default counts';
  if (value === '') return 'empty';
  return isSecretName(name) ? '••••••' : value;
}
