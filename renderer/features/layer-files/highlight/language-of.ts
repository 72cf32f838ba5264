/** Languages by what the name of a file ends with, behind its last dot. */
const byEnding: Record<string, string> = {
  bash: 'bash',
  sh: 'bash',
  zsh: 'bash',
  ksh: 'bash',
  profile: 'bash',
  bashrc: 'bash',
  bash_profile: 'bash',
  bash_aliases: 'bash',
  bat: 'dos',
  cmd: 'dos',
  ps1: 'powershell',
  c: 'c',
  h: 'c',
  cc: 'cpp',
  cpp: 'cpp',
  cxx: 'cpp',
  hpp: 'cpp',
  hh: 'cpp',
  cs: 'csharp',
  css: 'css',
  scss: 'scss',
  diff: 'diff',
  patch: 'diff',
  go: 'go',
  gradle: 'gradle',
  groovy: 'groovy',
  cfg: 'ini',
  cnf: 'ini',
  conf: 'ini',
  desktop: 'ini',
  editorconfig: 'ini',
  env: 'ini',
  gitconfig: 'ini',
  ini: 'ini',
  mount: 'ini',
  npmrc: 'ini',
  service: 'ini',
  socket: 'ini',
  sources: 'ini',
  target: 'ini',
  timer: 'ini',
  toml: 'ini',
  properties: 'properties',
  java: 'java',
  cjs: 'javascript',
  js: 'javascript',
  jsx: 'javascript',
  mjs: 'javascript',
  json: 'json',
  jsonc: 'json',
  map: 'json',
  webmanifest: 'json',
  kt: 'kotlin',
  lua: 'lua',
  mk: 'makefile',
  md: 'markdown',
  markdown: 'markdown',
  php: 'php',
  pl: 'perl',
  pm: 'perl',
  py: 'python',
  pyi: 'python',
  pyw: 'python',
  r: 'r',
  rb: 'ruby',
  gemspec: 'ruby',
  rs: 'rust',
  sql: 'sql',
  cts: 'typescript',
  mts: 'typescript',
  ts: 'typescript',
  tsx: 'typescript',
  htm: 'xml',
  html: 'xml',
  plist: 'xml',
  svg: 'xml',
  xhtml: 'xml',
  xml: 'xml',
  xsd: 'xml',
  xsl: 'xml',
  vue: 'xml',
  yaml: 'yaml',
  yml: 'yaml',
  dockerfile: 'dockerfile',
  containerfile: 'dockerfile',
};

/** Languages by the whole name. */
const byName: Record<string, string> = {
  containerfile: 'dockerfile',
  dockerfile: 'dockerfile',
  gemfile: 'ruby',
  rakefile: 'ruby',
  gnumakefile: 'makefile',
  makefile: 'makefile',
  'nginx.conf': 'nginx',
  'httpd.conf': 'apache',
  'apache2.conf': 'apache',
  '.htaccess': 'apache',
  'nsswitch.conf': '',
  'resolv.conf': '',
  'composer.lock': 'json',
  'cargo.lock': 'ini',
  'poetry.lock': 'ini',
  'go.mod': 'go',
  '.dockerignore': '',
  'os-release': 'ini',
};

/** Languages by the program that a script names in its first line. */
const byProgram: Record<string, string> = {
  ash: 'bash',
  bash: 'bash',
  dash: 'bash',
  ksh: 'bash',
  lua: 'lua',
  node: 'javascript',
  perl: 'perl',
  php: 'php',
  python: 'python',
  ruby: 'ruby',
  sh: 'bash',
  zsh: 'bash',
};

/** The language of a file, as highlight.js calls it: by its place and name, else by its first line. Undefined if that tells none. */
export function languageOf(path: string, firstLine: string): string | undefined {
  const parts = path.toLowerCase().split('/');
  const name = parts.at(-1) ?? '';
  if (Object.hasOwn(byName, name)) return byName[name] || undefined;
  const ending = name.slice(name.lastIndexOf('.') + 1);
  if (ending === 'conf' && parts.includes('nginx')) return 'nginx';
  if (ending === 'conf' && parts.some((part) => part === 'apache2' || part === 'httpd')) return 'apache';
  if (name.includes('.') && Object.hasOwn(byEnding, ending)) return byEnding[ending];
  if (name.startsWith('dockerfile.')) return 'dockerfile';
  return ofScript(firstLine);
}

function ofScript(firstLine: string): string | undefined {
  const [, program = '', argument = ''] = /^#! *(?:\S*\/)?(\S+)(?:\s+(?:-\S+\s+)*(\S+))?/.exec(firstLine) ?? [];
  const named = (program === 'env' ? argument : program).replace(/[\d.]+$/, '');
  return Object.hasOwn(byProgram, named) ? byProgram[named] : undefined;
}
