"""Part `postgres`: what the same project costs in PostgreSQL, beside SQLite and PostgreSQL's own tools."""

import os
import shutil

from .. import build, serve
from . import checks, cluster, ground, growth, imports, writes

# Of the parts that compare the stores; growth goes on to as many as are asked for.
COMPARED = 1_000_000


def run(directory, rounds, peers_only, largest=growth.SIZES[-1]):
    del peers_only  # Without `flags` there is nothing to compare.
    for tool in ("wrk", "taskset"):
        if shutil.which(tool) is None:
            raise SystemExit(f"bench: `{tool}` is needed and not installed")
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        raise SystemExit("bench: the server and its client need a core each")
    flags = build.cargo(directory, build.ROOT, "flags")
    spawner = build.cargo(directory, build.BENCH / "spawn", "bench-spawn")
    place = serve.Place(directory, flags, cores)
    with cluster.running(directory, place.client) as server:
        return told(place, server, spawner, rounds, largest)


def told(place, server, spawner, rounds, largest):
    """All sections, in the order in which each finds the stores as it needs them."""
    size = min(largest, COMPARED)
    sqlite = ground.sqlite(place.directory, place.flags, size)
    database = ground.postgres(server, place.directory, place.flags, size)
    databases = {size: database}
    sections = [
        checks.against_sqlite(place, server, sqlite, database, size, rounds),
        checks.several(place, server, database, size, rounds),
        imports.run(place, server, spawner, size, rounds),
    ]
    for other in sorted(each for each in growth.SIZES if each <= largest and each != size):
        databases[other] = ground.postgres(server, place.directory, place.flags, other)
    databases = dict(sorted(databases.items()))
    sections.append(growth.run(place, server, databases, rounds, spawner))
    sections.append(growth.room(server, databases))
    # Last, for they change what the others count on.
    sections.append(writes.run(place, server, sqlite, database, size, rounds))
    sqlite.unlink()
    about = (
        f"PostgreSQL {server.version()}, shared_buffers {cluster.buffers() >> 20} MiB, else as it is "
        f"installed: `fsync` and `synchronous_commit` are on. Made for this run, on the same disk."
    )
    return "## PostgreSQL\n\n" + about + "\n\n" + "\n\n".join(sections)
