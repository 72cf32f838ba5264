import { useState } from 'react';
import type { FilesSource, OpenedFiles } from '../../../contract/layer-files.ts';
import type { Task } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';
import { type Asked, useAsked } from '../../connection/use-asked.ts';
import { isRunning, useTask } from '../../connection/use-task.ts';
import { attempt } from '../../desk/attempt.ts';

/** The task that reads each image, so that whoever comes back to the page finds it. */
const readings = new Map<string, string>();

/** `also`: another opened image of the same engine that is read with it. */
type Opened = Asked<OpenedFiles> & { task: Task | undefined; read(also?: string): void };

/** Finds an image’s files, and the task that reads what is missing of them. */
export function useOpenedFiles(source: FilesSource): Opened {
  const key = JSON.stringify(source);
  const [reading, setReading] = useState(() => readings.get(key));
  const task = useTask(reading);
  // what was read is known once the task has ended, however it did; before, asking again would only cost a registry's patience
  const ended = task && !isRunning(task) ? task.id : undefined;
  const asked = useAsked(key, (signal) => client.layerFiles.open(source, { signal }), { since: ended });
  const { answer } = asked;
  const read = async (also?: string) => {
    if (!answer) return;
    const at = source.kind === 'engine' ? source.at : undefined;
    const request = { kind: 'index', files: answer.files, ...(also !== undefined && { also }) } as const;
    const started = await attempt(() => client.tasks.start({ request, ...(at !== undefined && { at }) }));
    if (!started) return;
    readings.set(key, started.id);
    setReading(started.id);
  };
  return { ...asked, task, read: (also) => void read(also) };
}
