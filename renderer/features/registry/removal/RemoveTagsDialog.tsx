import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import type { RemovalItem, RemovalPart, RemovalScope } from '../../../../contract/registry-removal.ts';
import dialogs from '../../../desk/dialogs.module.css';
import { openDialog } from '../../../desk/dialogs.ts';
import { imageName } from '../../../desk/image-name.ts';
import { startTask } from '../../../desk/start-task.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { count, grouped, listedUpTo, shortId } from '../../../ui/format.ts';
import { LongList } from '../../../ui/LongList.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Ring } from '../../../ui/Ring.tsx';
import { Warning } from '../../../ui/Warning.tsx';
import type { HereIndex } from '../browse/here.ts';
import c from './RemoveTagsDialog.module.css';
import { alongWith, fateWords, goes, goingTags, isLostThere, removalAction } from './removal-words.ts';
import { useRemovalPreview } from './use-removal.ts';

type Props = { registry: string; repository: string; tags: string[]; here: HereIndex; onClose(): void; onRemoved(): void };

type Preview = Extract<RemovalPart, { kind: 'preview' }>;

/** Says before tags go from a registry what goes with them, what stays, and who still has it. */
export function RemoveTagsDialog({ registry, repository, tags, here, onClose, onRemoved }: Props) {
  const { value, failure } = useRemovalPreview(registry, repository, tags);
  const [scope, setScope] = useState<RemovalScope>('tags');
  const preview = value?.kind === 'preview' ? value : undefined;
  const going = preview ? goingTags(preview.items, scope) : 0;
  const act = () => {
    if (!preview) return;
    const items = preview.items.filter((item) => goes(item, scope));
    void startTask({
      kind: 'remove-registry-tags',
      registry,
      repository,
      items: items.flatMap(({ digest, tags: chosen }) => chosen.map((tag) => ({ tag, digest }))),
      scope,
      agreed: items.flatMap((item) => alongWith(item, scope)),
    });
    onRemoved();
  };
  return (
    <Dialog
      title={`Remove ${tags.length === 1 ? `the tag ${tags[0]}` : count(tags.length, 'tag')} from ${repository}?`}
      lead="Nothing is removed until you press the button. What is on your engine stays in any case."
      onClose={onClose}
      action={value?.kind === 'impossible' ? undefined : removalAction(going)}
      disabled={going === 0}
      onAct={act}
      destructive
      cancel="Keep"
      size={560}
      note={going > 0 && 'You can put them back until the registry collects their layers, or Layerdeck is closed.'}
    >
      {failure && <FailureNote failure={failure} />}
      {!failure && <Progress part={value} />}
      {value?.kind === 'impossible' && (
        <FailureNote failure={value.failure}>
          {value.failure.kind === 'sign-in' && (
            <Button size="xs" onClick={() => openDialog({ name: 'sign-in', registry })}>
              Sign in…
            </Button>
          )}
        </FailureNote>
      )}
      {preview && <Details preview={preview} scope={scope} onScope={setScope} here={here} />}
    </Dialog>
  );
}

function Progress({ part }: { part: RemovalPart | undefined }) {
  if (part !== undefined && part.kind !== 'reading') return null;
  return (
    <p className="row t2 num" role="status">
      <Ring {...(part && part.total > 0 && { fraction: part.done / part.total })} />
      {part
        ? `Looking where ${part.total === 1 ? 'the tag leads' : `all ${grouped(part.total)} tags of the repository lead`}`
        : 'Asking what the registry can remove'}
    </p>
  );
}

type DetailsProps = { preview: Preview; scope: RemovalScope; onScope(scope: RemovalScope): void; here: HereIndex };

function Details({ preview: { items, gone, unreadable, way }, scope, onScope, here }: DetailsProps) {
  const further = items.flatMap(({ siblings }) => siblings);
  return (
    <>
      {further.length > 0 && (
        <Radio.Group label="What goes" value={scope} onChange={(value) => onScope(value as RemovalScope)}>
          <div className={dialogs.targets}>
            <Radio
              value="tags"
              label={items.flatMap(({ tags }) => tags).length === 1 ? 'Just this tag' : 'Just these tags'}
              description={
                way === 'alone'
                  ? 'Other tags of the same images stay.'
                  : 'Other tags of the same images stay. This registry can’t remove a tag alone, so each is led to an empty placeholder first, which is then removed.'
              }
            />
            <Radio
              value="images"
              label="The images, with all their tags"
              description={`${listedUpTo(further, 5)} ${further.length === 1 ? 'goes' : 'go'} as well.`}
            />
          </div>
        </Radio.Group>
      )}
      {items.length > 0 && (
        <div className={`scroll ${c.items}`}>
          <LongList items={items} keyOf={({ digest }) => digest} rowHeight={62} isVaried label="To be removed">
            {(item) => <Item item={item} scope={scope} here={here} />}
          </LongList>
        </div>
      )}
      {gone.length > 0 && (
        <Notice tone="quiet">
          {listedUpTo(gone)} {gone.length === 1 ? 'has' : 'have'} gone in the meantime.
        </Notice>
      )}
      {unreadable.length > 0 && (
        <Notice tone="warn" title={`${count(unreadable.length, 'tag')} can’t be read`}>
          It isn’t known where {listedUpTo(unreadable)} {unreadable.length === 1 ? 'leads' : 'lead'}, so no image is removed as a whole.
        </Notice>
      )}
    </>
  );
}

function Item({ item, scope, here }: { item: RemovalItem; scope: RemovalScope; here: HereIndex }) {
  const image = here.byDigest.get(item.digest);
  return (
    <div className={c.item}>
      <p className="row">
        <span className="strong grow cut">{listedUpTo(item.tags, 6)}</span>
        <span className="mono t3">{shortId(item.digest)}</span>
      </p>
      <p className="sm t2">{fateWords(item, scope)}</p>
      {isLostThere(item, scope) &&
        (image ? (
          <p className="sm t2">You have it on your engine: {imageName(image)}.</p>
        ) : (
          <Warning isLong>It isn’t on your engine, so it may be gone for good.</Warning>
        ))}
    </div>
  );
}
