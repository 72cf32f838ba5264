// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is what variables look like in these files
import * as fc from 'fast-check';
import { block, key, type MadeProject, name, quoted, servicesOf } from './made-projects.ts';

const variableOf = ([variable, operator, word]: [string, string, string]): string =>
  operator === '' ? `$${variable}` : operator === '{}' ? `\${${variable}}` : `\${${variable}${operator}${word}}`;

/** Text with the variables that Compose 1 knows, too: none inside another, and no `+`. */
const plainTemplate = fc
  .array(
    fc.oneof(
      fc.constantFrom('x', 'a-b', ' ', '1.2', '$$', '/', '.'),
      fc
        .tuple(fc.constantFrom('A', 'B', 'TAG', 'NONE'), fc.constantFrom('', '{}', ':-', '-'), fc.constantFrom('', 'x', '1-2'))
        .map(variableOf),
    ),
    { maxLength: 3 },
  )
  .map((pieces) => pieces.join(''));

const plainOptions: Record<string, fc.Arbitrary<string>> = {
  context: fc.constantFrom('.', './sub', '..').map(quoted),
  dockerfile: fc.constantFrom('D', '../D'),
  args: fc
    .dictionary(key, plainTemplate.map(quoted), { maxKeys: 3 })
    .map((made) => `{${Object.entries(made).map(([name, value]) => `${name}: ${value}`)}}`),
  labels: plainTemplate.map((value) => `[${quoted(`label=${value}`)}, other]`),
  target: plainTemplate.map(quoted),
  network: fc.constantFrom('host', 'none'),
};

const plainService = fc
  .record({ build: fc.record(plainOptions, { requiredKeys: ['context'] }).map(block(6)), image: name.map(quoted) })
  .map(block(4));

const plainEnv = fc.dictionary(fc.constantFrom('A', 'B', 'TAG'), fc.constantFrom('1', 'two', '"t w o"', "'x'", 'a=b', ''), { maxKeys: 3 });

/** A project that Compose 1 and 2 read alike. */
export const plainProject: fc.Arbitrary<MadeProject> = fc.record({
  folder: fc.constant('shop'),
  compose: fc.array(plainService, { minLength: 1, maxLength: 3 }).map(servicesOf),
  override: fc.constant(undefined),
  env: plainEnv.map((made) =>
    Object.entries(made)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  ),
});
