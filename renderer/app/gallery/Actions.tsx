import { ActionIcon, Button, Menu, Tabs, Tooltip } from '@mantine/core';
import { IconArrowUp, IconDots, IconFileZip, IconTag, IconTrash, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { copyText } from '../../desk/copy-text.ts';
import { AddButton } from '../../ui/AddButton.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { FloatingBar } from '../../ui/FloatingBar.tsx';
import { RowCheckbox } from '../../ui/RowCheckbox.tsx';
import c from './Gallery.module.css';
import { Section } from './Section.tsx';

const icon = { size: 15, stroke: 1.7, 'aria-hidden': true };
const nothing = () => {};
const copy = () => copyText('sha256:0b57e9c2d341');

export const Actions = () => (
  <>
    <Section title="Buttons">
      <Button variant="filled" leftSection={<IconArrowUp {...icon} />}>
        Push…
      </Button>
      <Button leftSection={<IconFileZip {...icon} />}>Save…</Button>
      <Button variant="subtle">Start afresh</Button>
      <Button data-tone="bad">Remove 2 images</Button>
      <Button variant="filled" disabled>
        Build
      </Button>
      <Button disabled>Starting the registry</Button>
      <Button size="xs" variant="filled">
        Small, filled
      </Button>
      <Button size="xs">Small</Button>
      <AddButton onClick={nothing}>Add a label</AddButton>
    </Section>
    <Section title="Buttons with an icon, to copy and to choose">
      <Tooltip label="Remove this tag">
        <ActionIcon aria-label="Remove this tag">
          <IconTrash {...icon} />
        </ActionIcon>
      </Tooltip>
      <ActionIcon aria-label="Remove this tag: not now" disabled>
        <IconTrash {...icon} />
      </ActionIcon>
      <CopyButton label="Copy the full id" copy={copy}>
        <span className="mono">0b57e9c2d341</span>
      </CopyButton>
      <CopyButton look="button" label="Copy the whole log" copy={copy} />
      <ActionMenu />
    </Section>
    <Section title="A bar over a list">
      <div className={c.floor}>
        <FloatingBar label="Selected things" summary={<b>2 selected</b>}>
          <button type="button">
            <IconTag {...icon} />
            Tag…
          </button>
          <button type="button" disabled>
            <IconArrowUp {...icon} />
            Push…
          </button>
          <button type="button" data-bad>
            <IconTrash {...icon} />
            Remove…
          </button>
          <i />
          <button type="button" aria-label="Clear the selection of things">
            <IconX {...icon} />
          </button>
        </FloatingBar>
      </div>
    </Section>
    <Section title="Tabs and the checkbox of a row">
      <Tabs defaultValue="one">
        <Tabs.List>
          <Tabs.Tab value="one">Layers</Tabs.Tab>
          <Tabs.Tab value="other">Config</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="one">The first</Tabs.Panel>
        <Tabs.Panel value="other">The other</Tabs.Panel>
      </Tabs>
      <Ticks />
    </Section>
  </>
);

const ActionMenu = () => (
  <Menu>
    <Menu.Target>
      <ActionIcon aria-label="Actions for app:1">
        <IconDots {...icon} />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Item leftSection={<IconTag {...icon} />}>Tags…</Menu.Item>
      <Menu.Item disabled>Push…</Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<IconTrash {...icon} />}>Remove…</Menu.Item>
    </Menu.Dropdown>
  </Menu>
);

function Ticks() {
  const [on, setOn] = useState(true);
  return (
    <>
      <RowCheckbox label="Select app:1" checked={on} onToggle={() => setOn(!on)} tabIndex={0} />
      <RowCheckbox label="Select app:2" checked={!on} onToggle={() => setOn(!on)} tabIndex={0} />
    </>
  );
}
