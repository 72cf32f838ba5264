import { closeDialog } from '../../desk/dialogs.ts';
import { imageName } from '../../desk/image-name.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { TagList } from './TagList.tsx';
import { useImage } from './use-image.ts';

export function TagsDialog({ id }: { id: string }) {
  const image = useImage(id);
  return (
    <Dialog title="Tags" lead={image && `All names of ${imageName(image)}`} onClose={closeDialog}>
      <div>
        <TagList id={id} references={image?.references ?? []} />
      </div>
    </Dialog>
  );
}
