"""Lists tarballs as Python's tarfile reads them: a path on each line that comes in, a line of JSON for each that goes out."""

import json
import sys
import tarfile

KINDS = {tarfile.DIRTYPE: "folder", tarfile.SYMTYPE: "symlink", tarfile.LNKTYPE: "hard-link"}


def list_entries(path):
    with tarfile.open(path, "r:*", encoding="utf-8", errors="surrogateescape") as tar:
        return [entry_of(member) for member in tar]


def entry_of(member):
    if member.isfile():
        kind = "file"
    else:
        kind = KINDS.get(member.type, "other")
    return {"name": member.name, "kind": kind, "size": member.size if kind == "file" and not member.issparse() else 0, "offset": member.offset_data}


for line in sys.stdin:
    try:
        answer = {"entries": list_entries(line.rstrip("\n"))}
    except Exception as error:
        answer = {"error": type(error).__name__ + ": " + str(error)}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
