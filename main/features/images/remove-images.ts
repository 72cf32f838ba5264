import type { Failure } from '../../../contract/failure.ts';
import type { TaskResult } from '../../../contract/task.ts';
import { readContainerList } from '../../foundation/engine/answers/container-answers.ts';
import { inspectImage } from '../../foundation/engine/answers/image-answers.ts';
import { isKeptName } from '../../foundation/engine/kept-names.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FailureError, toFailure } from '../../foundation/failures/failure.ts';
import { chainIds } from '../../foundation/layers/chain-ids.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';

/** Removes images with all their names. Continues after one that can't be removed, and rejects at the end with how many are left. */
export async function removeImages(
  engine: Engine,
  ids: string[],
  { signal, report, log }: OperationContext,
): Promise<TaskResult & { kind: 'remove' }> {
  const untagged: string[] = [];
  const problems: Failure[] = [];
  let deletedLayers = 0;
  for (const [place, id] of ids.entries()) {
    signal.throwIfAborted();
    report({ phase: 'removing', fraction: place / ids.length });
    try {
      const { changes, layers } = await removeOne(engine, id);
      for (const { Untagged, Deleted } of changes) {
        if (Untagged && isKeptName(Untagged)) continue;
        if (Untagged) untagged.push(Untagged);
        // the engine also names the images of single steps that were deleted along
        if (Deleted && layers.has(Deleted)) deletedLayers += 1;
        log(Untagged ? `Removed the name ${Untagged}` : `Deleted ${Deleted}`);
      }
    } catch (error) {
      const failure = toFailure(error);
      problems.push(failure);
      log(`${id} stays: ${failure.title}. ${failure.detail}`, { isError: true });
    }
  }
  const [first] = problems;
  if (first) throw new FailureError(ids.length === 1 ? first : someStay(problems.length, ids.length, first));
  return { kind: 'remove', untagged, deletedLayers };
}

// a sentence about one image, such as “Nothing was removed”, is not true of all of them
const someStay = (left: number, all: number, first: Failure): Failure => ({
  ...first,
  title: `${left} of ${all} images couldn’t be removed`,
  detail: `${left === 1 ? 'The reason' : 'The first reason'}: ${first.title}.${left === all ? '' : ' The others are gone.'} The list of images shows what is left.`,
});

/** Removes an image that has no other names than these. Rejects if it is used, or got another name since they were read. */
export async function removeListed(engine: Engine, { id, references }: { id: string; references: readonly string[] }): Promise<void> {
  const { RepoTags } = await inspectImage(engine, id);
  const other = RepoTags.find((name) => !references.includes(name));
  if (other !== undefined) throw new FailureError(gotName(other));
  await removeOne(engine, id);
}

const gotName = (name: string): Failure => ({
  kind: 'in-use',
  title: `It is called ${name} by now`,
  detail: 'It got that name after the list was made, so it wasn’t removed.',
  hint: 'Look at the list again.',
});

type Change = { Untagged?: string; Deleted?: string };

async function removeOne(engine: Engine, id: string): Promise<{ changes: Change[]; layers: Set<string> }> {
  const { docker } = engine;
  const { RepoTags, RepoDigests, keptAs, Id, RootFS } = await inspectImage(engine, id);
  const layers = new Set(chainIds(RootFS.Layers));
  await refuseIfUsed(engine, Id);
  // the engine removes an image with several names by id only if forced; removing each name never needs force
  // what is removed is not kept for undo either
  const names = [...namesOf(RepoTags, RepoDigests), ...keptAs];
  if (names.length === 0) return { changes: (await docker.getImage(id).remove()) as Change[], layers };
  const changes: Change[] = [];
  for (const reference of names) {
    const gone = await docker.getImage(reference).remove().catch(goneBefore(changes));
    changes.push(...(gone as Change[]));
  }
  return { changes, layers };
}

/** Every tag, and the digests of repositories without a tag: the image stays as long as one of them is left. */
function namesOf(tags: string[], digests: string[]): string[] {
  const tagged = new Set(tags.map((tag) => tag.slice(0, tag.lastIndexOf(':'))));
  return [...tags, ...digests.filter((digest) => !tagged.has(digest.slice(0, digest.indexOf('@'))))];
}

// the last tag in a repository takes its digests along, and the last name of all takes the image
const goneBefore = (changes: Change[]) => (error: { statusCode?: number }) => {
  if (error.statusCode === 404 && changes.length > 0) return [];
  throw error;
};

// checked before the first name is removed: the engine refuses only at the last one, when the others are already gone
async function refuseIfUsed(engine: Engine, id: string): Promise<void> {
  // asked for the containers of an id, Podman finds those of another form of it only
  const containers = await readContainerList(engine);
  const user = containers.find(({ ImageID }) => ImageID === id);
  if (!user) return;
  throw new FailureError({
    kind: 'in-use',
    title: 'A container uses this image',
    detail: `The container ${user.Names[0]?.replace(/^\//, '') ?? user.Id.slice(0, 12)} was made from it. Nothing was removed.`,
    hint: 'Remove the container first.',
  });
}

/** Removes one name from an image that has others. Refuses the last one, as that would delete the image. */
export async function untagImage(engine: Engine, reference: string): Promise<TaskResult & { kind: 'untag' }> {
  const { RepoTags } = await inspectImage(engine, reference);
  if (RepoTags.length < 2) {
    throw new FailureError({
      kind: 'in-use',
      title: `${reference} is the image’s last name`,
      detail: 'An image without a name is hard to find again, and the engine would delete it.',
      hint: 'Give it another name first, or remove the whole image.',
    });
  }
  await engine.docker.getImage(reference).remove();
  return { kind: 'untag', reference };
}
