#!/usr/bin/env python3
"""The unit of the package under a real systemd.

booted.py PACKAGE.deb [--tree FOLDER]

Boots a Debian tree (debootstrap, or the FOLDER, which is kept as it is) with systemd as its process 1,
installs an older version of the package in it, as an operator does edits its settings, starts the
service, and looks whether what the unit promises is so: readiness, watchdog, reload, restart, the sandbox,
the secrets, the journal, who may read, the metrics; then upgrade, removal and purge. Feeds, pages and mail
server are on the loopback network of the machine.

Needs root, debootstrap, systemd-container and python3-aiosmtpd; two minutes. Exit 1 when a check fails, 77
when no such machine can be had here (a container that may not make another, say), with the reason.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(ROOT / "tests/support")]

from debian_tree import DebianTree  # noqa: E402
from machine import CannotBoot, Machine  # noqa: E402

SKIPPED = 77
PASSWORD = "correct horse"
SITE_PORT = 8080
MAIL_PORT = 2525
DATABASE = "/var/lib/stakeout/stakeout.db"
CONFIG = "/etc/stakeout/stakeout.toml"
EDIT = "# an operator was here\n"
SOCKET = "/run/stakeout/metrics.sock"
MOST_EXPOSURE = 15  # tenths, as `systemd-analyze security --threshold` takes them

SETTINGS = f"""[fetch]
contact = "ops@example.org"
allow_private = ["127.0.0.0/8:{SITE_PORT}"]
per_host_delay = "0s"
[smtp]
url = "smtp://127.0.0.1:{MAIL_PORT}"
from = "Stakeout <stakeout@example.org>"
username = "stakeout"
[metrics]
listen = "unix:{SOCKET}"
[[digest]]
name = "desk"
to = ["desk@example.org"]
schedule = "at once"
"""
SITE = f"http://127.0.0.1:{SITE_PORT}/"
WATCHLIST = """kind,name,category,aliases,country,parent,context,wikidata
vendor,Heron Data Ltd,surveillance,Heron Data,GB,,,
"""
# Every Debian has this much of Perl, and no curl.
ASK = """use IO::Socket; my $socket = IO::Socket::UNIX->new(shift) or exit 1;
print $socket "GET /healthz HTTP/1.0\\r\\n\\r\\n"; print while <$socket>;"""
FASTER = "[Service]\nWatchdogSec=4\nRestartSec=1\n"  # than the unit, whose patience nobody has time for here


def say(words):
    print(words, flush=True)


def until(look, seconds=30):
    """What look() gives once that is something, or what it gives in the end."""
    deadline = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return found


class Site:
    """A feed and its pages, as files."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.items = []
        self.publish("The council met", "Nothing was decided about the new town hall.")

    def publish(self, title, text):
        number = len(self.items) + 1
        url = f"{SITE}{number}.html"
        words = " ".join([text] * 12)
        (self.folder / f"{number}.html").write_text(
            f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{words}</p></article></body></html>")
        self.items.append(f"<item><title>{title}</title><link>{url}</link><guid>{url}</guid></item>")
        (self.folder / "feed.xml").write_text(
            f'<rss version="2.0"><channel><title>The Ledger</title>{"".join(self.items)}</channel></rss>')


def older(package, folder):
    """The package as of an older version, whose settings as shipped were others."""
    tree = folder / "older"
    subprocess.run(["dpkg-deb", "--raw-extract", package, tree], check=True)
    control = tree / "DEBIAN/control"
    control.write_text(re.sub("^Version: .*", "Version: 0.0.1", control.read_text(), flags=re.M))
    with open(tree / CONFIG[1:], "a") as file:
        file.write("# of the older version\n")
    subprocess.run(["dpkg-deb", "--root-owner-group", "--build", tree, folder / "older.deb"],
                   check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)


class Booted:
    def __init__(self, machine, site, mails):
        self.machine = machine
        self.site = site
        self.mails = mails

    # How things are.

    def unit(self, name):
        return self.machine.out("systemctl", "show", "--value", "--property", name, "stakeout").strip()

    def pid(self):
        return self.unit("MainPID")

    def status(self):
        return self.unit("StatusText")

    def journal(self):
        lines = self.machine.out("journalctl", "--unit=stakeout", "--output=json").splitlines()
        return [json.loads(line) for line in lines]

    def write(self, inside, text, mode=0o644):
        file = self.machine.path(inside)
        file.write_text(text)
        file.chmod(mode)

    def configure(self, more=""):
        self.write("/etc/stakeout/conf.d/desk.toml", more + SETTINGS)

    def in_sandbox(self, *words):
        """A command in the file system that the service sees; by root, so that no mode bits are in the way."""
        pid = self.machine.outer(self.pid())
        return subprocess.run(self.machine.enter(*words, namespaces="--mount", pid=pid), capture_output=True, text=True)

    def process(self):
        lines = Path(f"/proc/{self.machine.outer(self.pid())}/status").read_text().splitlines()
        return dict(line.split(":\t", 1) for line in lines)

    # What must be so. Each check yields the faults that it finds; they come in this order.

    def check_install(self):
        """An older version is installed, and an operator edits its files; nothing runs unasked."""
        self.machine.run("dpkg", "--install", "/files/older.deb")
        if self.unit("ActiveState") != "inactive" or self.unit("UnitFileState") != "disabled":
            yield f"the service is {self.unit('ActiveState')}, {self.unit('UnitFileState')} after the installation"
        state = self.machine.out("stat", "--format=%U:%G %a", "/var/lib/stakeout").strip()
        if state != "stakeout:stakeout-read 2750":
            yield f"/var/lib/stakeout is {state}"
        self.machine.run("useradd", "--no-create-home", "--groups", "stakeout-read", "researcher")
        self.machine.run("useradd", "--no-create-home", "stranger")
        self.write("/etc/stakeout/feeds.txt", f"{SITE}feed.xml\n{SITE}none.xml\n")
        self.write("/etc/stakeout/watchlist.csv", WATCHLIST)
        self.write(CONFIG, self.machine.path(CONFIG).read_text() + EDIT)
        self.write("/etc/stakeout/credentials/smtp-password", PASSWORD + "\n", 0o600)
        self.configure()

    def check_verify(self):
        """systemd-analyze has nothing against the unit, and little is exposed, offline and in the manager."""
        unit = "/lib/systemd/system/stakeout.service"
        told = self.machine.run("systemd-analyze", "verify", "--man=no", unit)
        if told.stdout or told.stderr:
            yield told.stdout + told.stderr
        for options in (["--offline=true", unit], ["stakeout.service"]):
            judged = self.machine.run("systemd-analyze", "security", f"--threshold={MOST_EXPOSURE}", "--no-pager",
                                      *options, check=False)
            say("  " + judged.stdout.strip().splitlines()[-1].strip("→ "))
            if judged.returncode != 0:
                yield "that is too much"

    def check_start(self):
        """`systemctl start` returns when the service stands, which says how it is."""
        self.machine.run("systemctl", "start", "stakeout")
        if self.unit("ActiveState") != "active" or self.unit("SubState") != "running":
            yield f"it is {self.unit('ActiveState')}, {self.unit('SubState')}"
        if not self.status():
            yield "it does not say how it is"
        settled = until(lambda: "next at" in self.status())
        if not settled:
            yield f"it does not come to rest: {self.status()}"
        if not self.status().startswith("2 feeds"):
            yield f"it says of its feeds: {self.status()}"

    def check_sandbox(self):
        process = self.process()
        for key, want in {"CapEff": "0000000000000000", "CapBnd": "0000000000000000", "NoNewPrivs": "1",
                          "Seccomp": "2"}.items():
            if process[key] != want:
                yield f"{key} is {process[key]}"
        if process["Uid"].startswith("0\t"):
            yield "it runs as root"
        for folder in ("/etc", "/etc/stakeout", "/usr", "/home", "/root", "/var/log", "/boot"):
            if self.in_sandbox("touch", folder + "/written").returncode == 0:
                yield f"{folder} can be written"
        for folder in ("/var/lib/stakeout", "/run/stakeout", "/tmp"):
            if self.in_sandbox("touch", folder + "/written").returncode != 0:
                yield f"{folder} cannot be written"
            if self.machine.path(folder + "/written").exists() != (folder != "/tmp"):
                yield f"{folder} is the wrong one"
            self.in_sandbox("rm", folder + "/written")
        devices = self.in_sandbox("find", "/dev", "-type", "b").stdout
        if devices:
            yield f"it sees {devices}"

    def check_limits(self):
        """Where the machine has the controllers for them."""
        group = self.unit("ControlGroup")
        for controller, file, want in (("memory", "memory.max", str(512 << 20)), ("pids", "pids.max", "64")):
            limit = self.machine.path(f"/sys/fs/cgroup{group}/{file}")
            if not limit.exists():
                say(f"  not looked at: the control groups of this machine have no {controller} here to set")
            elif limit.read_text().strip() != want:
                yield f"{file} is {limit.read_text().strip()}"

    def check_journal(self):
        entries = self.journal()
        own = [e for e in entries if e.get("SYSLOG_IDENTIFIER") == "stakeout"]
        if not any(e["PRIORITY"] == "6" and e["MESSAGE"].startswith("watching the 2 feeds") for e in own):
            yield "nothing of level info says what is watched"
        failed = [e for e in own if e.get("STAKEOUT_FEED") == SITE + "none.xml"]
        if not failed or failed[0]["PRIORITY"] != "6":  # that it failed once is no warning
            yield f"the feed that fails is not a field: {failed}"
        if any(e["_SYSTEMD_UNIT"] != "stakeout.service" for e in own):
            yield "lines are of another unit"
        if any("\x1b" in str(e["MESSAGE"]) or re.match(r"<\d>|\d{4}-", str(e["MESSAGE"])) for e in own):
            yield "lines have colours, levels or times in them"

    def check_readers(self):
        """The group may read, also while the service writes; others may not, and nobody reads the secret."""
        query = ["stakeout", "--db", DATABASE, "query", "--csv", "select count(*) from v_feeds"]
        read = self.machine.run(*query, user="researcher", check=False)
        if read.stdout.split() != ["count(*)", "2"]:
            yield f"a researcher reads {read.stdout}{read.stderr}"
        if self.machine.run(*query, user="stranger", check=False).returncode == 0:
            yield "a stranger may read"
        for user in ("researcher", "stranger"):
            for folder in ("/etc/stakeout/credentials", "/run/credentials/stakeout.service"):
                if self.machine.run("cat", folder + "/smtp-password", user=user, check=False).returncode == 0:
                    yield f"a {user} may read the password in {folder}"

    def check_metrics(self):
        for user, want in (("researcher", True), ("stranger", False)):
            told = self.machine.run("perl", "-e", ASK, SOCKET, user=user, check=False).stdout
            if told.endswith("\n\nok\n") != want:
                yield f"a {user} is told {told!r}"

    def check_doctor(self):
        """Run by root on a sound installation, it finds no fault."""
        told = self.machine.run("stakeout", "doctor", "--config", CONFIG, check=False)
        for line in told.stdout.splitlines():
            if line.startswith("FAULT"):
                yield line

    def check_mail(self):
        """What is new goes out at once, with the password that systemd gives to the service alone."""
        self.machine.run("systemctl", "stop", "stakeout")
        self.site.publish("Cameras for the council", "The council buys cameras of Heron Data for the old town.")
        self.machine.run("setpriv", "--reuid=stakeout", "--regid=stakeout-read", "--init-groups", "stakeout", "crawl",
                         "--force", "--config", CONFIG, check=False)  # with a feed that fails: exit 3
        self.machine.run("systemctl", "start", "stakeout")
        if not until(lambda: list(self.mails.glob("*.eml"))):
            yield f"no mail comes: {self.status()}"
        sent = until(lambda: [e for e in self.journal() if e.get("STAKEOUT_RECIPIENT") == "desk@example.org"])
        if not sent or sent[0]["STAKEOUT_DIGEST"] != "desk":
            yield f"the journal does not say that it was sent: {sent}"

    def check_reload(self):
        pid = self.pid()
        self.configure(more="databse = 'x'\n")
        self.machine.run("systemctl", "reload", "stakeout")
        if not until(lambda: "not in force" in self.status()):
            yield f"settings that are wrong are not told of: {self.status()}"
        self.configure()
        self.write("/etc/stakeout/feeds.txt", f"{SITE}feed.xml\n")
        self.machine.run("systemctl", "reload", "stakeout")
        if not until(lambda: self.status().startswith("1 feed")):
            yield f"the new feed list is not in force: {self.status()}"
        if self.pid() != pid:
            yield "the reload was a restart"

    def _restarts_after(self, signal_name, result):
        pid, count = self.pid(), self.unit("NRestarts")
        self.machine.run("kill", "-" + signal_name, pid)
        if not until(lambda: self.pid() not in (pid, "0") and self.unit("ActiveState") == "active", 40):
            yield f"it is not started again: {self.unit('ActiveState')}, {self.unit('Result')}"
        if int(self.unit("NRestarts")) != int(count) + 1:
            yield f"it was started {self.unit('NRestarts')} times again, and {count} times before"
        told = [e["MESSAGE"] for e in self.journal() if "Failed with result" in str(e.get("MESSAGE"))]
        if not told or result not in told[-1]:
            yield f"systemd says: {told[-1:]}"

    def check_restart(self):
        """After a crash, and when it hangs; the database is whole."""
        folder = self.machine.path("/run/systemd/system/stakeout.service.d")
        folder.mkdir(parents=True)
        (folder / "faster.conf").write_text(FASTER)
        self.machine.run("systemctl", "daemon-reload")
        self.machine.run("systemctl", "restart", "stakeout")
        yield from self._restarts_after("KILL", "signal")
        yield from self._restarts_after("STOP", "watchdog")
        told = self.machine.run("stakeout", "--db", DATABASE, "db", "check", check=False)
        if told.returncode != 0:
            yield told.stdout + told.stderr

    def check_stop(self):
        begin = time.monotonic()
        self.machine.run("systemctl", "stop", "stakeout")
        if self.unit("Result") != "success" or self.unit("ActiveState") != "inactive":
            yield f"it is {self.unit('ActiveState')}, {self.unit('Result')}"
        say(f"  it stops in {time.monotonic() - begin:.1f} s")
        if self.machine.path("/run/stakeout").exists():
            yield "/run/stakeout stays behind"

    def check_lasting_fault(self):
        """What a person has to mend ends it, and it is not started again and again."""
        self.configure(more="databse = 'x'\n")
        if self.machine.run("systemctl", "start", "stakeout", check=False).returncode == 0:
            yield "it starts with wrong settings"
        time.sleep(3)  # three times its RestartSec
        if self.unit("ActiveState") != "failed" or self.unit("NRestarts") != "0":
            yield f"it is {self.unit('ActiveState')}, after {self.unit('NRestarts')} restarts"
        last = [e for e in self.journal() if e.get("SYSLOG_IDENTIFIER") == "stakeout"][-1]
        if last["PRIORITY"] != "3" or "databse" not in last["MESSAGE"]:
            yield f"the journal has no error that says why: {last['MESSAGE']}"
        self.configure()
        self.machine.run("systemctl", "reset-failed", "stakeout")

    def check_upgrade(self):
        """It runs on with the new program, and files that were edited are as they were."""
        self.machine.run("systemctl", "enable", "--now", "stakeout", stderr=subprocess.DEVNULL, capture_output=False)
        pid = self.pid()
        self.machine.run("dpkg", "--force-confdef", "--force-confold", "--install", "/files/stakeout.deb")
        if self.unit("ActiveState") != "active" or self.pid() == pid:
            yield f"the new program is {self.unit('ActiveState')}"
        if not self.machine.path(CONFIG).read_text().endswith(EDIT):
            yield "the edited settings are gone"
        if not self.machine.path(CONFIG + ".dpkg-dist").exists():
            yield "the new settings as shipped are not beside the edited ones"
        if self.machine.path("/etc/stakeout/watchlist.csv").read_text() != WATCHLIST:
            yield "the edited watchlist is gone"
        if self.unit("UnitFileState") != "enabled":
            yield f"the unit is {self.unit('UnitFileState')}"

    def check_remove(self):
        self.machine.run("dpkg", "--remove", "stakeout")
        if self.unit("ActiveState") not in ("inactive", "failed") or self.unit("MainPID") != "0":
            yield f"the service is {self.unit('ActiveState')} after the removal"
        for kept in (CONFIG, DATABASE, "/etc/stakeout/credentials/smtp-password"):
            if not self.machine.path(kept).exists():
                yield f"{kept} went with the package"
        self.machine.run("dpkg", "--purge", "stakeout")
        for gone in ("/var/lib/stakeout", "/etc/stakeout/credentials", CONFIG, "/lib/systemd/system/stakeout.service",
                     "/etc/systemd/system/multi-user.target.wants/stakeout.service",
                     "/etc/systemd/system/stakeout.service"):
            if self.machine.path(gone).exists() or self.machine.path(gone).is_symlink():
                yield f"{gone} is there after the purge"

    def checks(self):
        count = 0
        for check in (self.check_install, self.check_verify, self.check_start, self.check_sandbox, self.check_limits,
                      self.check_journal, self.check_readers, self.check_metrics, self.check_doctor, self.check_mail,
                      self.check_reload, self.check_restart, self.check_stop, self.check_lasting_fault,
                      self.check_upgrade, self.check_remove):
            faults = list(check())
            say(f"booted: {check.__name__.replace('_', ' ')}: {'ok' if not faults else f'{len(faults)} faults'}")
            for fault in faults:
                say("  " + fault.rstrip())
            count += len(faults)
        return count


def prepare(tree, package):
    """What the package depends on is in the tree, and no stakeout."""
    base = DebianTree(tree)
    try:
        shutil.copy(package, tree / "stakeout.deb")
        base.apt("install", "-y", "--no-install-recommends", "/stakeout.deb")
        base.apt("purge", "-y", "stakeout")
    finally:
        base.close()


def run(tree, package, scratch):
    files, mails = scratch / "files", scratch / "mails"
    files.mkdir()
    mails.mkdir()
    shutil.copy(package, files / "stakeout.deb")
    older(package, files)
    site = Site(scratch / "site")
    machine = Machine(tree, files, scratch / "nspawn.log")
    servers = []
    try:
        servers = [
            machine.start(sys.executable, "-m", "http.server", str(SITE_PORT), "--bind", "127.0.0.1", "--directory",
                          str(site.folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL),
            machine.start("/usr/bin/python3", str(ROOT / "tests/support/mail_server.py"), str(mails), "--port",
                          str(MAIL_PORT), "--login", f"stakeout:{PASSWORD}", stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL)]
        return Booted(machine, site, mails).checks()
    finally:
        for server in servers:
            server.kill()
        machine.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path)
    parser.add_argument("--tree", type=Path, help="a Debian tree that is used, or made and kept")
    options = parser.parse_args()
    if os.geteuid() != 0:
        parser.error("root alone can boot a machine")
    scratch = Path(tempfile.mkdtemp(prefix="booted-"))
    scratch.chmod(0o755)
    tree = options.tree or scratch / "tree"
    try:
        prepare(tree, options.package)
        faults = run(tree, options.package, scratch)
    except CannotBoot as reason:
        say(f"booted: systemd cannot be booted here: {reason}")
        sys.exit(SKIPPED)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    say(f"booted: {faults} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
