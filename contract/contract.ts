import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { BuildFolder } from './build.ts';
import type { Fact } from './fact.ts';
import type { Failure } from './failure.ts';
import { Grant, type GrantedPath, type GrantedTarget } from './file.ts';
import { type ImageDetails, ImageId, type RemovalPreview } from './image.ts';
import type { Catalog } from './registry.ts';
import { Settings } from './settings.ts';
import { type LogLine, TaskRequest } from './task.ts';

const TaskId = z.string().regex(/^[0-9a-f-]{36}$/);

// The one error a procedure answers with; its data is the failure to show.
const procedure = oc.errors({ FAILED: { data: type<Failure>() } });

/** Every word that window and main share, one line a procedure. */
export const contract = {
  facts: procedure.output(eventIterator(type<Fact>())),
  images: {
    details: procedure.input(z.object({ id: ImageId })).output(type<ImageDetails>()),
    previewRemoval: procedure.input(z.object({ ids: z.array(ImageId).min(1).max(10_000) })).output(type<RemovalPreview>()),
  },
  build: {
    inspectFolder: procedure.input(z.object({ folder: Grant })).output(type<BuildFolder>()),
    /** The Dockerfile as it was when the task began. */
    dockerfile: procedure.input(z.object({ task: TaskId })).output(type<{ path: string; text: string }>()),
  },
  registry: {
    catalog: procedure.output(type<Catalog>()),
  },
  tasks: {
    start: procedure.input(TaskRequest).output(type<{ id: string }>()),
    cancel: procedure.input(z.object({ id: TaskId })).output(type<void>()),
    retry: procedure.input(z.object({ id: TaskId })).output(type<{ id: string }>()),
    dismiss: procedure.input(z.object({ id: TaskId })).output(type<void>()),
    dismissEnded: procedure.output(type<void>()),
    /** Lines after the given number, then each new batch until the task ends. */
    log: procedure.input(z.object({ id: TaskId, after: z.number().int().nonnegative() })).output(eventIterator(type<LogLine[]>())),
  },
  files: {
    chooseFolder: procedure.output(type<GrantedPath | null>()),
    chooseArchives: procedure.output(type<GrantedPath[]>()),
    chooseSaveTarget: procedure.input(z.object({ suggestedName: z.string().min(1).max(200) })).output(type<GrantedTarget | null>()),
    /** Shows a finished save in the system's file manager. */
    revealSaved: procedure.input(z.object({ task: TaskId })).output(type<void>()),
  },
  engine: {
    searchAgain: procedure.output(type<void>()),
  },
  settings: {
    change: procedure.input(Settings.partial()).output(type<void>()),
  },
  clipboard: {
    write: procedure.input(z.object({ text: z.string().max(100_000) })).output(type<void>()),
  },
};
