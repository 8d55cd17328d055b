"""The invented news on loopback: each outlet a host under .localhost, with robots.txt, a feed and pages.

What is served goes by the fortnight's own clock, and by the faults that are switched on.
"""
import threading
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from world import OUTLETS

FEED_ENTRIES = 15


class Site:
    def __init__(self, world, clock):
        self.world = world
        self.clock = clock  # returns a datetime
        self.faults = {}  # outlet -> "error", "cut off" (its feed) or "slow down"
        self.port = 0
        self._server = None
        self.open()

    def open(self):
        handler = type("Handler", (_Handler,), {"site": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        """Nobody listens any more, until open()."""
        self._server.shutdown()
        self._server.server_close()

    def host(self, outlet):
        return f"{outlet}.localhost:{self.port}"

    def url(self, article):
        return f"http://{self.host(article.outlet)}/{article.slug}"

    def feeds(self):
        return [f"http://{self.host(outlet)}/feed.xml" for outlet in dict.fromkeys(
            article.outlet for article in self.world.articles)]

    def published(self, outlet=None):
        return [a for a in self.world.articles
                if a.published <= self.clock() and outlet in (None, a.outlet)]

    def feed(self, outlet):
        items = "".join(
            f"<item><title>{escape(a.title)}</title><link>{self.url(a)}</link><guid>{self.url(a)}</guid>"
            f"<pubDate>{format_datetime(a.published)}</pubDate></item>"
            for a in self.published(outlet)[-FEED_ENTRIES:])
        return (f'<?xml version="1.0"?><rss version="2.0"><channel><title>{outlet}</title>'
                f"<link>http://{self.host(outlet)}/</link>{items}</channel></rss>")

    def page(self, article, name):
        text = article.text
        if article.revised and self.clock() >= article.revised[0]:
            text = article.revised[1]
        body = "".join(f"<p>{escape(p)}</p>" for p in text.split("\n\n"))
        return (f"<!doctype html><html lang=en><head><title>{escape(article.title)}</title>"
                f'<meta property="og:site_name" content="{name}">'
                f'<meta property="article:published_time" content="{article.published.isoformat()}"></head>'
                f"<body><nav><a href=/>Home</a> <a href=/about>About us</a></nav><article>"
                f"<h1>{escape(article.title)}</h1>{body}</article><footer>All rights reserved.</footer>"
                f"</body></html>")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site = None

    def do_GET(self):
        site = self.site
        outlet = self.headers.get("Host", "").split(".")[0]
        fault = site.faults.get(outlet)
        if fault == "error":
            return self._answer(503, "text/plain", "out of order")
        if fault == "slow down":
            return self._answer(429, "text/plain", "later", {"Retry-After": "7200"})
        if self.path == "/robots.txt":
            return self._answer(200, "text/plain", "User-agent: *\nDisallow: /private/\n")
        if self.path == "/feed.xml":
            feed = site.feed(outlet)
            return self._answer(200, "application/rss+xml", feed[:len(feed) // 2] if fault == "cut off" else feed)
        for article in site.published(outlet):
            if self.path == "/" + article.slug:
                if article.gone_at and site.clock() >= article.gone_at:
                    return self._answer(410, "text/html", "<p>This page is gone.</p>")
                return self._answer(200, "text/html; charset=utf-8", site.page(article, OUTLETS[outlet]))
        return self._answer(404, "text/html", "<p>There is no such page.</p>")

    def _answer(self, status, kind, body, headers=None):
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass
