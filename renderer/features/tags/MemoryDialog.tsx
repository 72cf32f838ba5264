import { Button } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { attempt } from '../../desk/attempt.ts';
import { changeSettings } from '../../desk/change-settings.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { notify } from '../../ui/notify.ts';
import { SelectField } from '../../ui/SelectField.tsx';

const GB = 1e9;
const room = { 0: 'No image', [GB]: 'Up to 1 GB', [5 * GB]: 'Up to 5 GB', [20 * GB]: 'Up to 20 GB', [100 * GB]: 'Up to 100 GB' };

const choices = { 30: '30 days', 100: '100 days', 365: 'A year', 0: 'Nothing' };

/** For how long moves are remembered, and forgetting them. */
export function MemoryDialog({ onClose }: { onClose(): void }) {
  const settings = useMirror((mirror) => mirror.settings);
  const [days, setDays] = useState(String(settings.tagDays));
  const [bytes, setBytes] = useState(String(settings.undoBytes));
  const save = () => {
    changeSettings({ tagDays: Number(days), undoBytes: Number(bytes) });
    onClose();
  };
  const forget = async () => {
    const isDone = await attempt(() => client.tags.forget().then(() => true));
    if (isDone)
      notify(
        'All moves of tags are forgotten',
        `Layerdeck remembers anew from now on.${settings.undoBytes > 0 ? ' No image is kept for undo any more until a tag leaves one.' : ''}`,
      );
    onClose();
  };
  return (
    <Dialog
      title="What is remembered of tags"
      lead="Layerdeck writes down on this computer when a tag moved, and from which image to which. Nothing of it leaves the computer."
      onClose={onClose}
      action="Save"
      onAct={save}
      note={
        <Button variant="subtle" onClick={() => void forget()}>
          Forget everything now
        </Button>
      }
    >
      <SelectField
        label="How long"
        value={days}
        onChange={setDays}
        data={Object.entries(choices).map(([value, label]) => ({ value, label }))}
      />
      <SelectField
        label="Images kept for undo"
        description="An image that a tag has left stays until somebody prunes. Layerdeck can keep it longer, so that the tag can be moved back: it gets a private name, layerdeck.invalid/kept-for-undo, which other programs show, and which “docker image prune --all” removes with the image. The oldest give way to newer ones."
        value={bytes}
        onChange={setBytes}
        data={Object.entries(room).map(([value, label]) => ({ value, label }))}
      />
      {days === '0' && <p className="sm t2">What is remembered now is forgotten as well, and no image is kept for undo.</p>}
    </Dialog>
  );
}
