import { Checkbox } from '@mantine/core';
import { Notice } from '../ui/Notice.tsx';
import c from './BuildOptions.module.css';

type Props = {
  /** A RUN of the Dockerfile asks for keys. */
  isAsked: boolean;
  isOn: boolean;
  onChange(isOn: boolean): void;
};

/** Lets steps sign in as the person. Never on by itself: what that means stands beside it. */
export function SshField({ isAsked, isOn, onChange }: Props) {
  return (
    <>
      {isAsked && !isOn && <Notice tone="quiet">A step of this Dockerfile asks for SSH keys. Without them it may fail.</Notice>}
      <div>
        <Checkbox
          label="Let steps use the SSH keys of this computer"
          checked={isOn}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <p className={`sm t3 ${c.checkHint}`}>
          While it is built, a step that asks can sign in anywhere as you, with every key in your SSH agent. Do this only with a Dockerfile
          that you trust. The keys themselves stay with the agent.
        </p>
      </div>
    </>
  );
}
