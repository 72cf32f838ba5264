import type { ContextWarning } from '../../../contract/context-map.ts';
import type { MeasuredFolder } from './measure-context.ts';

type Kind = ContextWarning['kind'];

// installed by a tool for this computer: the image gets its own by a RUN
const dependencies = new Set(['node_modules', 'bower_components', '.venv', '__pycache__', '.tox', '.bundle', 'Pods', '.gradle']);

// written by a tool, and written anew at need
const caches = new Set([
  ...['coverage', '.nyc_output', '.next', '.nuxt', '.cache', '.turbo', '.parcel-cache', '.angular', '.svelte-kit'],
  ...['.pytest_cache', '.mypy_cache', '.ruff_cache', '.terraform'],
]);

// a folder of that name is only an output where the project's file beside it says so
const outputs = new Map([
  ['target', /^(?:Cargo\.toml|pom\.xml|build\.sbt)$/],
  ['build', /^(?:package\.json|build\.gradle(?:\.kts)?|setup\.py|pyproject\.toml|CMakeLists\.txt)$/],
  ['dist', /^(?:package\.json|setup\.py|pyproject\.toml)$/],
  ['out', /^(?:package\.json|build\.gradle(?:\.kts)?)$/],
  ['bin', /\.(?:cs|fs|vb)proj$/],
  ['obj', /\.(?:cs|fs|vb)proj$/],
]);

/** What a folder is by its name and what lies beside it; undefined for what may well belong in an image. */
export function folderKind(name: string, siblings: ReadonlySet<string>, folder: MeasuredFolder): Kind | undefined {
  if (name === '.git') return 'git';
  if (dependencies.has(name)) return 'dependencies';
  // any folder can be a virtual environment of Python; this file makes it one
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

/** What a file is by its name and, where that may mislead, by how it begins. */
export function fileKind(name: string, readStart: () => string): Kind | undefined {
  if (name === '.git') return undefined; // a worktree's pointer: a line of text
  if (environment.test(name) && !example.test(name)) return 'environment';
  if (keyStores.test(name)) return 'key';
  // certificates and public keys have the same endings and are for everybody
  if (maybeKey.test(name)) return /PRIVATE KEY/.test(readStart()) ? 'key' : undefined;
  if (!maybePassword.test(name)) return undefined;
  // a variable in the place of the password is how it should be
  return /(?:_auth(?:Token)?|_password|password|npmAuthToken)\s*[=: ]\s*["']?(?!\$)\S|:\/\/[^/\s:]+:[^$@\s]+@/.test(readStart())
    ? 'key'
    : undefined;
}
