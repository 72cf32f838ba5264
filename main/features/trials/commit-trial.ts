import { Readable } from 'node:stream';
import { parseReference, repositoryOf } from '../../../contract/reference.ts';
import type { CommitOrder } from '../../../contract/trial.ts';
import { inspectImage } from '../../foundation/engine/answers/image-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { requestJson } from '../../foundation/engine/request.ts';
import { splitCommand } from '../../foundation/formats/split-command.ts';
import { checkIsOwn } from './end-trial.ts';
import { namesIn } from './read-trial.ts';
import { notesVariables } from './trial-failures.ts';
import { noLabels, type TrialOwner, variablesLabel } from './trial-labels.ts';

/**
 * Makes a new image of a trial: its image with one more layer. Gives the id of the new image. Variables that were set for the trial get into the
 * image, whatever is asked for: every engine notes in it what its container was set to. So it is made only if that is wanted.
 */
export async function commitTrial(engine: Engine, owner: TrialOwner, order: CommitOrder): Promise<string> {
  const { container, reference, author, message, command, keepsVariables, pauses } = order;
  const { Image, Config } = await checkIsOwn(engine, owner, container);
  const set = namesIn(Config.Labels[variablesLabel]);
  if (set.length > 0 && !keepsVariables) throw notesVariables(set);
  const own = (await inspectImage(engine, Image)).Config;
  const chosen = splitCommand(command);
  const parsed = parseReference(reference);
  const config = {
    Env: Config.Env.filter((line) => own.Env.includes(line) || set.some((name) => line.startsWith(`${name}=`))),
    // what the image says, and not what was typed for the trial
    Cmd: chosen.length > 0 ? chosen : own.Cmd,
    Entrypoint: own.Entrypoint,
    ExposedPorts: own.ExposedPorts,
    Labels: noLabels,
  };
  const body = Buffer.from(JSON.stringify(config));
  const { Id } = await requestJson<{ Id: string }>(engine.docker, {
    method: 'POST',
    path: '/commit',
    query: { container, repo: repositoryOf(parsed), tag: parsed.tag ?? 'latest', comment: message, author, pause: pauses },
    headers: { 'Content-Type': 'application/json', 'Content-Length': String(body.length) },
    body: Readable.from([body]),
  });
  return Id.startsWith('sha256:') ? Id : `sha256:${Id}`;
}
