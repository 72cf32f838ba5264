/**
 * Finds the image name in what people paste where a name is expected: a command (`docker pull nginx:1.27`), a line of a Dockerfile
 * or a Compose file, the address of a page on Docker Hub or another registry, a name with the scheme that other programs
 * use (`oci://…`, `docker://…`). Otherwise returns the text itself.
 */
export function pastedName(text: string): string {
  const line = text.trim();
  return fromCommand(line) ?? fromLine(line) ?? fromAddress(line) ?? text;
}

/** Options of `pull` that take a value as a separate word. */
const withWord = new Set(['--platform', '--creds', '--arch', '--os', '--variant', '--authfile', '--cert-dir']);

function fromCommand(line: string): string | undefined {
  const [, rest] = /^(?:[$#%]\s+)?(?:sudo\s+)?(?:docker|podman|nerdctl|finch)\s+(?:image\s+)?pull\s+(.+)$/.exec(line) ?? [];
  const words = rest?.split(/\s+/) ?? [];
  return words.find((word, place) => !word.startsWith('-') && !withWord.has(words[place - 1] ?? ''));
}

const fromLine = (line: string): string | undefined =>
  /^FROM\s+(?:--platform=\S+\s+)?(\S+)(?:\s+AS\s+\S+)?$/i.exec(line)?.[1] ?? /^(?:-\s+)?image:\s*["']?([^\s"']+)["']?$/.exec(line)?.[1];

function fromAddress(line: string): string | undefined {
  const other = /^(?:oci|docker):\/\/(\S+)$/.exec(line)?.[1];
  if (other !== undefined) return other;
  const url = /^https?:\/\/\S+$/.test(line) ? URL.parse(line) : null;
  if (!url) return undefined;
  const parts = url.pathname.split('/').filter(Boolean);
  if (/^(?:hub|registry\.hub)\.docker\.com$/.test(url.hostname)) return fromHubPage(parts);
  // Quay's pages have a path prefix of their own
  if (url.hostname === 'quay.io' && parts[0] === 'repository') return `quay.io/${parts.slice(1, 3).join('/')}`;
  return parts.length > 0 ? `${url.host}/${parts.join('/')}` : undefined;
}

/** `/_/nginx`, `/r/user/app/tags`, `/layers/library/nginx/1.27/images/…`. */
function fromHubPage([kind, first, second, tag]: string[]): string | undefined {
  if (kind === '_' && first) return first;
  if (!first || !second) return undefined;
  const name = first === 'library' ? second : `${first}/${second}`;
  if (kind === 'r') return name;
  return kind === 'layers' && tag ? `${name}:${tag}` : undefined;
}
