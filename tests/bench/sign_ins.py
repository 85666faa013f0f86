"""A Monday morning: all sign in at once, while some who are in already go on working."""
import concurrent.futures
import time

import load
import measure
from daemon import Daemon
from office import PASSWORD
from table import Row, milliseconds

AT_ONCE = 50
WORKING = 50  # requests a second of the sessions that are open


def keep_signing_in(daemon: Daemon, login_id: str, until: float) -> int:
    """Each time anew: connection, TLS, password."""
    count = 0
    while time.monotonic() < until:
        api = daemon.api()
        api.sign_in(login_id, PASSWORD)
        api.connection.close()
        count += 1
    return count


def sign_ins(daemon: Daemon, people: list, facts: dict, seconds: float) -> list[Row]:
    seats = [p.seat(load.lists(p)) for p in people[:4]]
    alone = load.run(daemon, seats, "open", seconds, rate=WORKING)["all"]
    seconds = max(seconds, 10)
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        began = time.monotonic()
        until = began + seconds + 3  # the load generator's warm-up is part of it
        counts = [
            pool.submit(keep_signing_in, daemon, login_id, until)
            for login_id in facts["staff"][:AT_ONCE]
        ]
        beside = load.run(daemon, seats, "open", seconds, rate=WORKING)["all"]
        done = sum(count.result() for count in counts)
        rate = done / (time.monotonic() - began)
    return [
        Row(f"sign-ins, {AT_ONCE} at once", f"{rate:.1f}/s", ">= 4/s", f"{done} of them",
            rate >= 4),
        Row("  an open session meanwhile", milliseconds(beside), "p99 <= 100 ms",
            f"alone p99 {alone['p99']:.1f} ms", measure.within(beside, "p99", 100)),
    ]
