"""Half of the ids that are asked for exist, so that more is tried than how a stranger is turned away."""

import json
import os
import zlib

import schemathesis

KNOWN = json.loads(os.environ["FUZZ_IDS"])


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if path_parameters and "id" in path_parameters:
        ids = KNOWN["campaigns" if "/campaigns/" in context.operation.path else "cases"]
        pick = zlib.crc32(repr(path_parameters).encode())
        if ids and pick % 2:
            path_parameters["id"] = ids[pick // 2 % len(ids)]
    return path_parameters
