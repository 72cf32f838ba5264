import { Radio } from '@mantine/core';
import type { Settings } from '../../contract/settings.ts';
import { useMirror } from '../connection/mirror.ts';
import c from './BuilderChoice.module.css';
import { changeSettings } from './change-settings.ts';

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
        <Radio size="xs" value="automatic" label="BuildKit where the engine has it" classNames={{ label: c.choice }} />
        <Radio size="xs" value="classic" label="Always the classic builder" classNames={{ label: c.choice }} />
      </div>
    </Radio.Group>
  );
}
