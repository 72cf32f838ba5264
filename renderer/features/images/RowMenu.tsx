import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowUp,
  IconBuildingWarehouse,
  IconCopy,
  IconDots,
  IconDownload,
  IconFileZip,
  IconHistory,
  IconPlayerPlay,
  IconServer,
  IconTag,
  IconTrash,
  IconWorldSearch,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useMirror } from '../../connection/mirror.ts';
import { useEngineScope, useOpenDialog } from '../../desk/engine-scope.ts';
import { imageName, splitReference } from '../../desk/image-name.ts';
import { openPage } from '../../desk/navigation.ts';
import { askForNewer } from '../../desk/newer.ts';
import { useOtherEngines } from '../../desk/shown-engines.ts';
import { startTask } from '../../desk/start-task.ts';
import type { ImageRow } from './image-row.ts';
import { namesForSaving } from './names-for-saving.ts';

const icon = { size: 15, stroke: 1.6, 'aria-hidden': true };

type Props = { row: ImageRow; isActive: boolean };

/** Only a button until it is pressed: a list scrolls with thousands of these. */
export function RowMenu({ row, isActive }: Props) {
  const [wasOpened, setWasOpened] = useState(false);
  const button = (
    <ActionIcon aria-label={`Actions for ${row.name}`} aria-haspopup="menu" tabIndex={isActive ? 0 : -1} onClick={() => setWasOpened(true)}>
      <IconDots size={16} />
    </ActionIcon>
  );
  if (!wasOpened) return button;
  return (
    <Menu position="bottom-end" width={230} defaultOpened>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Items row={row} />
      </Menu.Dropdown>
    </Menu>
  );
}

function Items({ row: { image, newer } }: { row: ImageRow }) {
  const { id } = image;
  const openDialog = useOpenDialog();
  const at = useEngineScope();
  const others = useOtherEngines(at);
  // it belongs to the engine in use
  const hasLocalRegistry = useMirror((mirror) => mirror.registry.state === 'running') && at === undefined;
  const [reference] = image.references;
  return (
    <>
      {at === undefined && (
        <Menu.Item
          leftSection={<IconPlayerPlay {...icon} />}
          onClick={() => openDialog({ name: 'try', image: id, called: imageName(image), reference })}
        >
          Try it…
        </Menu.Item>
      )}
      {reference && (
        <Menu.Item leftSection={<IconArrowUp {...icon} />} onClick={() => openDialog({ name: 'push', references: image.references })}>
          Push…
        </Menu.Item>
      )}
      {reference && hasLocalRegistry && (
        <Menu.Item
          leftSection={<IconBuildingWarehouse {...icon} />}
          onClick={() => void startTask({ kind: 'push', references: [reference], to: 'local-registry' })}
        >
          Push to the local registry
        </Menu.Item>
      )}
      {reference && (
        <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => openDialog({ name: 'copy', from: { kind: 'image', reference } })}>
          Copy to a registry…
        </Menu.Item>
      )}
      {newer && (
        <Menu.Item leftSection={<IconDownload {...icon} />} onClick={() => openDialog({ name: 'pull', reference: newer.reference })}>
          Get the newer one…
        </Menu.Item>
      )}
      {reference && image.digests.length > 0 && (
        <Menu.Item leftSection={<IconWorldSearch {...icon} />} onClick={() => void askForNewer([id], at)}>
          Ask for a newer one
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconTag {...icon} />} onClick={() => openDialog({ name: 'tags', image: id })}>
        Tags…
      </Menu.Item>
      {reference && (
        <Menu.Item
          leftSection={<IconHistory {...icon} />}
          onClick={() => openPage({ page: 'tags', repository: splitReference(reference).repository, at })}
        >
          Tags over time
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<IconFileZip {...icon} />}
        onClick={() => openDialog({ name: 'save', references: image.references.length > 0 ? image.references : [id] })}
      >
        Save…
      </Menu.Item>
      {others.map(({ place, name }) => (
        <Menu.Item
          key={place}
          leftSection={<IconServer {...icon} />}
          onClick={() => openDialog({ name: 'send', references: namesForSaving([image]), to: place })}
        >
          Send to {name}…
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item leftSection={<IconTrash {...icon} />} onClick={() => openDialog({ name: 'remove', ids: [id] })}>
        Remove…
      </Menu.Item>
    </>
  );
}
