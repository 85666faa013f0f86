"""認証アプリ: what a person's telephone does."""
from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time

from person import Person

STEP = 30


def code_of(secret: str, steps: int = 0) -> str:
    """RFC 6238 as an authenticator app computes it."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counter = struct.pack(">Q", int(time.time()) // STEP + steps)
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def enrol(person: Person) -> tuple[str, list[str]]:
    """Secret and recovery codes. Enrols with the code before, so that this step's is left."""
    secret = person.post("/own/second-factor").must()["secret"]
    given = person.post("/own/second-factor/confirm", {"code": code_of(secret, -1)})
    if given.status == 422:  # a step has begun on the way: that code is two steps old
        given = person.post("/own/second-factor/confirm", {"code": code_of(secret, -1)})
    answer = given.must()
    person.view = answer["session"]
    return secret, answer["codes"]
