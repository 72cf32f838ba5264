"""Lists a tarball as Python's tarfile reads it, hard links resolved: one JSON object of all entries by path."""

import hashlib
import json
import sys
import tarfile

KINDS = {
    tarfile.DIRTYPE: "folder",
    tarfile.SYMTYPE: "symlink",
    tarfile.CHRTYPE: "character-device",
    tarfile.BLKTYPE: "block-device",
    tarfile.FIFOTYPE: "fifo",
}


def read(path):
    found = {}
    with tarfile.open(path, encoding="utf-8", errors="surrogateescape") as tar:
        for member in tar:
            name = member.name.removeprefix("./").strip("/")
            if name in ("", "."):
                continue
            if member.islnk():
                found[name] = found[member.linkname.removeprefix("./").strip("/")]
                continue
            body = tar.extractfile(member).read() if member.isfile() else None
            link = member.linkname if member.issym() else ""
            if member.ischr() or member.isblk():
                link = "%d:%d" % (member.devmajor, member.devminor)
            found[name] = {
                "kind": "file" if member.isfile() else KINDS[member.type],
                "mode": member.mode & 0o7777,
                "uid": member.uid,
                "gid": member.gid,
                "modified": int(member.mtime),
                "size": member.size if member.isfile() else 0,
                "link": link,
                "digest": hashlib.sha256(body).hexdigest() if body is not None else "",
            }
    return found


json.dump(read(sys.argv[1]), sys.stdout)
