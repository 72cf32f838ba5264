import type { ListPart, ListPreview } from '../../contract/image-list.ts';
import { parseReference, repositoryOf, withDefaultTag } from '../../contract/reference.ts';
import { proposeTag, slotOf, wordsOf } from '../features/copy/lists/list-descriptor.ts';
import { type EngineImage, previewList } from '../features/copy/lists/preview-list.ts';
import { putTogether } from '../features/copy/lists/put-together.ts';
import { takeApart } from '../features/copy/lists/take-apart.ts';
import { type ForecastParts, forecastPush } from '../features/transfer/forecast-push.ts';
import { inspectImage } from '../foundation/engine/answers/image-answers.ts';
import type { Engine } from '../foundation/engine/open-engine.ts';
import { FailureError } from '../foundation/failures/failure.ts';
import type { Access } from '../foundation/registries/open-repository.ts';
import type { Prepare } from './operation-parts.ts';
import { pushAs } from './push-as.ts';
import { shortName } from './short-name.ts';

type Preview = { into: string; parts: ListPart[] };

/** What a list would hold; images of the engine are forecast as a push of each. */
export function viewList(
  { into: typed, parts }: Preview,
  access: Access,
  { engine, forecasts }: { engine: () => Engine; forecasts: ForecastParts },
  signal?: AbortSignal,
): Promise<ListPreview> {
  const into = targetOf(typed);
  const engineImage = async (reference: string): Promise<EngineImage> => ({
    platform: await platformOnEngine(engine(), reference),
    push: async (tag) => {
      const { layers, toSend, replaces } = await forecastPush(engine(), { reference, target: besideList(into, tag) }, forecasts, signal);
      const sizes = layers.map(({ size }) => size);
      const size = sizes.includes(undefined) ? undefined : sizes.reduce<number>((sum, bytes = 0) => sum + bytes, 0);
      return { ...(size !== undefined && { size }), ...(toSend !== undefined && { toSend }), ...(replaces && { replaces }) };
    },
  });
  return previewList({ into, parts }, access, engineImage, signal);
}

/** Puts images for several platforms into one list. Those of the engine are pushed first, each under a tag of its own. */
export const preparePutTogether: Prepare<'put-together'> = (request, { engine, access, lookAtTags }) => {
  const into = targetOf(request.into);
  const publish: Parameters<typeof putTogether>[2] = async (reference, _, context) => {
    const platform = await platformOnEngine(engine(), reference);
    const target = besideList(into, proposeTag(parseReference(into).tag ?? '', wordsOf(platform)));
    const { pushed } = await pushAs([{ reference, target }], { engine, access }, context);
    const digest = pushed[0]?.digest;
    return { reference: digest === undefined ? target : `${target}@${digest}`, slot: slotOf(platform) };
  };
  return {
    title: `Put together ${shortName(into)}`,
    run: async (context) => {
      await lookAtTags([into]);
      return putTogether({ ...request, into }, access, publish, context);
    },
  };
};

/** Gives platforms of a list tags of their own. */
export const prepareTakeApart: Prepare<'take-apart'> = (request, { access, lookAtTags }) => ({
  title: `Take apart a list of ${request.repository.split('/').at(-1)}`,
  run: async (context) => {
    await lookAtTags(request.items.map(({ tag }) => `${request.registry}/${request.repository}:${tag}`));
    return takeApart(access, request, context);
  },
});

const besideList = (into: string, tag: string): string => `${repositoryOf(parseReference(into))}:${tag}`;

function targetOf(typed: string): string {
  if (parseReference(typed).digest !== undefined) throw new FailureError(needsTag);
  return withDefaultTag(typed);
}

async function platformOnEngine(engine: Engine, reference: string) {
  const { Os: os, Architecture: architecture, Variant: variant } = await inspectImage(engine, reference);
  return { os, architecture, ...(variant && { variant }) };
}

const needsTag = {
  kind: 'invalid-input' as const,
  title: 'The name of the list has a digest in it',
  detail: 'The digest follows from what is put together, so you can’t choose it.',
  hint: 'End the name with a tag, such as “:1.0”.',
};
