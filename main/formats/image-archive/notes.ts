const mostNotes = 20;

/** Collects, in sentences, what is in a tarball and will not be loaded. */
export class Notes {
  readonly #sentences = new Set<string>();

  noName(written: string): void {
    this.#add(written === '' ? 'An empty name is left out.' : `“${short(written)}” is left out: it is no name that an image can have.`);
  }

  sharedName(name: string): void {
    this.#add(`${short(name)} is given to several images; the last of them gets it.`);
  }

  noImage(): void {
    this.#add('Beside the images is something that is none, such as a signature: it is not loaded.');
  }

  noPlatform(platform: string): void {
    this.#add(`The image for ${short(platform)} is not whole in the file: it is not loaded.`);
  }

  secondList(): void {
    this.#add('Its second list of images (index.json) does not add up and is not used; the first is whole.');
  }

  get sentences(): string[] {
    return [...this.#sentences];
  }

  #add(sentence: string): void {
    if (this.#sentences.size < mostNotes) this.#sentences.add(sentence);
  }
}

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
