const mostNotes = 20;

/** Collects, in sentences, what is in a tarball but will not be loaded. */
export class Notes {
  readonly #sentences = new Set<string>();

  noName(written: string): void {
    this.#add(written === '' ? 'An empty name is left out.' : `“${short(written)}” is left out because an image can’t have that name.`);
  }

  sharedName(name: string): void {
    this.#add(`${short(name)} is the name of several images; the last of them gets it.`);
  }

  noImage(): void {
    this.#add('Besides the images there is something else, such as a signature, which is not loaded.');
  }

  noPlatform(platform: string): void {
    this.#add(`The image for ${short(platform)} is incomplete in the file and is not loaded.`);
  }

  secondList(): void {
    this.#add('Its second list of images (index.json) contradicts itself and is not used; the first one is complete.');
  }

  get sentences(): string[] {
    return [...this.#sentences];
  }

  #add(sentence: string): void {
    if (this.#sentences.size < mostNotes) this.#sentences.add(sentence);
  }
}

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
