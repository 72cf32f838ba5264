/** Whether a file's name is that of a Dockerfile: `Dockerfile`, `Dockerfile.dev`, `Dockerfile_go`, `api.Dockerfile`, `Containerfile`. */
export const isDockerfileName = (name: string): boolean =>
  /^(?:docker|container)file(?:[ ._-].*)?$|.\.(?:docker|container)file$/is.test(name) && !otherKinds.test(name);

// files found beside a Dockerfile: ignore files, documentation, leftovers of editors and tools, archives, templates
const otherKinds =
  /(?:~|\.(?:dockerignore|containerignore|md|rst|html?|pdf|ya?ml|json|toml|lock|bak|old|orig|rej|tmp|sw[a-z]|save|j2|jinja2?|tmpl|tpl|template|erb|in|asc|sig|sha\d+|tar|gz|tgz|bz2|tbz2?|xz|txz|zst|lz4|lzma|br|zip|7z|rar))$/i;

/** Whether the file may be a program that only deals with Dockerfiles: `dockerfile.go`, `Dockerfile.ts`. */
export const mayBeSource = (path: string): boolean =>
  /\.(?:[cm]?[jt]sx?|py|go|rb|rs|sh|java|kt|cs|php|pl|lua|c|cc|cpp|h|swift|ps1|bat|cmd)$/i.test(path);
