#!/usr/bin/env python3
"""A fortnight in the life of the service, with a moved clock.

fortnight.py PACKAGE.deb [--tree FOLDER]

Installs the package in a Debian tree of its own (debootstrap, or the FOLDER, which is kept), edits the
three files that an operator edits, and starts `run` there as the service's user. Fourteen days of
invented news (world.py) pass on a clock that is moved three hours at a time, with faults between: feeds
that fail, a mail server that is away, the service killed, settings that are wrong. Digests go to a
real mail server (tests/support/mail_server.py), with a reader whose server puts mail off and one whose
server dies on it.

At the end: every alert is in exactly one message for each of its readers, what was stored is what
happened, and the twenty questions of docs/research.md have the right answers. Needs root (chroot),
debootstrap and python3-aiosmtpd; some ten minutes. Exit 1 when a check fails.
"""
import argparse
import email
import email.policy
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(ROOT / "tests/support")]

from debian_tree import DebianTree  # noqa: E402
from questions import Truth, first_statements  # noqa: E402
from site_server import Site  # noqa: E402
from world import DAYS, START, WATCHLIST, World  # noqa: E402

HOURS = [1, 4, 6.2, 9, 12, 15, 18, 21]  # 06:12 UTC is 07:12 in Berlin, after the desk's digest
CLOCK_FILE = "run/stakeout-clock"
UNIT = "lib/systemd/system/stakeout.service"
DATABASE = "var/lib/stakeout/stakeout.db"
FAKETIME = "/usr/lib/{}/faketime/libfaketimeMT.so.1"

READERS = {  # digest -> its readers
    "desk": ["desk@example.org", "grey@example.org"],
    "now": ["editor@example.org", "dies@example.org"],
    "spyware": ["spy@example.org", "refused@example.org"],
}


def say(words):
    print(words, flush=True)


class Clock:
    """The fortnight's time of day: the real one, moved by what is in a file that libfaketime reads."""

    def __init__(self, file):
        self.file = file
        self.set(START)

    def set(self, when):
        self.offset = when - datetime.now(timezone.utc)
        new = self.file.with_suffix(".new")
        new.write_text(f"{self.offset.total_seconds():+.0f}\n")
        new.rename(self.file)

    def __call__(self):
        return datetime.now(timezone.utc) + self.offset


class Tree(DebianTree):
    """A Debian tree with the package in it."""

    def __init__(self, folder, package):
        super().__init__(folder)
        (folder / "run").mkdir(exist_ok=True)
        (folder / "dev/shm").mkdir(exist_ok=True)  # libfaketime wants it
        subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=1777", "tmpfs", folder / "dev/shm"], check=True)
        self.mounts.append("dev/shm")
        shutil.copy(package, folder / "stakeout.deb")
        self.apt("purge", "-y", "stakeout*", check=False)  # of a fortnight before
        self.install()
        self.run("useradd", "--no-create-home", "--groups", "stakeout-read", "reader", check=False,
                 stderr=subprocess.DEVNULL)

    def install(self):
        self.apt("install", "-y", "--no-install-recommends", "--reinstall", "/stakeout.deb")


class MailServer:
    """tests/support/mail_server.py on one port, whether it is up or away."""

    def __init__(self, folder):
        self.folder = folder
        self.port = 0
        self.taken = 0
        self.start()

    def start(self):
        folder = self.folder / f"{self.taken}"
        folder.mkdir(parents=True)
        self.taken += 1
        self._process = subprocess.Popen(
            ["/usr/bin/python3", ROOT / "tests/support/mail_server.py", folder, "--port", str(self.port)],
            stdout=subprocess.PIPE, text=True)
        self.port = int(self._process.stdout.readline())

    def stop(self):
        self._process.kill()
        self._process.wait()

    def mails(self):
        """(reader, message) in the order of their coming."""
        files = sorted(self.folder.glob("*/*.eml"), key=lambda f: (int(f.parent.name), int(f.stem)))
        for file in files:
            sender, to, content = file.read_bytes().split(b"\n", 2)
            yield to.decode(), email.message_from_bytes(content, policy=email.policy.default)


