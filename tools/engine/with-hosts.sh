#!/bin/sh
# Runs a program for which another file takes the place of /etc/hosts: with-hosts.sh [--read-only] FILE PROGRAM ARGUMENTS…
# Runs in a mount namespace of its own (unshare --mount), so that this computer's own file stays as it is.
set -e
again=
if [ "$1" = --read-only ]; then
  again=remount,bind,ro
  shift
fi
mount --bind "$1" /etc/hosts
[ -z "$again" ] || mount -o "$again" /etc/hosts
shift
exec "$@"
