"""Where the stores of a test are: files below its home, or schemas of a PostgreSQL database."""

import os
import pathlib
import subprocess
import sys
import urllib.parse


class Stores:
    """As the test was asked: `--postgres postgres://…` names a database in which it may make schemas.
    Those it made are dropped at its end."""

    def __init__(self, database):
        self.database, self.schemas = database, {}

    @staticmethod
    def option(parser):
        parser.add_argument(
            "--postgres", metavar="URL", help="the stores are schemas of this database, and no files"
        )

    def at(self, home, name="flags"):
        """The store of that name, which nobody else has, as `FLAGS_STORE` takes it."""
        if self.database is None:
            return str(pathlib.Path(home) / f"{name}.db")
        fresh = f"interop_{os.getpid()}_{len(self.schemas)}"
        schema = self.schemas.setdefault((str(home), name), fresh)
        joint = "&" if urllib.parse.urlsplit(self.database).query else "?"
        return f"{self.database}{joint}schema={schema}"

    def __str__(self):
        return "files" if self.database is None else "PostgreSQL"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if not self.schemas:
            return
        statements = "".join(f"DROP SCHEMA IF EXISTS {schema} CASCADE;" for schema in self.schemas.values())
        command = ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", self.database]
        environment = {**os.environ, "PGOPTIONS": "-c client_min_messages=warning"}
        done = subprocess.run(command, input=statements, text=True, env=environment)
        if done.returncode != 0:
            sys.exit(f"psql does not drop what was made: {', '.join(self.schemas.values())}")