class Service:
    """`run`, started as the unit starts it but for systemd itself."""

    def __init__(self, tree, clock, log):
        self.tree = tree
        self.clock = clock
        self.log = log
        self.starts = 0
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._name = f"stakeout-fortnight-{os.getpid()}"
        self._socket.bind("\0" + self._name)
        self._status = ""
        self._ready = False

    def start(self):
        unit = (self.tree.folder / UNIT).read_text()
        command = next(line.split("=", 1)[1] for line in unit.splitlines() if line.startswith("ExecStart="))
        triplet = next((self.tree.folder / "usr/lib").glob("*-linux-gnu")).name
        state = self.tree.folder / "run/stakeout"
        state.mkdir(exist_ok=True)
        environment = {
            "PATH": "/usr/bin:/bin", "NOTIFY_SOCKET": "@" + self._name, "WATCHDOG_USEC": "120000000",
            "STATE_DIRECTORY": "/var/lib/stakeout",
            "RUNTIME_DIRECTORY": "/run/stakeout", "LD_PRELOAD": FAKETIME.format(triplet),
            "FAKETIME_TIMESTAMP_FILE": "/" + CLOCK_FILE, "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}
        self._forget()
        self._process = subprocess.Popen(
            [shutil.which("chroot"), "--userspec=stakeout:stakeout-read", str(self.tree.folder)] + command.split(),
            env=environment, stdout=self.log, stderr=self.log, umask=0o027)
        self.starts += 1
        self._wait(lambda: self._ready, "ready")

    def move(self, when):
        """To another time; waits until everything that is due then is done."""
        self.clock.set(when)
        self.reload()
        self.settle()

    def wake(self):
        """Has it look at its settings and the clock, and does not wait for it."""
        self._ready = False
        self._process.send_signal(signal.SIGHUP)

    def reload(self):
        self.wake()
        self._wait(lambda: self._ready, "ready again")

    def settle(self):
        def is_idle():
            words = self._status.replace(";", ",").split(",")
            return "next at" in self._status and not any(
                w.strip().endswith((" due", " open")) for w in words)
        quiet_since = time.monotonic()
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            self._hear()
            if not is_idle():
                quiet_since = time.monotonic()
            if time.monotonic() - quiet_since > (1.5 if not self._waiting_mail() else 6.5):
                return
        raise SystemExit(f"fortnight: the service does not come to rest: {self._status}")

    def _waiting_mail(self):
        with sqlite3.connect(f"file:{self.tree.folder / DATABASE}?mode=ro", uri=True) as db:
            return db.execute("select count(*) from v_deliveries where digest = 'now' and state = 'queued' "
                              "and attempts = 0").fetchone()[0] > 0

    def kill(self):
        self._process.kill()
        self._process.wait()

    def stop(self):
        self._process.terminate()
        if self._process.wait(15) != 0:
            raise SystemExit(f"fortnight: run ended with {self._process.returncode}")

    def _forget(self):
        """What a process before this one said: it is not ready by that, and a SIGHUP too early ends it."""
        self._ready = False
        self._socket.setblocking(False)
        try:
            while self._socket.recv(4096):
                pass
        except BlockingIOError:
            pass

    def _hear(self):
        self._socket.settimeout(0.1)
        try:
            for line in self._socket.recv(4096).decode().splitlines():
                self._ready |= line == "READY=1"
                if line.startswith("STATUS="):
                    self._status = line[7:]
        except TimeoutError:
            if self._process.poll() is not None:
                raise SystemExit(f"fortnight: run ended with {self._process.returncode}")

    def _wait(self, is_so, what):
        deadline = time.monotonic() + 60
        while not is_so():
            if time.monotonic() > deadline:
                raise SystemExit(f"fortnight: the service is not {what}: {self._status}")
            self._hear()


def settings(site, mail, digests, odd=""):
    """The settings as shipped, with what an operator of this site changes."""
    text = (f'feeds = "/etc/stakeout/feeds.txt"\nwatchlist = ["/etc/stakeout/watchlist.csv"]\n'
            f'database = "/{DATABASE}"\n{odd}[fetch]\ncontact = "ops@example.org"\n'
            f'allow_private = ["127.0.0.0/8:{site.port}", "[::1]:{site.port}"]\nper_host_delay = "0s"\n'
            f'[smtp]\nurl = "smtp://127.0.0.1:{mail.port}"\ntls = "off"\n'
            f'from = "Stakeout <stakeout@example.org>"\n')
    for name, more in digests.items():
        text += f'[[digest]]\nname = "{name}"\nto = {json.dumps(READERS[name])}\n{more}\n'
    return text


DIGESTS = {"desk": 'schedule = "weekdays 07:00 Europe/Berlin"', "now": 'schedule = "at once"'}
LATER_DIGEST = {"spyware": 'schedule = "hourly"\ncategories = ["spyware"]'}


class Fortnight:
    def __init__(self, tree, folder):
        self.tree = tree
        self.folder = folder
        self.clock = Clock(tree.folder / CLOCK_FILE)
        self.world = World(ROOT / "extractors/stories/data/word_frequency.tsv")
        self.site = Site(self.world, self.clock)
        self.mail = MailServer(folder / "mail")
        self.log = open(folder / "service.log", "wb")
        self.service = Service(tree, self.clock, self.log)
        self.digests = dict(DIGESTS)
        self.etc = tree.folder / "etc/stakeout"
        self.later_from = None

    def configure(self, odd=""):
        (self.etc / "stakeout.toml").write_text(settings(self.site, self.mail, self.digests, odd))

    def live(self):
        self.configure()
        (self.etc / "feeds.txt").write_text("".join(feed + " news\n" for feed in self.site.feeds()))
        (self.etc / "watchlist.csv").write_text(WATCHLIST)
        self.tree.run("stakeout", "config", "check", "--config", "/etc/stakeout/stakeout.toml", user="stakeout:stakeout-read")
        self.service.start()
        self.service.settle()
        for day in range(1, DAYS + 1):
            for hour in HOURS:
                when = START + timedelta(days=day - 1, hours=hour)
                self._faults(day, hour)
                self.service.move(when)
            say(f"fortnight: day {day} is over")
        # Monday morning: what came in after the last digest of a weekday goes out.
        for hour in (24 + 6.2, 24 + 9, 24 + 12):
            self.service.move(START + timedelta(days=DAYS - 1, hours=hour))
        self.service.stop()
        self.site.close()
        self.mail.stop()

    def _faults(self, day, hour):
        """What goes wrong, and right again, before the clock is moved to this hour."""
        site, service = self.site, self.service
        when = (day, hour)
        if when == (2, 9):
            site.faults["ledger"] = "error"
        if when == (3, 6.2):
            site.faults = {"gazette": "cut off"}
        if when == (4, 6.2):
            site.faults = {}
            self.mail.stop()
        if when == (4, 18):
            self.mail.start()
        if when == (5, 15):  # in the middle of what is due
            self.clock.set(self.clock() + timedelta(hours=2))
            service.wake()
            time.sleep(0.4)
            service.kill()
            service.start()
        if when == (6, 9):
            site.faults["herald"] = "slow down"
        if when == (6, 21):
            site.faults = {}
        if when == (7, 9):
            self.configure(odd="databse = 'x'\n")
            service.reload()
        if when == (8, 9):
            self.configure()
            service.reload()
        if when == (9, 6.2):
            site.close()
        if when == (9, 15):
            site.open()
        if when == (11, 1):
            self.digests.update(LATER_DIGEST)
            self.configure()
            self.later_from = self.clock()
        if when == (12, 12):
            service.stop()
            self.tree.install()
            if (self.etc / "watchlist.csv").read_text() != WATCHLIST:
                raise SystemExit("fortnight: the upgrade changed a file that the operator had edited")
            service.start()

    # What must be so at the end. Each check yields the faults that it finds.

    def query(self, sql, *options):
        """As a researcher asks: of the group that may read, without rights to write."""
        out = self.tree.run("stakeout", "--db", "/" + DATABASE, "query", "--json", *options, sql,
                            user="reader:stakeout-read", capture_output=True, text=True).stdout
        return [json.loads(line) for line in out.splitlines()]

    def check_stored(self):
        url = {self.site.url(a): a for a in self.world.articles}
        stored = {r["url"]: r for r in self.query("select url, status, story_id from v_articles")}
        for address, article in url.items():
            want = "gone" if article.gone_at else "ok"
            got = stored.get(address, {}).get("status")
            if got != want:
                yield f"article {article.title!r} of {article.outlet} is {got}, not {want}"
        groups = {}
        for address, article in url.items():
            if address in stored:
                groups.setdefault(article.story, set()).add(stored[address]["story_id"])
        for story, ids in groups.items():
            if len(ids) != 1:
                yield f"story {story} is in {len(ids)} stories"
        if len({i for ids in groups.values() for i in ids}) != len(groups):
            yield "different stories are in one"
        got = Counter((r["vendor"], r["agency"], r["amount"], r["status"])
                      for r in self.query("select vendor, agency, amount, status from v_contracts"))
        want = Counter((d.vendor, d.agency, d.amount, d.status) for d in self.world.deals)
        for deal in (got - want):
            yield f"contract that never was: {deal}"
        for deal in (want - got):
            yield f"contract that is missing: {deal}"

    def check_alerts(self):
        told = self.query("select kind, contract_id, entity_id, story_id, details from v_alerts")
        deals = [d for d in self.world.deals if d.first_story or d.vendor == "Heron Data Ltd"]
        count = Counter(a["kind"] for a in told)
        if count["new_contract"] != len(deals):
            yield f"{count['new_contract']} new contracts were told, of {len(deals)}"
        changes = sum(len(d.changes) for d in deals) + 1  # and the sum that was put right
        if count["contract_changed"] != changes:
            yield f"{count['contract_changed']} changes of contracts were told, of {changes}"
        for name in ("new_contract", "new_mention"):
            keys = Counter((a["contract_id"], a["entity_id"], a["story_id"]) for a in told if a["kind"] == name)
            for key, times in keys.items():
                if times > 1:
                    yield f"{name} {key} was told {times} times"

    def check_digests(self):
        alerts = {a["id"]: a for a in self.query(
            "select a.id, a.kind, a.created_at, a.title, e.category from v_alerts a "
            "left join v_entities e on e.id = a.entity_id")}
        deliveries = self.query("select alert_id, digest, recipient, state, message_id from v_deliveries")
        mails = {}
        for reader, message in self.mail.mails():
            mails.setdefault((reader, message["Message-ID"].strip("<>")), []).append(message)
        seen = Counter((d["alert_id"], d["recipient"]) for d in deliveries)
        for digest in ("desk", "now"):
            for reader in READERS[digest]:
                for alert in alerts:
                    if seen[alert, reader] != 1:
                        yield f"alert {alert} has {seen[alert, reader]} deliveries to {reader}"
        for d in deliveries:
            to, key = d["recipient"], (d["recipient"], (d["message_id"] or "").strip("<>"))
            if to.startswith("refused@"):
                if d["state"] != "failed" or key in mails:
                    yield f"the delivery of alert {d['alert_id']} to {to} is {d['state']}"
                continue
            if d["state"] != "sent":
                yield f"alert {d['alert_id']} is {d['state']} for {to}"
            elif key not in mails:
                yield f"alert {d['alert_id']}: no message {key[1]} came to {to}"
            elif not is_told(alerts[d["alert_id"]]["title"], text_of(mails[key][0])):
                yield f"alert {d['alert_id']} ({alerts[d['alert_id']]['title']!r}) is not in its message to {to}"
        for (to, message_id), copies in mails.items():
            if len(copies) > 1 and not to.startswith("dies@"):
                yield f"message {message_id} came {len(copies)} times to {to}"
            if not any(d["recipient"] == to and (d["message_id"] or "").strip("<>") == message_id for d in deliveries):
                yield f"message {message_id} to {to} is of no alert"
        yield from self._check_filter(alerts, deliveries)
        say(f"fortnight: {len(alerts)} alerts, {len(deliveries)} deliveries, {len(mails)} messages")

    def _check_filter(self, alerts, deliveries):
        """The digest that was added later has the alerts since then, of its category only."""
        since = self.later_from.strftime("%Y-%m-%dT%H:%M:%SZ")
        spy = {d["alert_id"] for d in deliveries if d["digest"] == "spyware"}
        if not spy:
            yield "the digest that was added later has nothing"
        for alert in spy:
            if alerts[alert]["created_at"] < since:
                yield f"alert {alert} is older than the digest that has it"

    def check_questions(self):
        ids = {(r["vendor"], r["agency"]): r["id"] for r in self.query("select id, vendor, agency from v_contracts")}
        truth = Truth(self.world, self.clock(), ids)
        statements = first_statements(ROOT / "docs/research.md")
        for number in range(1, 21):
            if number in statements:
                sql = statements[number]
                for old, new in truth.replacements(number):
                    sql = sql.replace(old, new)
                rows = self.query(sql)
            else:  # of the words in the texts
                out = self.tree.run("stakeout", "--db", "/" + DATABASE, "search", '"behind closed doors"',
                                    "--json", user="reader:stakeout-read", capture_output=True, text=True)
                rows = [json.loads(line) for line in out.stdout.splitlines()]
            columns, want, *keep = truth.answer(number)
            rows = [r for r in rows if not keep or keep[0](r)]
            got = {tuple("" if r[c] is None else str(r[c])[:10] if c == "day" else str(r[c]) for c in columns)
                   for r in rows}
            want = {tuple(row) for row in want}
            if got != want:
                yield f"question {number}: {sorted(got - want)} instead of {sorted(want - got)}"

    def checks(self):
        for check in (self.check_stored, self.check_alerts, self.check_digests, self.check_questions):
            faults = list(check())
            say(f"fortnight: {check.__name__.replace('_', ' ')}: {'ok' if not faults else f'{len(faults)} faults'}")
            for fault in faults:
                say("  " + fault)
            yield len(faults)


def is_told(title, text):
    """Whether a message has what the title of an alert names: "vendor / agency", "name: title of the article"."""
    parts = title.split(" / ") if " / " in title else title.split(": ", 1)
    return all(part in text for part in parts)


def text_of(message):
    """The plain text, its lines joined: a title may be wrapped."""
    return " ".join(message.get_body(("plain",)).get_content().split())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path)
    parser.add_argument("--tree", type=Path, help="a Debian tree that is used, or made and kept")
    parser.add_argument("--keep", type=Path, help="where mails and log stay")
    options = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="fortnight-"))
    folder = options.keep or scratch / "out"
    folder.mkdir(parents=True, exist_ok=True)
    tree = Tree(options.tree or scratch / "tree", options.package)
    try:
        fortnight = Fortnight(tree, folder)
        fortnight.live()
        faults = sum(fortnight.checks())
    finally:
        tree.close()
        shutil.rmtree(scratch, ignore_errors=True)
    say(f"fortnight: {faults} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
