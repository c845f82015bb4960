"""The judge is judged first: each history that was tampered with has to be found faulty."""

import copy

from .judge import Judge
from .load import Load, Write


def story():
    """Four acknowledged writes of one writer, two of them its number, and the history of them."""
    load = Load([], 0, 0.0)
    history = [{"revision": 1, "reason": None, "changes": []}]
    for count in range(1, 5):
        name, revision = f"w0-{count}", count + 1
        number = None if count % 2 else count
        user, feature = (name, "load") if number is None else ("turner-0", "seats")
        load.writes.append(Write(name, user, feature, number, 1, "first", float(count), revision))
        change = {"change": "override", "subject": f"user:{user}", "feature": feature,
                  "after": {"grant": True if number is None else number}}
        history.append({"revision": revision, "reason": name, "changes": [change]})
    return load, history


def lose(history):
    del history[3]


def lose_the_last(history):
    del history[4]


def repeat(history):
    history.append({**history[2], "revision": 6})


def repeat_under_one_revision(history):
    history.append(dict(history[4]))


def swap(history):
    for key in "reason", "changes":
        history[1][key], history[3][key] = history[3][key], history[1][key]


def invent(history):
    history.append({"revision": 6, "reason": "w9-1", "changes": []})


def go_back(history):
    history[4]["changes"][0]["after"]["grant"] = 1


FAULTS = [lose, lose_the_last, repeat, repeat_under_one_revision, swap, invent, go_back]


def found(load, history):
    judge = Judge(None, None, load)
    judge.gaps(history)
    judge.acknowledged(history)
    judge.numbers(history)
    return judge.faults


def doubt():
    load, history = story()
    if faults := found(load, history):
        raise RuntimeError(f"the judge condemns a history that is whole: {faults}")
    for fault in FAULTS:
        tampered = copy.deepcopy(history)
        fault(tampered)
        if not found(load, tampered):
            raise RuntimeError(f"the judge finds nothing wrong after `{fault.__name__}`")
