"""A server in front of another one: it hands requests on as they are, and answers those for the
configuration itself, which neither the emulator nor the mock has. It remembers all of them."""

import http.client
import http.server
import json
import threading
import urllib.parse

CONFIGURATION = "/sdk/feature-flags"


class Front:
    """`configuration` is a payload, or nothing: then those requests are handed on as well.
    `ends_lists` takes the next page from a list, for who has always the same one."""

    def __init__(self, upstream, configuration=None, ends_lists=False):
        self.upstream, self.configuration = upstream, configuration
        self.ends_lists = ends_lists
        self.seen = []
        front = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                length = int(self.headers.get("content-length") or 0)
                body = self.rfile.read(length)
                path = urllib.parse.urlsplit(self.path).path
                if path == CONFIGURATION and front.configuration is not None:
                    said = (200, [("content-type", "application/json")],
                            json.dumps(front.configuration).encode())
                else:
                    said = front.hand_on(self.command, self.path, dict(self.headers), body)
                status, headers, body = said
                if front.ends_lists and b'"list_metadata"' in body:
                    body = json.dumps({**json.loads(body), "list_metadata": {"before": None, "after": None}})
                    body = body.encode()
                front.seen.append((self.command, self.path, status, dict(headers)))
                self.send_response(status)
                for name, value in headers:
                    if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                        self.send_header(name, value)
                if status != 204:
                    self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body if status != 204 else b"")

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        # A program that has its answer leaves without closing the connection.
        self.server.handle_error = lambda *_: None
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def hand_on(self, method, path, headers, body):
        upstream = urllib.parse.urlsplit(self.upstream)
        connection = http.client.HTTPConnection(upstream.hostname, upstream.port, timeout=30)
        kept = {k: v for k, v in headers.items() if k.lower() not in ("host", "accept-encoding")}
        connection.request(method, path, body=body or None, headers=kept)
        said = connection.getresponse()
        return said.status, said.getheaders(), said.read()

    def take(self):
        """What was asked since the last time: method, path and status."""
        seen, self.seen = self.seen, []
        return [(method, path, status) for method, path, status, _ in seen]

    def headers(self):
        return [headers for *_, headers in self.seen]

    def end(self):
        self.server.shutdown()
