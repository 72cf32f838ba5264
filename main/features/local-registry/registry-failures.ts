import type { LocalRegistry, RegistryContainer } from '../../../contract/registry.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import { volume } from './own-volume.ts';

// what can be wrong with a registry on this computer, each with its next step

/** `by` is the container that has the port; without it, it isn't known which program does. */
export const portTaken = (port: number, by?: string): FailureError =>
  new FailureError({
    kind: 'port-taken',
    title: by ? `The container ${by} uses port ${port}` : `Another program uses port ${port}`,
    detail: `The registry keeps its port, because the names of everything that was pushed begin with localhost:${port}.`,
    hint: by
      ? `Stop ${by} and start the registry again, or let the registry use another port.`
      : 'Stop that program and start the registry again, or let the registry use another port.',
  });

export const noPortFree = (ports: readonly number[]): FailureError =>
  new FailureError({
    kind: 'port-taken',
    title: 'No port is free for the registry',
    detail: `Layerdeck tried these ports, and all are taken: ${ports.join(', ')}.`,
    hint: 'Stop the program that uses one of them, or choose another port.',
  });

export const namesTaken = (name: string): FailureError =>
  new FailureError({
    kind: 'in-use',
    title: 'Other containers have the registry’s names',
    detail: `Five containers are called ${name} or ${name}-2 to -5, and none of them belongs to Layerdeck.`,
    hint: 'Remove one that you no longer need, then try again.',
  });

export const volumeInUse = (by: string): FailureError =>
  new FailureError({
    kind: 'in-use',
    title: `The container ${by} uses the registry’s volume`,
    detail: `It works on the files in ${volume}, too. Two programs that write there damage each other’s images.`,
    hint: `Stop ${by}, then start the registry again.`,
  });

export const filesInUse = (by: string): FailureError =>
  new FailureError({
    kind: 'in-use',
    title: `The container ${by} uses the registry’s files, too`,
    detail: 'It may be writing there, and what it hasn’t finished would be taken for unused.',
    hint: `Stop ${by}, then try again.`,
  });

export const imagesInUse = (by: string): FailureError =>
  new FailureError({
    kind: 'in-use',
    title: `The container ${by} uses the registry’s images, too`,
    detail: 'Both keep their files in the same volume, so nothing was removed.',
    hint: `Remove ${by} first, or remove the registry and keep its images.`,
  });

/** Its program has ended; by now the engine may have started it again. */
export class EndedAtOnce extends FailureError {}

/** `lines` are the last that it said. */
export const endedAtOnce = (exitCode: number, lines: string[]): EndedAtOnce =>
  lines.some((line) => /layerdeck-tls\.|\btls: |x509: /.test(line)) ? badCertificate(lines) : endedWith(exitCode, lines);

const badCertificate = (lines: string[]): EndedAtOnce =>
  new EndedAtOnce({
    kind: 'registry-unreachable',
    title: 'The registry can’t use its certificate',
    detail: 'It ended right after it was started, as the certificate in its volume, or the key beside it, can’t be read or doesn’t fit.',
    hint: 'Make a new certificate under “Encryption…”, or stop encrypting there. Its images stay.',
    cause: lines.join('\n'),
  });

const endedWith = (exitCode: number, lines: string[]): EndedAtOnce =>
  new EndedAtOnce({
    kind: 'registry-unreachable',
    title: 'The registry ended right after it was started',
    detail: `Its program gave up with exit code ${exitCode}. ${lines.length > 0 ? 'The last thing it said stands under “Details”.' : 'It said nothing.'}`,
    hint: 'If its settings are at fault, remove the registry and keep its images, then start a new one.',
    ...(lines.length > 0 && { cause: lines.join('\n') }),
  });

export const somethingElseAnswers = (address: string): FailureError =>
  new FailureError({
    kind: 'port-taken',
    title: `Something else answers at ${address}`,
    detail: 'The registry runs, but another program gets what is sent to this address, and that one isn’t a registry.',
    hint: 'Stop that program, or let the registry use another port. On macOS, AirPlay Receiver uses port 5000 until it is switched off.',
  });

/** The failure for a registry whose certificate isn't valid now. */
export const outdated = (address: string): FailureError =>
  new FailureError({
    kind: 'registry-unreachable',
    title: `The certificate of ${address} isn’t valid now`,
    detail: 'It has run out, or this computer’s clock is wrong.',
    hint: 'Check the clock, then make a new certificate under “Encryption…” on the “Registry” page.',
  });

/** The failure for a registry that never answered. */
export const didNotStart = (): FailureError =>
  new FailureError({
    kind: 'registry-unreachable',
    title: 'The registry was started but doesn’t answer',
    detail: 'Its container runs, but nothing answers at its address.',
    hint: 'Look at its log, then restart it.',
  });

