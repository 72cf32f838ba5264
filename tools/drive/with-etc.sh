#!/bin/sh
# Runs a program with an /etc of its own, over this computer's, which can't be written as long as nobody makes it so: with-etc.sh FOLDER PROGRAM ARGUMENTS…
# What FOLDER/upper has takes the place of the system's, and what changes lands there. Runs in a mount namespace of its own (unshare --mount).
set -e
mkdir -p "$1/upper" "$1/work"
mount -t overlay overlay -o "lowerdir=/etc,upperdir=$1/upper,workdir=$1/work" /etc
mount -o remount,ro /etc
shift
exec "$@"
