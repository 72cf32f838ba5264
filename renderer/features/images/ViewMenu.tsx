import { ActionIcon, Menu } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useMirror } from '../../connection/mirror.ts';
import { changeSettings } from '../../desk/change-settings.ts';
import { columns, toggleColumn, useColumns } from './columns.ts';

/** Which columns the list has, and whether it is grouped; both are kept. */
export function ViewMenu() {
  const shown = useColumns();
  const isGrouped = useMirror(({ settings }) => settings.groupsImages);
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon aria-label="View" title="Columns and groups">
          <IconAdjustmentsHorizontal size={16} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.CheckboxItem checked={isGrouped} onChange={(groupsImages) => changeSettings({ groupsImages })}>
          Group by repository
        </Menu.CheckboxItem>
        <Menu.Divider />
        <Menu.Label>Columns</Menu.Label>
        {columns.map(({ id, label }) => (
          <Menu.CheckboxItem key={id} checked={shown.includes(id)} onChange={() => toggleColumn(id, shown)}>
            {label}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
