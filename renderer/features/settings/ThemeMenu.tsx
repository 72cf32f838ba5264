import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useState } from 'react';
import type { Settings } from '../../../contract/settings.ts';
import { useMirror } from '../../connection/mirror.ts';
import { changeSettings } from '../../desk/change-settings.ts';
import { useColorScheme } from './use-color-scheme.ts';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true };

const themes: { theme: Settings['theme']; label: string }[] = [
  { theme: 'system', label: 'Same as the system' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
];

export function ThemeMenu() {
  const chosen = useMirror((mirror) => mirror.settings.theme);
  const scheme = useColorScheme();
  const [opened, setOpened] = useState(false);
  return (
    <Menu position="bottom-end" width={170} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <Tooltip label="Theme" disabled={opened}>
          <ActionIcon aria-label="Theme">{scheme === 'dark' ? <IconMoon {...icon} /> : <IconSun {...icon} />}</ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={chosen} onChange={(theme) => changeSettings({ theme: theme as Settings['theme'] })}>
          {themes.map(({ theme, label }) => (
            <Menu.RadioItem key={theme} value={theme} closeMenuOnClick>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
