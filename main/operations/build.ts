import type { Settings } from '../../contract/settings.ts';
import type { TaskRequest } from '../../contract/task.ts';
import { buildImage } from '../features/builds/build-image.ts';
import { classicModesOfCommand } from '../features/builds/find-docker-command.ts';
import { pullImage } from '../features/transfer/pull-image.ts';
import type { BuildOrder } from '../foundation/context/build-order.ts';
import { chosenDockerfile } from '../foundation/dockerfile/place-dockerfile.ts';
import type { Grants } from '../foundation/files/grants.ts';
import type { OperationContext } from '../foundation/progress/operation-context.ts';
import type { Prepare } from './operation-parts.ts';
import { shortName } from './short-name.ts';

/** Builds a folder, and records what it was built from. */
export const prepareBuild: Prepare<'build'> = (request, { engine, settings, grants, history, access: { logins } }) => {
  const order = orderBuild(request, grants);
  return {
    title: `Build ${shortName(order.references[0] ?? '')}`,
    run: async (context) => {
      const now = engine();
      const recording = history.begin(context.id, now, order);
      const whole = { ...order, classicModes: await classicModes(settings()) };
      const builder = settings().builder === 'classic' ? 'classic' : now.builder;
      const getImage = (reference: string, pulling: OperationContext) => pullImage(now, logins, { reference }, pulling);
      return buildImage(now, builder, whole, context, {
        witness: recording.witness,
        getImage,
        logins,
        noteRef: (ref) => history.noteRef(context.id, ref),
      });
    },
  };
};

/** The request with its grants replaced by paths. */
function orderBuild(
  { kind: _, folder: granted, secrets = [], dockerfile, dockerfileFrom, ...inputs }: Extract<TaskRequest, { kind: 'build' }>,
  grants: Grants,
): Omit<BuildOrder, 'classicModes'> {
  const ordered = secrets.map(({ id, source }) =>
    source.from === 'file' ? { id, file: grants.pathOf(source.file, 'read') } : { id, variable: source.variable },
  );
  const pathOf = (grant: string) => grants.pathOf(grant, 'read');
  const folder = pathOf(granted);
  return { ...inputs, folder, dockerfile: chosenDockerfile(folder, { dockerfile, dockerfileFrom }, pathOf), secrets: ordered };
}

const classicModes = async ({ classicModes: chosen }: Settings): Promise<BuildOrder['classicModes']> =>
  chosen === 'automatic' ? classicModesOfCommand() : chosen;
