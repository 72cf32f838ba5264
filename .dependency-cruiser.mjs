// The house's rules: who may import whom. Each comment says what to do instead.
const above = 'app/|index\\.ts|app\\.ts|desktop/|procedures/|operations/';
const pureContract =
  'reference|grammar|count-steps|pasted-name|moved-names|instruction|bridge|secret-name|cache-matrix|context-map|clean-up-choice';

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
      comment: 'contract/ is what window and main agree on. It imports nothing from either, so that both can import it.',
      severity: 'error',
      from: { path: '^contract/' },
      to: { path: '^(main|preload|renderer|test|tools)/' },
    },
    {
      name: 'electron-only-in-desktop',
      comment: 'Only main/desktop, main/index.ts and preload/ know Electron. Take a function as a parameter and let index.ts pass it in.',
      severity: 'error',
      from: { path: '^(contract|main|renderer)/', pathNot: '^main/(desktop/|index\\.ts$)' },
      to: { path: '(^|/)node_modules/electron/|^electron$' },
    },
    {
      name: 'desktop-knows-no-features',
      comment: 'main/desktop wraps Electron and nothing else. index.ts connects it to the app.',
      severity: 'error',
      from: { path: '^main/desktop/' },
      to: { path: '^main/(app/|app\\.ts|procedures/|operations/|tasks/|features/|foundation/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'app-has-no-desktop',
      comment: 'The app is put together without Electron, so that tests use the same one. index.ts passes in what it needs of the desktop.',
      severity: 'error',
      from: { path: '^main/(app/|app\\.ts|procedures/|operations/)' },
      to: { path: '^main/(index\\.ts|desktop/)' },
    },
    {
      name: 'operations-look-down',
      comment: 'An operation is what a task runs: it knows tasks, features and the foundation, not who asks for it.',
      severity: 'error',
      from: { path: '^main/operations/' },
      to: { path: '^main/(app/|app\\.ts|procedures/)' },
    },
    {
      name: 'tasks-know-no-operation',
      comment: 'tasks/ runs whatever it is given. Give it what it needs as a parameter.',
      severity: 'error',
      from: { path: '^main/tasks/' },
      to: { path: `^main/(${above}|features/)` },
    },
    {
      name: 'features-are-neighbours',
      comment:
        'No feature imports another. Move what both need into foundation/ or contract/, or let an operation or a procedure join them.',
      severity: 'error',
      from: { path: '^main/features/([^/]+)/' },
      to: { path: '^main/features/', pathNot: '^main/features/$1/' },
    },
    {
      name: 'features-look-down',
      comment: 'A feature gets what it needs from above as a parameter.',
      severity: 'error',
      from: { path: '^main/features/' },
      to: { path: `^main/(${above}|tasks/)` },
    },
    {
      name: 'foundation-is-below',
      comment: 'foundation/ is below every other room of main: it imports itself and contract/.',
      severity: 'error',
      from: { path: '^main/foundation/' },
      to: { path: '^main/', pathNot: '^main/foundation/' },
    },
    {
      name: 'failures-are-the-ground',
      comment: 'Everything throws failures, so they stand below even the rest of the foundation.',
      severity: 'error',
      from: { path: '^main/foundation/failures/' },
      to: { path: '^main/', pathNot: '^main/foundation/failures/' },
    },
    {
      name: 'files-know-no-engine',
      comment:
        'What reads files, folders, tarballs and Dockerfiles works without an engine and without a registry. Take what they know as a parameter.',
      severity: 'error',
      from: { path: '^main/foundation/(files|formats|image-archive|context|dockerfile|layers)/' },
      to: { path: '^main/foundation/(engine|registries)/' },
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
      comment: `Values of contract/ carry zod into the page’s bundle. Use \`import type\`; only these files are pure: ${pureContract.replaceAll('|', ', ')}.`,
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^contract/', pathNot: `^contract/(${pureContract})\\.ts$`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'window-has-no-zod',
      comment: 'Main validates what the window sends. The page needs types only.',
      severity: 'error',
      from: { path: '^(renderer|preload)/' },
      to: { path: '(^|/)node_modules/(zod|@orpc/server|dockerode)/' },
    },
    {
      name: 'window-features-are-neighbours',
      comment: 'No feature of the window imports another. Move what both need into desk/ or ui/; app/ joins them.',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'window-features-look-down',
      comment: 'A feature of the window gets what it needs from app/ as a property.',
      severity: 'error',
      from: { path: '^renderer/features/' },
      to: { path: '^renderer/(app/|main\\.tsx$)' },
    },
    {
      name: 'desk-looks-down',
      comment: 'desk/ opens dialogs and pages by their names and starts tasks; it knows no feature. app/ turns names into components.',
      severity: 'error',
      from: { path: '^renderer/desk/' },
      to: { path: '^renderer/(app|features)/' },
    },
    {
      name: 'connection-is-the-wire',
      comment: 'connection/ mirrors what main says and knows nothing of what is made of it.',
      severity: 'error',
      from: { path: '^renderer/connection/' },
      to: { path: '^renderer/(app|features|desk|ui)/' },
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
