"""What a child process of `allmende.lib.limited` may be brought to do by a hostile file, one kind per request."""

import os
import resource
import time
from typing import IO, Any


def answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    match request["do"]:
        case "say":
            return {"size": len(data), "environment": dict(os.environ), "files": resource.getrlimit(resource.RLIMIT_FSIZE)[0]}
        case "eat":
            return {"size": len(bytearray(8 * 1024**3))}
        case "spin":
            while True:
                pass
        case "wait":
            time.sleep(600)
        case "crash":
            os.abort()
        case "flood":
            while True:
                os.write(1, bytes(64 * 1024))
        case "drip":
            while os.write(1, b" "):
                time.sleep(0.01)
        case "lull":  # says that it has ended, and goes on
            os.close(1)
            time.sleep(600)
        case "long":
            return {"said": "x" * request["size"]}
        case "hold":
            time.sleep(0.6)
    return {}


def answer_file(request: dict[str, Any], file: IO[bytes]) -> dict[str, Any]:
    file.seek(-3, os.SEEK_END)
    return {"end": file.read().decode(), "size": file.tell()}
