// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is what variables look like in these files
import * as fc from 'fast-check';
import { type MadeProject, madeProject } from './made-projects.ts';

const piece = fc.oneof(
  fc.constantFrom(
    '&a ',
    '*a',
    '<<: ',
    '!reset ',
    '!!binary ',
    '${',
    '}',
    '[',
    ']',
    '{',
    '|\n',
    '? ',
    '- ',
    ': ',
    '---\n',
    '%YAML 1.1\n',
    '\t',
    '"',
    "'",
  ),
  fc.string({ maxLength: 4, unit: 'binary' }),
);

/** A text with a piece put in the place of some characters. */
const damaged = (text: string) =>
  fc
    .array(fc.tuple(fc.nat(text.length), fc.nat(5), piece), { minLength: 1, maxLength: 2 })
    .map((damages) =>
      damages.reduce((whole, [place, gone, put]) => whole.slice(0, place) + put + whole.slice(place + gone), text).toWellFormed(),
    );

/** A made-up project with one damaged file. */
export const damagedProject: fc.Arbitrary<MadeProject> = madeProject.chain((made) =>
  fc.oneof(
    damaged(made.compose).map((compose) => ({ ...made, compose })),
    damaged(made.override ?? 'services: {}\n').map((override) => ({ ...made, override })),
    damaged(made.env ?? 'A=1\n').map((env) => ({ ...made, env })),
  ),
);
