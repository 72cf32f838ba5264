import { Button, Menu } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { grouped } from '../../ui/format.ts';
import c from './FilterBar.module.css';
import type { ImageRow } from './image-row.ts';
import { narrow, toggleSteps, useImageList } from './list-store.ts';
import { countByRepository, sizes, spans } from './narrow-rows.ts';

const icon = { size: 14, stroke: 1.7, 'aria-hidden': true };

/** How many repositories are offered; the search finds the others. */
const offered = 40;

/** What narrows the list further. */
type Props = { rows: readonly ImageRow[] };

export function FilterMenu({ rows }: Props) {
  const { largerThan, unusedFor, hasNewer } = useImageList((list) => list.narrowing);
  const showsSteps = useImageList((list) => list.showsSteps);
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <Button variant="default" size="compact-sm" className={c.menu} leftSection={<IconFilter {...icon} />}>
          Filter
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Not used for</Menu.Label>
        {spans.map(({ days, words }) => (
          <Choice key={days} isOn={unusedFor === days} label={words} onToggle={(isOn) => narrow({ unusedFor: isOn ? days : undefined })} />
        ))}
        <Menu.Label>Larger than</Menu.Label>
        {sizes.map(({ size, words }) => (
          <Choice
            key={size}
            isOn={largerThan === size}
            label={words}
            onToggle={(isOn) => narrow({ largerThan: isOn ? size : undefined })}
          />
        ))}
        <Menu.Divider />
        <Menu.Sub position="left-start">
          <Menu.Sub.Target>
            <Menu.Sub.Item>Of one repository</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown className={c.dropdown}>
            <Repositories rows={rows} />
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Divider />
        <Choice isOn={hasNewer === true} label="A newer one exists" onToggle={(isOn) => narrow({ hasNewer: isOn || undefined })} />
        <Choice isOn={showsSteps} label="Show the steps of builds" onToggle={toggleSteps} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Counted only when they are looked at. */
function Repositories({ rows }: Props) {
  const repository = useImageList((list) => list.narrowing.repository);
  return countByRepository(rows)
    .slice(0, offered)
    .map(([name, number]) => (
      <Menu.CheckboxItem
        key={name}
        checked={repository === name}
        closeMenuOnClick
        rightSection={<span className="t3 num">{grouped(number)}</span>}
        onChange={(isOn) => narrow({ repository: isOn ? name : undefined })}
      >
        <span className={`cut ${c.repository}`}>{name}</span>
      </Menu.CheckboxItem>
    ));
}

const Choice = ({ isOn, label, onToggle }: { isOn: boolean; label: string; onToggle(isOn: boolean): void }) => (
  <Menu.CheckboxItem checked={isOn} closeMenuOnClick onChange={onToggle}>
    {label}
  </Menu.CheckboxItem>
);
