import { Menu } from '@mantine/core';
import {
  IconArrowsDiff,
  IconClipboard,
  IconCopy,
  IconDots,
  IconDownload,
  IconFolderSearch,
  IconStack2,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { TagDetails } from '../../../../contract/registry-browse.ts';
import { addressForms } from '../../../desk/address-forms.ts';
import { copyText } from '../../../desk/copy-text.ts';
import { openDialog } from '../../../desk/dialogs.ts';
import { compareWith, openPage } from '../../../desk/navigation.ts';
import { notify } from '../../../ui/notify.ts';
import c from './TagTable.module.css';
import { isToGet } from './tag-words.ts';

const icon = { size: 15, stroke: 1.6, 'aria-hidden': true };

type Props = { tag: string; name: string; details: TagDetails; isActive: boolean; onRemove(tag: string): void };

/** Only a plain button until it is pressed: a list scrolls with thousands of these. */
export function TagMenu({ tag, name, details, isActive, onRemove }: Props) {
  const [wasOpened, setWasOpened] = useState(false);
  const button = (
    <button
      type="button"
      className={c.dots}
      aria-label={`Actions for ${tag}`}
      aria-haspopup="menu"
      tabIndex={isActive ? 0 : -1}
      onClick={() => setWasOpened(true)}
    >
      <IconDots size={16} aria-hidden />
    </button>
  );
  if (!wasOpened) return button;
  return (
    <Menu position="bottom-end" width={240} defaultOpened>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Items reference={`${name}:${tag}`} details={details} onRemove={() => onRemove(tag)} />
      </Menu.Dropdown>
    </Menu>
  );
}

function Items({ reference, details, onRemove }: { reference: string; details: TagDetails; onRemove(): void }) {
  const source = { kind: 'registry', reference } as const;
  return (
    <>
      {isToGet(details) && (
        <>
          <Menu.Item leftSection={<IconDownload {...icon} />} onClick={() => openDialog({ name: 'pull', reference })}>
            Get…
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFolderSearch {...icon} />}
            onClick={() => openPage({ page: 'files', from: source, name: reference })}
          >
            Look at its files
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowsDiff {...icon} />} onClick={() => compareWith({ from: source, name: reference })}>
            Compare with…
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => openDialog({ name: 'copy', from: source })}>
            Copy to a registry or file…
          </Menu.Item>
          {details.kind === 'list' && (
            <Menu.Item
              leftSection={<IconStack2 {...icon} />}
              onClick={() => openDialog({ name: 'take-apart', reference, digest: details.digest })}
            >
              Take the list apart…
            </Menu.Item>
          )}
        </>
      )}
      {isToGet(details) &&
        addressForms(reference).map(({ name: form, text }) => (
          <Menu.Item key={form} leftSection={<IconClipboard {...icon} />} onClick={() => void copyAddress(form, text)}>
            Copy for {form}
          </Menu.Item>
        ))}
      <Menu.Item leftSection={<IconClipboard {...icon} />} onClick={() => void copyAddress('its digest', details.digest)}>
        Copy its digest
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<IconTrash {...icon} />} onClick={onRemove}>
        Remove…
      </Menu.Item>
    </>
  );
}

async function copyAddress(form: string, text: string): Promise<void> {
  await copyText(text);
  notify('Copied', form === 'its digest' ? 'The digest is on the clipboard.' : `The address for ${form} is on the clipboard.`);
}
