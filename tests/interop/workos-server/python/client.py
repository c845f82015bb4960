"""WorkOS's Python SDK, unmodified, against the server of `flags`: a line for each question, a line
for each answer."""

import json
import sys
import threading

from workos import WorkOSClient

url, key = sys.argv[1:]
workos = WorkOSClient(api_key=key, client_id="client_interop", base_url=url)
flags = workos.feature_flags


class Runtime:
    def __init__(self):
        self.changes, self.problems = [], []
        self.woken = threading.Condition()
        self.client = workos.create_feature_flags_runtime_client(
            polling_interval=5.0, on_change=self.changed, on_error=self.failed
        )
        self.client.start()
        self.client.wait_until_ready(timeout=10)

    def changed(self, event):
        with self.woken:
            self.changes.append(event)
            self.woken.notify_all()

    def failed(self, error):
        self.problems.append(type(error).__name__)

    def change_of(self, slug):
        def find():
            # The first load names every flag, and has nothing before it.
            seen = (event for event in self.changes if event.previous is not None)
            return next((event for event in seen if slug in event.changed_flags), None)

        with self.woken:
            self.woken.wait_for(lambda: find() is not None, timeout=20)
            event = find()
        if event is None:
            raise TimeoutError(f"no change of {slug} within 20 s")
        of = lambda side: json.loads(side.to_json())["flags"].get(slug, {}).get("enabled")
        return {"before": of(event.previous), "after": of(event.current)}


def slugs(flags):
    return [flag.slug for flag in flags]


def paged(page):
    return {"slugs": slugs(page.data), "before": page.before, "after": page.after}


class Answers:
    runtime = None

    def list(self, options):
        return paged(flags.list_feature_flags(**options))

    def all(self, options):
        return slugs(flags.list_feature_flags(**options).auto_paging_iter())

    def get(self, slug):
        return flags.get_feature_flag(slug).to_dict()

    def enable(self, slug):
        return flags.enable_feature_flag(slug).to_dict()

    def disable(self, slug):
        return flags.disable_feature_flag(slug).to_dict()

    def add(self, slug, target):
        return flags.add_flag_target(target, slug)

    def remove(self, slug, target):
        return flags.remove_flag_target(target, slug)

    def organization(self, id):
        return slugs(flags.list_organization_feature_flags(id).auto_paging_iter())

    def user(self, id):
        return slugs(flags.list_user_feature_flags(id).auto_paging_iter())

    def start(self):
        self.runtime = Runtime()
        return sorted(self.runtime.client.get_all_flags())

    def evaluate(self, contexts):
        return [self.runtime.client.get_all_flags(context) for context in contexts]

    def changed(self, slug):
        return self.runtime.change_of(slug)

    def stop(self):
        self.runtime.client.close()
        return self.runtime.problems


answers = Answers()
for line in sys.stdin:
    question = json.loads(line)
    try:
        said = {"answer": getattr(answers, question.pop("do"))(**question)}
    except Exception as error:
        said = {
            "error": {
                "name": type(error).__name__, "status": getattr(error, "status_code", None),
                "code": getattr(error, "code", None), "message": str(error),
            }
        }
    print(json.dumps(said), flush=True)
