#!/bin/sh
# Runs an engine on another Debian, over a layer of its own: in-root.sh ROOT WORKSPACE PROGRAM ARGUMENTS…
# Runs in a mount namespace of its own (unshare --mount), so that all it mounts is gone with its last process.
set -e
root=$1 folder=$2
shift 2
own=$folder/root
mkdir -p "$own" "$folder/upper" "$folder/work"
mount -t overlay overlay -o "lowerdir=$root,upperdir=$folder/upper,workdir=$folder/work" "$own"
for system in proc sys dev; do mount --rbind "/$system" "$own/$system"; done
mount -t tmpfs tmpfs "$own/run"
# the workspace has the same path inside
mkdir -p "$own$folder"
mount --bind "$folder" "$own$folder"
# registries that this computer trusts by a certificate
mkdir -p /etc/docker/certs.d "$own/etc/docker/certs.d"
mount --bind /etc/docker/certs.d "$own/etc/docker/certs.d"
cp -L /etc/hosts /etc/resolv.conf "$own/etc/"
exec chroot "$own" /usr/bin/env PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
