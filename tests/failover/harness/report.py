"""Figures out of the two lists of what was asked and when: outages, refusals, age of answers."""

import bisect
from collections import Counter



def longest_gap(moments, begun, until):
    """The longest time without one of the moments that has a part in the span. What lies behind the
    span is the next blow's."""
    first = max(bisect.bisect_right(moments, begun) - 1, 0)
    around = [*moments[first:bisect.bisect_left(moments, until)], until]
    return max((b - a for a, b in zip(around, around[1:]) if b > begun), default=until - begun)


def figures(blows, load):
    names = [server.name for server in load.servers]
    acknowledged = sorted(write.acknowledged for write in load.acknowledged())
    by_server = {name: sorted(w.acknowledged for w in load.acknowledged() if w.server == name)
                 for name in names}
    answered = {name: sorted(read.ended for read in load.reads if read.answered and read.server == name)
                for name in names}
    rows = []
    for blow in blows:
        within = [read for read in load.reads if blow.begun <= read.begun < blow.until]
        dark = [read for read in within if read.begun < blow.led]
        rows.append({
            "kind": blow.kind,
            "host": blow.host,
            "next_leader": blow.next_leader,
            "next_leader_after": blow.led - blow.begun,
            "returned_after": blow.returned - blow.begun,
            "whole_after": blow.whole - blow.begun,
            "write_outage": longest_gap(acknowledged, blow.begun, blow.until),
            "write_outage_by_server": {
                name: longest_gap(by_server[name], blow.begun, blow.until) for name in names},
            "read_outage_by_server": {
                name: longest_gap(answered[name], blow.begun, blow.until) for name in names},
            "reads_answered": sum(read.answered for read in within),
            "reads_refused": sum(not read.answered for read in within),
            "reads_answered_without_leader": sum(read.answered for read in dark),
            "reads_refused_without_leader": sum(not read.answered for read in dark),
            "slowest_read": max((read.ended - read.begun for read in within if read.answered), default=0.0),
        })
    return rows


def ages(load):
    """Answers that were older than a write which had been acknowledged before they were asked for."""
    acknowledged = sorted((w.acknowledged, w.revision) for w in load.acknowledged())
    moments, highest, top = [], [], 0
    for moment, revision in acknowledged:
        top = max(top, revision)
        moments.append(moment)
        highest.append(top)
    late, oldest, backwards, seen = 0, 0.0, 0, {}
    for read in load.reads:
        if read.revision is None:
            continue
        backwards += read.revision < seen.get(read.server, 0)
        seen[read.server] = max(read.revision, seen.get(read.server, 0))
        known = bisect.bisect_left(moments, read.begun)
        if known and highest[known - 1] > read.revision:
            late += 1
            # When the first write that it does not have was acknowledged.
            oldest = max(oldest, read.begun - moments[bisect.bisect_right(highest, read.revision)])
    return {"older_than_acknowledged": late, "oldest_by_seconds": oldest, "backwards": backwards}


def summary(blows, load, judge, options):
    rows = figures(blows, load)
    refused = Counter(read.said for read in load.reads if not read.answered)
    return {
        "options": options,
        "faults": judge.faults,
        "writes": {**judge.told, "refusals": dict(load.refusals)},
        "reads": {
            "asked": len(load.reads),
            "answered": sum(read.answered for read in load.reads),
            "refusals": dict(refused),
            **ages(load),
        },
        "longest_write_outage": max((row["write_outage"] for row in rows), default=0.0),
        "longest_read_outage": max(
            (gap for row in rows for gap in row["read_outage_by_server"].values()), default=0.0),
        "blows": rows,
    }


def heading():
    return (f"{'':>3} {'blow':5} {'host':4} {'next':4} {'leader':>7} {'whole':>7} {'writes stop':>11} "
            f"{'reads stop':>10} {'without a leader: answered':>26} {'refused':>7}")


def line(number, row):
    reads = max(row["read_outage_by_server"].values(), default=0.0)
    return (f"{number:>3} {row['kind']:5} {row['host']:4} {row['next_leader']:4} "
            f"{row['next_leader_after']:>6.1f}s {row['whole_after']:>6.1f}s {row['write_outage']:>10.1f}s "
            f"{reads:>9.2f}s {row['reads_answered_without_leader']:>26} "
            f"{row['reads_refused_without_leader']:>7}")


def told(summary):
    writes, reads = summary["writes"], summary["reads"]
    yield (f"writes: {writes['acknowledged']} acknowledged, {writes['lost']} lost, "
           f"{writes['twice']} carried out twice; {writes['sent_again']} had to be sent again, "
           f"{writes['unanswered']} never answered; {writes['revisions']} revisions")
    yield f"refused or lost attempts: {writes['refusals'] or 'none'}"
    yield (f"checks: {reads['answered']} of {reads['asked']} answered; refused: {reads['refusals'] or 'none'}; "
           f"{reads['older_than_acknowledged']} older than an acknowledged write, "
           f"by {reads['oldest_by_seconds']:.2f} s at most; {reads['backwards']} went back")
    yield (f"longest outage of writes {summary['longest_write_outage']:.1f} s, "
           f"of checks at one server {summary['longest_read_outage']:.2f} s")
