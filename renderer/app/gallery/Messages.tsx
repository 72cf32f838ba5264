import { Button } from '@mantine/core';
import { EmptyState } from '../../desk/EmptyState.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { Folded } from '../../ui/Folded.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { notifyFailure } from '../../ui/notify-failure.tsx';
import { Warning } from '../../ui/Warning.tsx';
import { failure } from './examples.ts';
import { Section } from './Section.tsx';

export const Messages = () => (
  <>
    <Section title="Notices" isStacked>
      <Notice tone="quiet">The folder has no .dockerignore.</Notice>
      <Notice tone="quiet" title="Nothing in it yet">
        Choose an image, then “Push…”.
      </Notice>
      <Notice tone="warn" title="This moves the tag app:1">
        The other image keeps its other names.
      </Notice>
      <Notice tone="bad" title="This file cannot be loaded">
        It ends in the middle of an image.
      </Notice>
    </Section>
    <Section title="Warnings" isStacked>
      <Warning>“latest” is older</Warning>
      <Warning isLong>
        Everybody who has the image can read its arguments. For a password or key use a secret, which only the step that asks for it can
        see.
      </Warning>
    </Section>
    <Section title="Failures" isStacked>
      <FailureNote failure={failure}>
        <Button size="xs">Sign in…</Button>
      </FailureNote>
      <FailureNote failure={{ title: 'The engine stopped', detail: 'It does not answer any more.' }} />
      <Button w="fit-content" onClick={() => notifyFailure(failure, 'Push app:1')}>
        Show a failure in a corner
      </Button>
    </Section>
    <Section title="Nothing there yet" isStacked>
      <EmptyState title="No images yet" actions={<Button variant="filled">Build…</Button>}>
        Build one from a folder, or get one from a registry.
      </EmptyState>
      <Folded summary="Details">What only some people want to read.</Folded>
    </Section>
  </>
);
