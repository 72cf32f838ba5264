import { Checkbox } from '@mantine/core';
import { Notice } from '../../../ui/Notice.tsx';
import c from './BuildOptions.module.css';

type Props = {
  /** A RUN in the Dockerfile asks for keys. */
  isAsked: boolean;
  isOn: boolean;
  onChange(isOn: boolean): void;
};

/** Lets steps sign in as the person. It is never on by itself, and the words beside it say what it means. */
export function SshField({ isAsked, isOn, onChange }: Props) {
  return (
    <>
      {isAsked && !isOn && <Notice tone="quiet">A step in this Dockerfile asks for SSH keys. Without them it may fail.</Notice>}
      <div>
        <Checkbox
          label="Let steps use the SSH keys of this computer"
          checked={isOn}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <p className={`sm t3 ${c.checkHint}`}>
          During the build, a step that asks for them can sign in anywhere as you, with every key in your SSH agent. Allow this only for a
          Dockerfile that you trust. The keys themselves stay in the agent.
        </p>
      </div>
    </>
  );
}
