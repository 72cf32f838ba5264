import { type ComposeDocument, readYaml, UnreadableYaml } from './read-yaml.ts';

export type ComposeFile = { name: string; text: string };

/** The documents of a file. Throws an `UnreadableYaml` that names it. */
export function readDocuments({ name: file, text }: ComposeFile): ComposeDocument[] {
  try {
    return readYaml(text);
  } catch (error) {
    if (error instanceof UnreadableYaml) error.file = file;
    throw error;
  }
}
