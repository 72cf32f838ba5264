import { type FileName, readFileName } from './file-name.ts';

const wholeName = 'io.containerd.image.name';
const otherName = 'org.opencontainers.image.ref.name';

/** The name that a list of images gives an image. Containerd writes it in full; others put a name, or only the tag, into the second annotation. */
export function annotatedName(annotations: Record<string, string> | undefined): FileName | undefined {
  const other = annotations?.[otherName];
  const text = annotations?.[wholeName] ?? (other && /[:/]/.test(other) ? other : undefined);
  return text === undefined ? undefined : readFileName(text);
}

/** The same annotations with only that name. Engines differ in which of the two they read, so both contain it. */
export function withName(annotations: Record<string, string> | undefined, name: string | undefined): Record<string, string> {
  const { [wholeName]: _, [otherName]: __, ...others } = annotations ?? {};
  return name ? { ...others, [wholeName]: name, [otherName]: name } : others;
}
