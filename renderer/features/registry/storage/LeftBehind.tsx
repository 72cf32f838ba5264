import { Button } from '@mantine/core';
import { client } from '../../../connection/client.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { openDialog } from '../../../desk/dialogs.ts';
import { bytes } from '../../../ui/format.ts';

/** What the volume still has of before, for who wants to remove it. */
export function LeftBehind({ container }: { container: string }) {
  const { answer } = useAsked(container, (signal) => client.localRegistry.leftBehind(undefined, { signal }));
  if (!answer) return null;
  const { bytes: size } = answer;
  return (
    <div className="row">
      <p className="sm t2 grow">The volume still has what the registry had before{size === undefined ? '' : `: ${bytes(size)}`}.</p>
      <Button size="xs" onClick={() => openDialog({ name: 'remove-left', size })}>
        Remove it…
      </Button>
    </div>
  );
}
