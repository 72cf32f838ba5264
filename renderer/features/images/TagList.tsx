import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconHistory, IconPlus, IconTrash } from '@tabler/icons-react';
import { copyText } from '../../desk/copy-text.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { useEngineScope, useOpenDialog } from '../../desk/engine-scope.ts';
import { splitReference } from '../../desk/image-name.ts';
import { formatRoute } from '../../desk/navigation.ts';
import { ChipGroup } from '../../ui/ChipGroup.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import c from './ImagePage.module.css';

/** Every name of an image, each with what can be done to it. */
export function TagList({ id, references }: { id: string; references: string[] }) {
  const openDialog = useOpenDialog();
  return (
    <>
      {references.length === 0 && <p className="t2">This image has no name. Give it one, so that you can find and push it.</p>}
      <ul aria-label="Tags">
        {references.map((reference) => (
          <TagItem key={reference} reference={reference} />
        ))}
      </ul>
      <Button mt={12} leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => openDialog({ name: 'tag', image: id })}>
        Add a tag…
      </Button>
    </>
  );
}

function TagItem({ reference }: { reference: string }) {
  const openDialog = useOpenDialog();
  const { repository, tag } = splitReference(reference);
  const at = useEngineScope();
  return (
    <li className={c.tag} aria-label={reference}>
      <ChipGroup name={repository} chips={tag ? [tag] : []} />
      <CopyButton label={`Copy ${reference}`} copy={() => copyText(reference)} />
      <span className="grow" />
      <Tooltip label="Where it was before">
        <ActionIcon
          component="a"
          href={formatRoute({ page: 'tags', repository, at })}
          aria-label={`Where the tag ${reference} was before`}
          onClick={closeDialog}
        >
          <IconHistory size={15} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Remove this tag">
        <ActionIcon aria-label={`Remove the tag ${reference}`} onClick={() => openDialog({ name: 'untag', reference })}>
          <IconTrash size={15} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}
