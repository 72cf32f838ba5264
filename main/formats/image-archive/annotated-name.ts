import { familiarName } from './familiar-name.ts';

const wholeName = 'io.containerd.image.name';
const otherName = 'org.opencontainers.image.ref.name';

/** The name that a list of images gives to one. Containerd writes it whole; others write a name, or only the tag, into the second. */
export function annotatedName(annotations: Record<string, string> | undefined): string | undefined {
  const other = annotations?.[otherName];
  const name = annotations?.[wholeName] ?? (other && /[:/]/.test(other) ? other : undefined);
  return name && familiarName(name);
}

/** The same annotations without the name. */
export const withoutName = ({ [wholeName]: _, [otherName]: __, ...others }: Record<string, string>): Record<string, string> => others;
