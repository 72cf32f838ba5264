import type { ContextWarning } from '../../../../contract/context-map.ts';
import type { MeasuredFolder } from './measure-context.ts';

type Kind = ContextWarning['kind'];

// installed by a tool for this computer; the image gets its own with a RUN
const dependencies = new Set(['node_modules', 'bower_components', '.venv', '__pycache__', '.tox', '.bundle', 'Pods', '.gradle']);

// written by a tool, and written again when needed
const caches = new Set([
  'coverage',
  '.nyc_output',
  '.next',
  '.nuxt',
  '.cache',
  '.turbo',
  '.parcel-cache',
  '.angular',
  '.svelte-kit',
  '.pytest_cache',
  '.mypy_cache',
  '.ruff_cache',
  '.terraform',
]);

// a folder with such a name is only build output if a matching project file is beside it
const outputs = new Map([
  ['target', /^(?:Cargo\.toml|pom\.xml|build\.sbt)$/],
  ['build', /^(?:package\.json|build\.gradle(?:\.kts)?|setup\.py|pyproject\.toml|CMakeLists\.txt)$/],
  ['dist', /^(?:package\.json|setup\.py|pyproject\.toml)$/],
  ['out', /^(?:package\.json|build\.gradle(?:\.kts)?)$/],
  ['bin', /\.(?:cs|fs|vb)proj$/],
  ['obj', /\.(?:cs|fs|vb)proj$/],
]);

/** The kind of a folder, judging by its name and siblings; undefined if it may well belong in an image. */
export function classifyFolder(name: string, siblings: ReadonlySet<string>, folder: MeasuredFolder): Kind | undefined {
  if (name === '.git') return 'git';
  if (dependencies.has(name)) return 'dependencies';
  // this file marks a folder of any name as a Python virtual environment
  if (folder.files.some((file) => file.name === 'pyvenv.cfg')) return 'dependencies';
  if (caches.has(name)) return 'build-output';
  const besides = outputs.get(name);
  return besides && [...siblings].some((sibling) => besides.test(sibling)) ? 'build-output' : undefined;
}

const environment = /^\.env(?:\.[\w-]+)*$/;
const example = /\.(?:example|sample|template|dist|defaults?|tmpl)$/;
const keyStores = /\.(?:p12|pfx|jks|keystore|kdbx|ppk)$/i;
const maybeKey = /^id_(?:rsa|dsa|ecdsa|ed25519)(?:_\w+)?$|\.(?:pem|key)$/i;
const maybePassword = /^(?:\.npmrc|\.yarnrc\.yml|\.netrc|\.pypirc|\.git-credentials|\.pgpass)$/;

/** The kind of a file, judging by its name and, where that may mislead, by its start. */
export function classifyFile(name: string, readStart: () => string): Kind | undefined {
  if (name === '.git') return undefined; // a worktree's pointer, a line of text
  if (environment.test(name) && !example.test(name)) return 'environment';
  if (keyStores.test(name)) return 'key';
  // certificates and public keys have the same endings but are public
  if (maybeKey.test(name)) return /PRIVATE KEY/.test(readStart()) ? 'key' : undefined;
  if (!maybePassword.test(name)) return undefined;
  // a variable in place of the password is fine
  return /(?:_auth(?:Token)?|_password|password|npmAuthToken)\s*[=: ]\s*["']?(?!\$)\S|:\/\/[^/\s:]+:[^$@\s]+@/.test(readStart())
    ? 'key'
    : undefined;
}
