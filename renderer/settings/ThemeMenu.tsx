import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import type { Settings } from '../../contract/settings.ts';
import { useMirror } from '../connection/mirror.ts';
import { changeSettings } from './change-settings.ts';
import { useColorScheme } from './use-color-scheme.ts';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true };

const themes: { theme: Settings['theme']; label: string; Icon: typeof IconSun }[] = [
  { theme: 'system', label: 'As the system', Icon: IconDeviceDesktop },
  { theme: 'light', label: 'Light', Icon: IconSun },
  { theme: 'dark', label: 'Dark', Icon: IconMoon },
];

export function ThemeMenu() {
  const chosen = useMirror((mirror) => mirror.settings.theme);
  const scheme = useColorScheme();
  return (
    <Menu position="bottom-end" width={170}>
      <Menu.Target>
        <Tooltip label="Theme">
          <ActionIcon aria-label="Theme">{scheme === 'dark' ? <IconMoon {...icon} /> : <IconSun {...icon} />}</ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {themes.map(({ theme, label, Icon }) => (
          <Menu.Item
            key={theme}
            leftSection={<Icon {...icon} />}
            rightSection={theme === chosen && <IconCheck size={14} stroke={2} aria-hidden />}
            onClick={() => changeSettings({ theme })}
          >
            {label}
            {theme === chosen && <span className="hidden">, chosen</span>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
