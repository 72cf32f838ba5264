/** A tool that installs what a manifest names; if only the manifest is copied first, its result can be reused. */
export type Installer = {
  name: string;
  /** Matches the command in a RUN. */
  command: RegExp;
  /** The files to copy first. */
  manifests: string;
  /** Matches the names of such manifests. */
  isManifest: RegExp;
};

export const installers: Installer[] = [
  {
    name: 'npm',
    // with a package's name it does not read the manifest
    command: /\bnpm (?:ci|install|i)(?: -\S+)*(?=\s*(?:$|[&|;]))/,
    manifests: 'package.json package-lock.json',
    isManifest: /^package\b.*json/,
  },
  {
    name: 'yarn',
    command: /\byarn(?: install)?(?: -\S+)*(?=\s*(?:$|[&|;]))/,
    manifests: 'package.json yarn.lock',
    isManifest: /^(?:package\b.*json|yarn\.lock)/,
  },
  {
    name: 'pnpm',
    command: /\bpnpm (?:install|i)(?: -\S+)*(?=\s*(?:$|[&|;]))/,
    manifests: 'package.json pnpm-lock.yaml',
    isManifest: /^(?:package\b.*json|pnpm-lock\.yaml)/,
  },
  {
    name: 'pip',
    command: /\b(?:pip3?|uv pip|python3? -m pip) install\b[^&|;]*(?:-r|--requirement)[ =]?[^&|;\s]+[^&|;]*/,
    manifests: 'requirements.txt',
    isManifest: /requirements.*\.txt|^requirements/,
  },
  {
    name: 'Poetry',
    command: /\bpoetry install\b[^&|;]*--no-root[^&|;]*/,
    manifests: 'pyproject.toml poetry.lock',
    isManifest: /^(?:pyproject\.toml|poetry\.lock)/,
  },
  {
    name: 'Bundler',
    command: /\bbundle install\b[^&|;]*/,
    manifests: 'Gemfile Gemfile.lock',
    isManifest: /^Gemfile/,
  },
  {
    name: 'Composer',
    command: /\bcomposer install\b[^&|;]*/,
    manifests: 'composer.json composer.lock',
    isManifest: /^composer\./,
  },
  {
    name: 'Go',
    command: /\bgo mod download\b[^&|;]*/,
    manifests: 'go.mod go.sum',
    isManifest: /^go\.(?:mod|sum|work)/,
  },
  {
    name: 'Maven',
    command: /\bmvn\b[^&|;]*\bdependency:(?:go-offline|resolve)\b[^&|;]*/,
    manifests: 'pom.xml',
    isManifest: /^pom\.xml/,
  },
  {
    name: 'Mix',
    command: /\bmix deps\.get\b[^&|;]*/,
    manifests: 'mix.exs mix.lock',
    isManifest: /^mix\./,
  },
  {
    name: '.NET',
    command: /\bdotnet restore\b[^&|;]*/,
    manifests: '*.csproj',
    isManifest: /\.(?:cs|fs|vb)proj$|\.sln$|^NuGet\.Config$/i,
  },
];
