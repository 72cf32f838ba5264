import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Builder } from '../../../contract/engine.ts';
import { taglessBases } from '../../../main/features/projects/tagless-bases.ts';
import { FailureError } from '../../../main/foundation/failures/failure.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { buildDirectly } from '../../support/build-directly.ts';
import { base, builders, host, traits } from '../../support/engines/own-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);

// nobody answers there, so that a build fails at once if it asks for the image
const missing = 'localhost:9/tagless/app';

beforeAll(() => docker(['tag', base, `${missing}:ver_1`]));
afterAll(() => docker(['rmi', `${missing}:ver_1`]));

async function isBuilt(builder: Builder, dockerfile: string, inputs: { target?: string; args?: Record<string, string> }): Promise<boolean> {
  using folder = new WorkFolder({ Dockerfile: dockerfile });
  try {
    await buildDirectly(host, builder, { folder: folder.path, ...inputs });
    return true;
  } catch (error) {
    if (error instanceof FailureError) return false;
    throw error;
  }
}

/** Dockerfiles where a missing image is the only reason to fail. */
const cases: [dockerfile: string, inputs?: { target?: string; args?: Record<string, string> }][] = [
  [`FROM ${missing}\nENV A=1\n`],
  [`FROM ${missing}:ver_1\nENV A=1\n`],
  [`FROM ${missing} AS one\nFROM ${base} AS two\nENV A=1\n`],
  [`FROM ${missing} AS one\nFROM ${base} AS two\nCOPY --from=ONE / /one\n`],
  [`FROM ${missing} AS one\nFROM ${base} AS two\nCOPY --from=0 / /one\n`],
  [`FROM ${base} AS one\nENV A=1\nFROM ${missing} AS two\nENV A=1\n`, { target: 'one' }],
  [
    `FROM ${missing} AS one\nFROM ${base} AS two\nENV A=1\nFROM two AS three\nENV B=1\n`,
    { target: traits.findsTargetsInAnyCase ? 'Two' : 'two' },
  ],
  [`FROM ${base} AS one\nFROM one\nCOPY --from=${missing} /bin /x\n`],
  [`ARG NAME=${missing}\nFROM $NAME\nENV A=1\n`],
  [`ARG NAME=${missing}\nFROM $NAME\nENV A=1\n`, { args: { NAME: base } }],
  [`ARG NAME=${base}\nFROM \${NAME}\nENV A=1\n`, { args: { NAME: missing } }],
  [`ARG NAME\nFROM \${NAME:-${missing}}\nENV A=1\n`],
  [`ARG TAG\nFROM ${missing}\${TAG:+:ver_1}\nENV A=1\n`, { args: { TAG: 'x' } }],
  [`ARG PART=app\nARG NAME=localhost:9/tagless/$PART\nFROM $NAME\nENV A=1\n`],
  [`FROM ${base} AS app\nFROM app\nENV A=1\n`],
];

describe.each(builders)('%s asks for what the app says', (builder) => {
  test.each(cases)('%j %j', async (dockerfile, inputs = {}) => {
    const said = taglessBases(dockerfile, inputs, builder, builder === 'buildkit' || traits.leavesOutStages).map(({ name }) => name);
    expect(said).toEqual((await isBuilt(builder, dockerfile, inputs)) ? [] : [missing]);
  });
});
