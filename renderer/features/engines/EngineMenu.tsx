import { ActionIcon, Menu } from '@mantine/core';
import { IconClipboardCheck, IconDots, IconTerminal2, IconTrash } from '@tabler/icons-react';
import type { EnginePlace } from '../../../contract/engine.ts';
import { openDialog } from '../../desk/dialogs.ts';

const icon = { size: 15, stroke: 1.6, 'aria-hidden': true };

type Props = {
  place: EnginePlace;
  isInUse: boolean;
  /** Docker's command can be told to use it. */
  canSwitch: boolean;
  /** Layerdeck goes by docker's command, as no engine was chosen in it. */
  isFollowing: boolean;
  /** Makes a receipt of its layers; undefined while its images are not read. */
  onReceipt: (() => void) | undefined;
  onSwitch(): void;
};

/** What is rarely done with an engine; nothing where there is nothing to do. */
export function EngineMenu({ place, isInUse, canSwitch, isFollowing, onReceipt, onSwitch }: Props) {
  const { context, switchName, isCurrent, label } = place;
  const offersSwitch = canSwitch && switchName !== undefined && !isCurrent;
  if (!offersSwitch && !onReceipt && context === undefined) return null;
  return (
    <Menu position="bottom-end" width={290}>
      <Menu.Target>
        <ActionIcon aria-label={`Actions for ${label}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {onReceipt && (
          <Menu.Item leftSection={<IconClipboardCheck {...icon} />} onClick={onReceipt}>
            Make a receipt of its layers…
            <p className="sm">Another computer then packs only what is missing here.</p>
          </Menu.Item>
        )}
        {offersSwitch && (
          <Menu.Item leftSection={<IconTerminal2 {...icon} />} onClick={onSwitch}>
            Use with docker’s command, too
            <p className="mono sm cut">docker context use {switchName}</p>
            {isFollowing && !isInUse && <p className="sm">Layerdeck, too, at its next start: you chose no engine here.</p>}
          </Menu.Item>
        )}
        {context !== undefined && (
          <Menu.Item leftSection={<IconTrash {...icon} />} onClick={() => openDialog({ name: 'remove-engine', context, isInUse })}>
            Remove from the list…
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
