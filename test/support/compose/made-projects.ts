// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is what variables look like in these files
import * as fc from 'fast-check';

/** A project as its files, with some of the oddest things that Compose can read. */
export type MadeProject = {
  folder: string;
  compose: string;
  override: string | undefined;
  env: string | undefined;
  /** Files that services extend, by their path. */
  others?: Record<string, string>;
};

const names = ['A', 'B', 'TAG', '_x1', 'compose_project_name', 'COMPOSE_PROJECT_NAME', 'NONE'];

// a value that is required is missing often enough
const operators = ['', '{}', ':-', '-', ':+', '+', '', '{}', ':-', '-', ':+', '+', ':?', '?'];

/** Text with variables in it, also inside each other; now and then with a broken one. */
const template = fc.letrec<{ text: string; piece: string; variable: string }>((tie) => ({
  text: fc.array(tie('piece'), { maxLength: 3, depthIdentifier: 'text' }).map((pieces) => pieces.join('')),
  piece: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 12, arbitrary: fc.constantFrom('x', 'a-b', ' ', '1.2', '$$', 'é', '-', ':', '?', '#', '$ ', '=', '/', '\\', '.') },
    { weight: 1, arbitrary: fc.constantFrom('}', '{', '$', '}}') },
    { weight: 8, arbitrary: tie('variable') },
  ),
  variable: fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...operators), tie('text'))
    .map(([name, operator, word]) => (operator === '' ? `$${name}` : operator === '{}' ? `\${${name}}` : `\${${name}${operator}${word}}`)),
})).text;

export const quoted = (text: string): string => JSON.stringify(text);

const oddScalars = [
  ...['yes', 'on', 'Off', 'n', 'true', 'FALSE', 'True', 'null', '~', '', 'Null', 'none'],
  ...[
    '010',
    '0o10',
    '0O7',
    '-0o7',
    '08',
    '1_000',
    '1__0',
    '_1',
    '1.50',
    '1e3',
    '1E+2',
    '1e21',
    '1e20',
    '123456.7',
    '1234567.8',
    '1e6',
    '99999.5e1',
    '1e-5',
    '0.0001',
    '-0',
    '+12',
    '.5',
    '1.',
  ],
  ...['0x1F', '-0x1f', '0b11', '-0b11', '0b12', '1.2.3', '12:30:45', '9007199254740993', '18446744073709551615', '18446744073709551616'],
  ...['2001-12-14', '2001-1-4', '2001-02-30', '2001-12-14T21:59:43Z', '2001-12-14 21:59:43.10', '2001-12-14t1:2:3Z', '2001-12'],
  ...[
    "'it''s'",
    '"\\u00e9\\n"',
    '!!str 12',
    '"010"',
    "'yes'",
    'a b',
    'a #b',
    'a:b',
    '-x',
    '<<',
    '=',
    '+',
    '-',
    '.',
    '..',
    '1,5',
    '0.',
    '00',
    '1e',
    '-.5',
  ],
];

const number = fc.stringMatching(/^[-+]?[0-9][0-9_.eEoxb]{0,6}$/);
const scalar = fc.oneof(fc.constantFrom(...oddScalars), number, template.map(quoted), template.map(quoted));

export const key = fc.constantFrom(...names, 'C', 'D');

const pairs = (values: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    fc.dictionary(key, values, { maxKeys: 4 }).map(
      (made) =>
        `{${Object.entries(made)
          .map(([name, value]) => `${name}: ${flow(value)}`)
          .join(', ')}}`,
    ),
    fc
      .uniqueArray(
        fc.oneof(
          key,
          fc.tuple(key, template).map(([name, value]) => `${name}=${value}`),
        ),
        { maxLength: 4 },
      )
      .map((lines) => `[${lines.map(quoted).join(', ')}]`),
  );

