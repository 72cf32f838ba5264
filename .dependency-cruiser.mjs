// The house's rules: who may import whom. Each comment says what to do instead.
const featureRooms = 'images|build|transfer|archive|copy|registry|settings|files|licences';
const groundRooms = 'engine|formats|logins|distribution';
const pageRooms = 'app|images|layers|build|transfer|registry|tasks|settings|licences';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Two files that need each other are one thing, or hide a third: move what both need into a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'contract-stands-alone',
      comment: 'contract/ is what window and main agree on. It imports none of the other rooms, so that both can import it.',
      severity: 'error',
      from: { path: '^contract/' },
      to: { path: '^(main|preload|renderer|test|tools)/' },
    },
    {
      name: 'electron-only-in-shell',
      comment: 'Only main/shell, main/index.ts and preload/ know Electron. Take a function as a parameter and let index.ts pass it in.',
      severity: 'error',
      from: { path: '^(contract|main|renderer)/', pathNot: '^main/(shell/|index\\.ts$)' },
      to: { path: '(^|/)node_modules/electron/|^electron$' },
    },
    {
      name: 'shell-knows-no-features',
      comment: 'main/shell wraps Electron and nothing else. index.ts joins it to the other rooms.',
      severity: 'error',
      from: { path: '^main/shell/' },
      to: { path: `^main/(handlers|tasks|${groundRooms}|${featureRooms})/`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'feature-rooms-are-neighbours',
      comment:
        'No feature room of main imports another. What two of them need belongs in a ground room (engine, formats, logins, distribution) or in contract/; index.ts joins them.',
      severity: 'error',
      from: { path: `^main/(${featureRooms})/` },
      to: { path: `^main/(${featureRooms})/`, pathNot: '^main/$1/' },
    },
    {
      name: 'feature-rooms-look-down',
      comment: 'Imports run handlers → tasks → feature rooms → engine. A feature room gets what it needs from above as a parameter.',
      severity: 'error',
      from: { path: `^main/(${featureRooms})/` },
      to: { path: '^main/(index\\.ts|shell/|handlers/|tasks/)' },
    },
    {
      name: 'tasks-look-down',
      comment: 'tasks/ runs operations it is given: it knows neither the shell nor the handlers.',
      severity: 'error',
      from: { path: '^main/tasks/' },
      to: { path: '^main/(index\\.ts|shell/|handlers/)' },
    },
    {
      name: 'ground-rooms-look-at-no-feature',
      comment: 'engine, formats, logins and distribution are below every other room of main: they import one another and contract/.',
      severity: 'error',
      from: { path: `^main/(${groundRooms})/` },
      to: { path: '^main/', pathNot: `^main/(${groundRooms})/` },
    },
    {
      name: 'engine-is-the-ground',
      comment: 'engine/ is below even the other ground rooms and imports only contract/.',
      severity: 'error',
      from: { path: '^main/engine/' },
      to: { path: '^main/', pathNot: '^main/engine/' },
    },
    {
      name: 'handlers-have-no-shell',
      comment: 'Handlers validate, call and answer. What they need of Electron is passed in by index.ts.',
      severity: 'error',
      from: { path: '^main/handlers/' },
      to: { path: '^main/(index\\.ts|shell/)' },
    },
    {
      name: 'main-has-no-window',
      comment: 'Main and the window are two programs. They share contract/ and nothing else.',
      severity: 'error',
      from: { path: '^main/' },
      to: { path: '^(renderer|preload|test|tools)/' },
    },
    {
      name: 'preload-is-thin',
      comment: 'The preload script hands the port over and turns dropped files into paths. It needs contract/ and Electron only.',
      severity: 'error',
      from: { path: '^preload/' },
      to: { pathNot: '^(preload|contract)/|(^|/)node_modules/electron/|^electron$' },
    },
    {
      name: 'window-has-no-main',
      comment: 'The window talks to main over the connection. It imports only contract/.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(main|preload|test|tools)/' },
    },
    {
      name: 'window-has-no-node',
      comment: 'The page is sandboxed: Node is not there. Ask main for it through the contract.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'window-takes-types-of-contract',
      comment:
        'Values of contract/ carry zod into the page’s bundle. Use `import type`; only reference, pasted-name, moved-names, instruction, secretive, cache-matrix, context-map and bridge are pure.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: {
        path: '^contract/',
        pathNot: '^contract/(reference|pasted-name|moved-names|instruction|bridge|secretive|cache-matrix|context-map)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'window-has-no-zod',
      comment: 'Main validates what the window sends. The page needs types only.',
      severity: 'error',
      from: { path: '^(renderer|preload)/' },
      to: { path: '(^|/)node_modules/(zod|@orpc/server|dockerode)/' },
    },
    {
      name: 'page-rooms-are-neighbours',
      comment: 'No feature room of the window imports another. What two of them need belongs in ui/ or connection/; app/ joins them.',
      severity: 'error',
      from: { path: '^renderer/(images|layers|build|transfer|registry|tasks|settings|licences)/' },
      to: { path: `^renderer/(${pageRooms})/`, pathNot: '^renderer/$1/' },
    },
    {
      name: 'connection-is-the-ground',
      comment: 'connection/ brings main’s facts in. It pours them into the rooms’ stores and knows none of their components.',
      severity: 'error',
      from: { path: '^renderer/connection/' },
      to: { path: '^renderer/.*\\.tsx$', pathNot: '^renderer/ui/' },
    },
    {
      name: 'ui-knows-no-docker',
      comment: 'ui/ has pieces without knowledge of Docker: give them what they show as properties.',
      severity: 'error',
      from: { path: '^renderer/ui/' },
      to: { path: '^(contract/|renderer/(?!ui/))' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|release)/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
