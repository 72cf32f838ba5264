#!/bin/sh
# Runs a program for which another file takes the place of /etc/hosts: with-hosts.sh FILE PROGRAM ARGUMENTS…
# Runs in a mount namespace of its own (unshare --mount), so that this computer's own file stays as it is.
set -e
mount --bind "$1" /etc/hosts
shift
exec "$@"
