"""Lists tarballs as Python's tarfile reads them: a path on each line that comes in, a line of JSON for each that goes out."""

import hashlib
import json
import sys
import tarfile

KINDS = {tarfile.DIRTYPE: "folder", tarfile.SYMTYPE: "symlink", tarfile.LNKTYPE: "hard-link"}


def list_entries(path):
    with tarfile.open(path, "r:*", encoding="utf-8", errors="surrogateescape") as tar:
        return [entry_of(tar, member) for member in tar]


def entry_of(tar, member):
    if member.isfile():
        kind = "file"
    else:
        kind = KINDS.get(member.type, "other")
    size = member.size if kind == "file" else 0
    return {"name": member.name, "kind": kind, "size": size, "digest": digest_of(tar, member) if size else ""}


def digest_of(tar, member):
    digest = hashlib.sha256()
    with tar.extractfile(member) as body:
        while piece := body.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


for line in sys.stdin:
    try:
        answer = {"entries": list_entries(line.rstrip("\n"))}
    except Exception as error:
        answer = {"error": type(error).__name__ + ": " + str(error)}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