/** `cause` is what went wrong with getting one. */
export const noImage = (cause: string): FailureError =>
  new FailureError({
    kind: 'registry-unreachable',
    title: 'There’s no image of a registry here',
    detail: 'Layerdeck tried to get registry:3 from Docker Hub, which didn’t work.',
    hint: 'Check the network and try again, or choose a file with the image. “docker save registry:3” writes one on a computer that has it.',
    cause,
  });

export const notARegistry = (file: string): FailureError =>
  new FailureError({
    kind: 'bad-archive',
    title: `There’s no registry in ${file}`,
    detail: 'The images in the file are loaded now, but none of them is a registry like registry:3.',
    hint: 'Choose a file that “docker save registry:3” wrote.',
  });

export const isFarAway = (): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'The engine runs on another computer',
    detail: 'A registry started there answers on that computer only, so this one couldn’t reach it.',
    hint: 'Choose an engine on this computer on the “Engines” page, then try again.',
  });

/** A cluster's registry is left to the program that made it: throws for one of those. */
export function checkIsFree({ maker }: Pick<RegistryContainer, 'maker'>): void {
  if (maker !== 'layerdeck' && maker !== 'person') throw belongsToCluster(maker);
}

const belongsToCluster = (maker: string): FailureError =>
  new FailureError({
    kind: 'in-use',
    title: `The registry belongs to ${maker}`,
    detail: `A cluster depends on it, so Layerdeck leaves its container to ${maker}.`,
    hint: `Use the command ${maker} for that.`,
  });

/** Only what is Layerdeck's, or was chosen in its place, is tidied, and only files that can be reached. Throws what stands in the way. */
export function checkMayCollect(registry: LocalRegistry): Extract<LocalRegistry, { state: 'running' }> {
  if (registry.state !== 'running') throw notRunning();
  checkIsFree(registry);
  if (registry.cacheOf !== undefined) throw tidiesItself(registry.name);
  if (registry.storage.kind === 'volume' || registry.storage.kind === 'folder') return registry;
  throw keepsItElsewhere();
}

const notRunning = (): FailureError =>
  new FailureError({
    kind: 'registry-unreachable',
    title: 'The registry isn’t running',
    detail: 'What its tags lead to is asked of the registry itself, before anything is freed.',
    hint: 'Start it, then try again.',
  });

const tidiesItself = (name: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: `${name} tidies up by itself`,
    detail: 'It’s a cache, and forgets after a week what nobody has got again.',
    hint: 'Nothing has to be done.',
  });

const keepsItElsewhere = (): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'The registry’s files are out of Layerdeck’s reach',
    detail: 'It keeps its images in no volume and no folder of this computer.',
    hint: 'Use “registry garbage-collect” where they are.',
  });

export const letsEverybodyIn = (): FailureError =>
  new FailureError({
    kind: 'unknown',
    title: 'The registry still lets everybody in',
    detail: 'It was started with a sign-in, but answers without one.',
    hint: 'Look at its log. Its image may be another program than distribution’s registry.',
  });

export const notEncrypted = (): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'The registry isn’t encrypted',
    detail: 'There’s no certificate to save.',
    hint: 'Encrypt its connections first.',
  });

export const wantsSignInFirst = (): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'The registry doesn’t ask for a sign-in',
    detail: 'Everybody in your network could get, push and remove images there.',
    hint: 'Let it ask for a sign-in first.',
  });

/** `cause` is what it said last. */
export const cacheEnded = (remote: string, cause: string | undefined): FailureError =>
  new FailureError({
    kind: 'registry-unreachable',
    title: `The cache of ${remote} ended right after it was started`,
    detail: 'A cache asks its registry when it starts. This one is out of reach, or isn’t a registry.',
    hint: 'Check the address and the network, then start the cache again.',
    ...(cause !== undefined && { cause }),
  });

export const takesNoPushes = (name: string, remote: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: `${name} takes no pushes`,
    detail: `It’s a cache: it keeps what is got from ${remote} through it, and nothing else.`,
    hint: 'Choose another registry to push to.',
  });

export const keepsItsSettings = (name: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: `Layerdeck didn’t make ${name}`,
    detail: 'That needs another container, and Layerdeck doesn’t know all the settings that this one was made with.',
    hint: 'Make its container anew in the way that you made it.',
  });

export const notThere = (): FailureError =>
  new FailureError({
    kind: 'not-found',
    title: 'There’s no such registry any more',
    detail: 'Its container was removed in the meantime.',
    hint: 'Look at the “Registry” page for what is there now.',
  });
