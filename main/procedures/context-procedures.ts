import type { DockerfileChoice } from '../../contract/build.ts';
import type { Builder } from '../../contract/engine.ts';
import { taglessBases } from '../features/projects/tagless-bases.ts';
import { ignoreFileOf } from '../foundation/context/ignore-file.ts';
import { IgnoreEdits } from '../foundation/context/inspect/ignore-edits.ts';
import { inspectContext } from '../foundation/context/inspect/inspect-context.ts';
import { readDockerfileText } from '../foundation/dockerfile/dockerfile-text.ts';
import { chosenDockerfile } from '../foundation/dockerfile/place-dockerfile.ts';
import type { Implementer, ProcedureParts } from './router.ts';

/** The contract's procedures about what a build would send and ask for. */
export function contextProcedures(
  os: Implementer,
  { connection, settings, grants }: Pick<ProcedureParts, 'connection' | 'settings' | 'grants'>,
) {
  const edits = new IgnoreEdits();
  // the builder that a build started now would use, which decides which ignore file applies
  const builder = (): Builder => (settings.settings.builder === 'classic' ? 'classic' : (connection.current?.builder ?? 'buildkit'));
  const pathOf = (grant: string) => grants.pathOf(grant, 'read');
  const placesOf = (input: DockerfileChoice & { folder: string }) => {
    const folder = pathOf(input.folder);
    return { folder, dockerfile: chosenDockerfile(folder, input, pathOf) };
  };
  return {
    inspectContext: os.build.inspectContext.handler(({ input, signal }) => {
      const { folder, dockerfile } = placesOf(input);
      return inspectContext(folder, dockerfile, builder(), signal);
    }),
    taglessBases: os.build.taglessBases.handler(async ({ input }) => {
      const { folder, dockerfile } = placesOf(input);
      const leavesOutStages = builder() === 'buildkit' || connection.current?.product === 'Podman';
      return taglessBases(await readDockerfileText(folder, dockerfile), input, builder(), leavesOutStages);
    }),
    ignore: os.build.ignore.handler(async ({ input }) => {
      const { folder, dockerfile } = placesOf(input);
      await edits.add(folder, await ignoreFileOf(folder, dockerfile, builder()), input.pattern);
    }),
    undoIgnore: os.build.undoIgnore.handler(async ({ input }) => {
      const { folder, dockerfile } = placesOf(input);
      await edits.undo(folder, await ignoreFileOf(folder, dockerfile, builder()));
    }),
  };
}
