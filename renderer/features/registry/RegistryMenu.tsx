import { ActionIcon, Menu } from '@mantine/core';
import {
  IconDots,
  IconEraser,
  IconFolder,
  IconLock,
  IconLockOpen,
  IconNetwork,
  IconPlugConnected,
  IconShieldLock,
  IconSignRight,
  IconTrash,
  IconUnlink,
} from '@tabler/icons-react';
import type { LocalRegistry } from '../../../contract/registry.ts';
import { client } from '../../connection/client.ts';
import { attempt } from '../../desk/attempt.ts';
import { openDialog } from '../../desk/dialogs.ts';
import { isOfCluster } from './registry-words.ts';

type Registry = Extract<LocalRegistry, { containerId: string }>;

const icon = { size: 15, stroke: 1.6, 'aria-hidden': true };

/** What is seldom wanted of the registry. */
export function RegistryMenu({ registry }: { registry: Registry }) {
  const { containerId, maker, hasLogin } = registry;
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon aria-label="More for the registry" size={30}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {maker === 'layerdeck' && (
          <Menu.Item leftSection={<IconPlugConnected {...icon} />} onClick={() => openDialog({ name: 'registry-port' })}>
            Use another port…
          </Menu.Item>
        )}
        {maker === 'layerdeck' && (
          <Menu.Item
            leftSection={hasLogin ? <IconLockOpen {...icon} /> : <IconLock {...icon} />}
            onClick={() => openDialog({ name: hasLogin ? 'unprotect-registry' : 'protect-registry' })}
          >
            {hasLogin ? 'Let everybody in…' : 'Ask for a sign-in…'}
          </Menu.Item>
        )}
        {maker === 'layerdeck' && (
          <Menu.Item leftSection={<IconNetwork {...icon} />} onClick={() => openDialog({ name: 'reach-registry' })}>
            Other computers…
          </Menu.Item>
        )}
        {maker === 'layerdeck' && (
          <Menu.Item leftSection={<IconShieldLock {...icon} />} onClick={() => openDialog({ name: 'encrypt-registry' })}>
            Encryption…
          </Menu.Item>
        )}
        {maker === 'layerdeck' && (
          <Menu.Item leftSection={<IconSignRight {...icon} />} onClick={() => openDialog({ name: 'name-registry' })}>
            Name…
          </Menu.Item>
        )}
        {maker === 'layerdeck' && (
          <Menu.Item leftSection={<IconFolder {...icon} />} onClick={() => openDialog({ name: 'registry-storage' })}>
            Where its images are kept…
          </Menu.Item>
        )}
        {maker !== 'layerdeck' && (
          <Menu.Item
            leftSection={<IconUnlink {...icon} />}
            onClick={() => void attempt(() => client.localRegistry.letGo({ container: containerId }))}
          >
            Stop using it as my registry
          </Menu.Item>
        )}
        {registry.state === 'running' && mayCollect(registry) && (
          <Menu.Item
            leftSection={<IconEraser {...icon} />}
            onClick={() => openDialog({ name: 'collect-registry', container: containerId })}
          >
            Free space…
          </Menu.Item>
        )}
        {!isOfCluster(registry) && (
          <Menu.Item leftSection={<IconTrash {...icon} />} onClick={() => openDialog({ name: 'remove-registry', container: containerId })}>
            Remove…
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What it keeps can be tidied: a cache does that itself. */
const mayCollect = (registry: Registry): boolean =>
  (registry.storage.kind === 'volume' || registry.storage.kind === 'folder') && registry.cacheOf === undefined && !isOfCluster(registry);
