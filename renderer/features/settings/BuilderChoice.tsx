import { Radio } from '@mantine/core';
import type { Settings } from '../../../contract/settings.ts';
import { useMirror } from '../../connection/mirror.ts';
import { changeSettings } from '../../desk/change-settings.ts';
import c from './BuilderChoice.module.css';

/** Which builder makes images. */
export function BuilderChoice() {
  const builder = useMirror((mirror) => mirror.settings.builder);
  return (
    <Radio.Group
      label="Build with"
      value={builder}
      onChange={(value) => changeSettings({ builder: value as Settings['builder'] })}
      classNames={{ label: c.label }}
    >
      <div className={c.choices}>
        <Radio value="automatic" label="BuildKit, if the engine has it" />
        <Radio value="classic" label="Always the classic builder" />
      </div>
    </Radio.Group>
  );
}
