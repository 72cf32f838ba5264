/** One way to get an engine. */
export type Way = {
  id: string;
  name: string;
  note: string;
  /** What to do, one step each. */
  steps: string[];
  /** Lines to paste into a terminal, if that is the way. */
  command?: string;
};

const dockerDesktop: Way = {
  id: 'docker-desktop',
  name: 'Docker Desktop',
  note: 'An app with its own window. Free for private use.',
  steps: ['Get Docker Desktop from docker.com and install it.', 'Start it once and leave it open.'],
};
const podmanDesktop: Way = {
  id: 'podman',
  name: 'Podman Desktop',
  note: 'Free for everyone, at work too.',
  steps: ['Get Podman Desktop from podman-desktop.io and install it.', 'Follow its first steps until it says that Podman is running.'],
};
const rancher: Way = {
  id: 'rancher-desktop',
  name: 'Rancher Desktop',
  note: 'Free. Choose “dockerd (moby)” when it asks for an engine.',
  steps: ['Get Rancher Desktop from rancherdesktop.io and install it.', 'Choose “dockerd (moby)” as the container engine.'],
};

const linux: Way[] = [
  {
    id: 'podman',
    name: 'Podman',
    note: 'Needs no administrator rights to run.',
    steps: ['On Debian and Ubuntu, paste these two lines into a terminal. Other systems also have a package called “podman”.'],
    command: 'sudo apt install podman\nsystemctl --user enable --now podman.socket',
  },
  {
    id: 'docker',
    name: 'Docker Engine',
    note: 'The most common one. Runs as a system service.',
    steps: [
      'On Debian and Ubuntu, paste these two lines into a terminal, then sign out and in again. For other systems, see docs.docker.com.',
    ],
    command: 'sudo apt install docker.io\nsudo usermod -aG docker $USER',
  },
  dockerDesktop,
];

/** What helps on this system, the most recommended first. */
export function engineAdvice(platform: string): Way[] {
  return platform === 'darwin' || platform === 'win32' ? [dockerDesktop, podmanDesktop, rancher] : linux;
}
