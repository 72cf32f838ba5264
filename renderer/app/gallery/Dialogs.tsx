import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { CheckedField } from '../../ui/CheckedField.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { Ring } from '../../ui/Ring.tsx';
import { failure } from './examples.ts';
import { Section } from './Section.tsx';

type Shown = (close: () => void) => ReactNode;

const dialogs: Record<string, Shown> = {
  'A form': (close) => (
    <Dialog
      title="Add a tag"
      lead="A new name for app:1. The others stay."
      onClose={close}
      action="Add the tag"
      onAct={close}
      note="A note"
    >
      <CheckedField label="Tag in the dialog" value="app:2" onChange={() => {}} says="“app” with the tag “2”." />
    </Dialog>
  ),
  'A form that waits': (close) => (
    <Dialog title="Build an image" onClose={close} action="Build" disabled note="Give the image a name.">
      <p className="row t2" role="status">
        <Ring /> Looking into the folder
      </p>
    </Dialog>
  ),
  'A removal': (close) => (
    <Dialog title="Remove app:1?" onClose={close} action="Remove 1 image, free 42 MB" onAct={close} destructive cancel="Keep">
      <p>42 MB come back.</p>
    </Dialog>
  ),
  'Only to read': (close) => (
    <Dialog title="This file cannot be loaded" onClose={close}>
      <FailureNote failure={failure} />
    </Dialog>
  ),
  'Long and wide': (close) => (
    <Dialog title="What is in these 40 files" onClose={close} action="Load 40 images" onAct={close} size={1020}>
      {Array.from({ length: 40 }, (_, place) => `File ${place + 1}.tar`).map((name) => (
        <p key={name}>{name}</p>
      ))}
    </Dialog>
  ),
};

export function Dialogs() {
  const [open, setOpen] = useState<string>();
  const show = open === undefined ? undefined : dialogs[open];
  return (
    <Section title="Dialogs">
      {Object.keys(dialogs).map((name) => (
        <Button key={name} onClick={() => setOpen(name)}>
          {name}
        </Button>
      ))}
      {show?.(() => setOpen(undefined))}
    </Section>
  );
}
