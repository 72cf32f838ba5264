import { Button } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { attempt } from '../../desk/attempt.ts';
import { changeSettings } from '../../desk/change-settings.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { notify } from '../../ui/notify.ts';
import { SelectField } from '../../ui/SelectField.tsx';

const choices = { 30: '30 days', 100: '100 days', 365: 'A year', 0: 'Nothing' };

/** For how long moves are remembered, and forgetting them. */
export function MemoryDialog({ onClose }: { onClose(): void }) {
  const settings = useMirror((mirror) => mirror.settings);
  const [days, setDays] = useState(String(settings.tagDays));
  const save = () => {
    changeSettings({ tagDays: Number(days) });
    onClose();
  };
  const forget = async () => {
    const isDone = await attempt(() => client.tags.forget().then(() => true));
    if (isDone) notify('All moves of tags are forgotten', 'Layerdeck remembers anew from now on.');
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
      {days === '0' && <p className="sm t2">What is remembered now is forgotten as well.</p>}
    </Dialog>
  );
}