/** In braces some scalars have to be quoted; a dash alone is one to Compose's reader, and none to YAML. */
const flow = (text: string): string => (/[,#]|^-$/.test(text) && !/^["']/.test(text) ? quoted(text) : text);

const list = (values: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.uniqueArray(values, { maxLength: 3 }).map((lines) => `[${lines.map(quoted).join(', ')}]`);

const path = fc.constantFrom('.', './sub', 'sub/', 'sub/../sub', './sub/${A:-x}', 'https://example.org/a.git', 'git@example.org:a', '..');
export const name = fc.constantFrom('app', 'me/app:1', 'app:${TAG:-2}', 'x-$TAG', '${NONE}', 'localhost:5000/a');

const options: Record<string, fc.Arbitrary<string>> = {
  context: path.map(quoted),
  dockerfile: fc.constantFrom('Dockerfile', '../D', 'sub/Dockerfile.${A-dev}', '""').map((text) => (text === '""' ? text : quoted(text))),
  args: pairs(scalar),
  labels: pairs(scalar),
  target: fc.oneof(template.map(quoted), fc.constant('final')),
  tags: list(name),
  cache_from: list(name),
  network: fc.constantFrom('host', 'none', 'default'),
  pull: fc.constantFrom('true', 'false'),
  no_cache: fc.constantFrom('true', 'false'),
  platforms: fc.constantFrom('[linux/arm64]', '[]'),
  'x-own': scalar.map(flow),
};

const build = fc.oneof(
  { weight: 1, arbitrary: path.map(quoted) },
  { weight: 6, arbitrary: fc.record(options, { requiredKeys: [] }).map(block(6)) },
);

export function block(indent: number): (made: Record<string, string | undefined>) => string {
  return (made) => {
    const lines = Object.entries(made).flatMap(([option, value]) =>
      value === undefined ? [] : [`\n${' '.repeat(indent)}${option}: ${value}`],
    );
    return lines.length === 0 ? '{}' : lines.join('');
  };
}

const anchored = fc.record({ anchor: fc.constantFrom('', '', '&own '), value: build }).map(({ anchor, value }) => `${anchor}${value}`);

const service = (base?: string) =>
  fc
    .record(
      {
        extends: fc.constantFrom(
          ...(base ? [base, `{service: ${base}}`] : []),
          '{service: web, file: common/more.yaml}',
          '{service: api, file: ./common/more.yaml}',
        ),
        build: fc.oneof(
          anchored,
          fc.constant('{<<: *base, args: {D: 4}}'),
          fc.constant('{<<: [*other, *base], target: a}'),
          fc.constant('*base'),
        ),
        image: name.map(quoted),
        profiles: fc.constantFrom('[dev]', '[dev, prod]'),
      },
      { requiredKeys: ['build'] },
    )
    .map(block(4));

const bases = 'x-base: &base {context: ./base, args: {A: 1, D: 010}}\nx-other: &other {args: {C: yes}, target: $A}\n';

/** Services in another folder that extend each other and those of a third file. */
const others = fc.tuple(build, build, build, fc.boolean()).map(([web, api, db, isDeep]) => ({
  'common/more.yaml': `${bases}services:\n  web:\n    build: ${web}\n    image: "more:$TAG"\n  api:\n    extends: ${isDeep ? '{service: db, file: deep/deep.yaml}' : 'web'}\n    build: ${api}\n`,
  'common/deep/deep.yaml': `${bases}services:\n  db:\n    build: ${db}\n    profiles: [deep]\n---\nservices: {db: {build: {args: [DEEP=1]}}}\n`,
}));

/** `api` may extend `web`, and `db_1` may extend `api`. */
const services = (made: (base?: string) => fc.Arbitrary<string>) =>
  fc.tuple(fc.constantFrom(1, 1, 2, 3), made(), made('web'), made('api')).map(([count, ...all]) => servicesOf(all.slice(0, count)));

export const servicesOf = (all: string[]): string =>
  `services:${all.map((made, place) => `\n  ${['web', 'api', 'db_1'][place]}: ${made}`).join('')}\n`;

const projectName = fc.option(fc.constantFrom('name: Shop 1\n', 'name: "x-${TAG:-y}"\n', 'name: ""\n', 'name: __\n'), { nil: '', freq: 3 });

const override = () =>
  fc
    .record(
      {
        build: fc.oneof(
          { weight: 4, arbitrary: build },
          {
            weight: 1,
            arbitrary: fc.constantFrom('!reset null', '!override {context: ./sub}', '{args: !override {Z: 1}}', '{args: !reset {}}'),
          },
        ),
        image: name.map(quoted),
      },
      { requiredKeys: [] },
    )
    .map(block(4));

const envLine = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('A="unclosed', 'a b=1', '=', 'A b') },
  {
    weight: 12,
    arbitrary: fc
      .tuple(
        fc.constantFrom('', '', 'export ', '  '),
        key,
        fc.constantFrom('=', '=', ' = ', ': '),
        fc.oneof(
          template,
          template.map(quoted),
          template.map((text) => `'${text}'`),
        ),
      )
      .map((parts) => parts.join('')),
  },
  {
    weight: 12,
    arbitrary: fc.constantFrom(
      '# a comment',
      '',
      'A',
      'export B',
      'C=1 # why',
      'D="$$A"',
      'TAG="two\nlines"',
      "A='it\\'s' # why",
      'B="\\t\\0101\\x\\"\\$A"',
      '1X=1',
      'C = a # b',
      'D=a#b',
      'é=1',
      'COMPOSE_PROJECT_NAME=own',
      '\u00a0B=\u00a0x',
      'B=x\r',
    ),
  },
);

export const madeProject: fc.Arbitrary<MadeProject> = fc.record({
  folder: fc.constantFrom('shop', 'shop', 'My Shop.x', 'My Shop.x', '-_Ünï', '1-a', '1-a', '__'),
  compose: fc.tuple(projectName, services(service)).map((parts) => `${bases}${parts.join('')}`),
  others,
  override: fc.option(services(override), { nil: undefined, freq: 1 }),
  env: fc.option(
    fc.array(envLine, { maxLength: 5 }).map((lines) => `${lines.join('\n')}\n`),
    { nil: undefined, freq: 2 },
  ),
});
