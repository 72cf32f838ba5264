/** Package managers and their commands to refresh the package list or update everything, and to install. */
export const packageManagers: { update: RegExp; install: RegExp }[] = [
  {
    update: /\bapt(?:-get)?(?: -\S+)* update\b/,
    install: /\bapt(?:-get)?(?: -\S+)* (?:install|upgrade|dist-upgrade|build-dep)\b/,
  },
  { update: /\bapk(?: -\S+)* update\b/, install: /\bapk(?: -\S+)* (?:add|upgrade)\b/ },
  {
    update: /\b(?:yum|dnf|microdnf)(?: -\S+)* (?:update|upgrade|makecache|check-update)\b/,
    install: /\b(?:yum|dnf|microdnf)(?: -\S+)* (?:install|groupinstall|localinstall)\b/,
  },
  { update: /\bzypper(?: -\S+)* (?:refresh|ref)\b/, install: /\bzypper(?: -\S+)* (?:install|in|update|up)\b/ },
];
