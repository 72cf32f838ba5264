import { ActionIcon, Menu } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconCheck } from '@tabler/icons-react';
import { useMirror } from '../../connection/mirror.ts';
import { changeSettings } from '../../desk/change-settings.ts';
import { columns, toggleColumn, useColumns } from './columns.ts';
import c from './FilterBar.module.css';

const check = <IconCheck size={14} stroke={1.7} aria-hidden />;

/** Which columns the list has, and whether it is grouped; both are kept. */
export function ViewMenu() {
  const shown = useColumns();
  const isGrouped = useMirror(({ settings }) => settings.groupsImages);
  return (
    <Menu position="bottom-end" width={220} closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon aria-label="View" title="Columns and groups">
          <IconAdjustmentsHorizontal size={16} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Item isOn={isGrouped} label="Group by repository" onToggle={() => changeSettings({ groupsImages: !isGrouped })} />
        <Menu.Divider />
        <Menu.Label>Columns</Menu.Label>
        {columns.map(({ id, label }) => (
          <Item key={id} isOn={shown.includes(id)} label={label} onToggle={() => toggleColumn(id, shown)} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const Item = ({ isOn, label, onToggle }: { isOn: boolean; label: string; onToggle(): void }) => (
  <Menu.Item role="menuitemcheckbox" aria-checked={isOn} leftSection={isOn ? check : <span className={c.noCheck} />} onClick={onToggle}>
    {label}
  </Menu.Item>
);
