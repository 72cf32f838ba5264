import type { DockerfileChoice } from '../../contract/build.ts';
import type { Builder } from '../../contract/engine.ts';
import { readDockerfileText } from '../build/folder/dockerfile-text.ts';
import { chosenDockerfile } from '../build/folder/place-dockerfile.ts';
import { taglessBases } from '../build/folder/tagless-bases.ts';
import { IgnoreEdits } from '../build/inspect/ignore-edits.ts';
import { ignoreFileOf } from '../build/inspect/ignore-file.ts';
import { inspectContext } from '../build/inspect/inspect-context.ts';
import type { Implementer, Parts } from './router.ts';

/** The words of the contract about what a build would send and ask for. */
export function contextProcedures(os: Implementer, { connection, settings, grants }: Pick<Parts, 'connection' | 'settings' | 'grants'>) {
  const edits = new IgnoreEdits();
  // the one that a build started now would use; it decides which ignore file counts
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
      return taglessBases(await readDockerfileText(folder, dockerfile), input, builder());
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
