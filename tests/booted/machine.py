"""A Debian tree that is booted by systemd-nspawn: systemd is its process 1, and loopback its only network.

What is changed in it is in memory, and gone with it. Needs root and the package systemd-container; the
machine that it runs on may have systemd itself or not.
"""
import os
import signal
import subprocess
import time
from pathlib import Path

OWN_CGROUPS = ("payload", "supervisor")  # that systemd-nspawn makes where no systemd made one for it


class CannotBoot(Exception):
    """Why there is no such machine here."""


class Machine:
    def __init__(self, tree, files, log):
        """`files` is a folder that the machine has as /files; what systemd-nspawn says goes to `log`."""
        self.own_cgroups = [] if Path("/run/systemd/system").is_dir() else free_cgroups()
        words = ["systemd-nspawn", "--boot", "--quiet", "--volatile=overlay", "--private-network", "--register=no",
                 "--console=pipe", f"--directory={tree}", f"--bind-ro={files}:/files", f"--machine=stakeout-{os.getpid()}"]
        if self.own_cgroups:
            words.append("--keep-unit")
        self.log = log
        with open(log, "wb") as out:
            self.nspawn = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        self.leader = None
        self._wait_for("the first process", self._find_leader)
        state = self._wait_for("the boot", self._boot_state)
        print(f"systemd {self.out('systemctl', '--version').split()[1]} is booted: {state}", flush=True)

    def _find_leader(self):
        """The machine's process 1, by its number out here."""
        children = Path(f"/proc/{self.nspawn.pid}/task/{self.nspawn.pid}/children").read_text().split()
        for child in children:
            status = Path(f"/proc/{child}/status").read_text()
            numbers = next(line.split()[1:] for line in status.splitlines() if line.startswith("NSpid:"))
            if len(numbers) > 1 and numbers[-1] == "1":
                self.leader = child
        return self.leader

    def _boot_state(self):
        state = self.run("systemctl", "is-system-running", check=False).stdout.strip()
        return state if state in ("running", "degraded") else None

    def _wait_for(self, what, look):
        for _ in range(300):
            if self.nspawn.poll() is not None:
                break
            try:
                if found := look():
                    return found
            except FileNotFoundError:  # a process that has ended
                pass
            time.sleep(0.1)
        self.close()
        raise CannotBoot(f"{what} does not come; systemd-nspawn said: {self.log.read_text(errors='replace')[-500:]}")

    def enter(self, *words, namespaces="--all", pid=None):
        """The words of a command that is run in the machine, or in other namespaces, as root."""
        return ["nsenter", "--target", str(pid or self.leader), *namespaces.split(), "--", *words]

    def run(self, *words, user=None, check=True, **options):
        if user:
            words = ("setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", *words)
        options = {"capture_output": True, "text": True, "timeout": 120, **options}
        done = subprocess.run(self.enter(*words), **options)
        if check and done.returncode != 0:
            raise SystemExit(f"booted: {' '.join(words)}: exit {done.returncode}: {done.stdout}{done.stderr}")
        return done

    def out(self, *words, **options):
        return self.run(*words, **options).stdout

    def start(self, *words, **options):
        """A program of out here with the machine's network."""
        return subprocess.Popen(self.enter(*words, namespaces="--net"), **options)

    def path(self, inside):
        """A file of the machine, from out here."""
        return Path(f"/proc/{self.leader}/root{inside}")

    def outer(self, pid):
        """The number out here of a process of the machine."""
        for entry in Path("/proc").glob("[0-9]*/status"):
            try:
                lines = dict(line.split(":", 1) for line in entry.read_text().splitlines() if ":" in line)
            except (FileNotFoundError, ProcessLookupError):
                continue
            numbers = lines["NSpid"].split()
            if numbers[1:2] == [str(pid)] and self._is_inside(entry.parent.name):
                return entry.parent.name
        raise SystemExit(f"booted: the machine has no process {pid}")

    def _is_inside(self, pid):
        spaces = [os.readlink(f"/proc/{each}/ns/pid") for each in (pid, self.leader)]
        return spaces[0] == spaces[1]

    def close(self):
        if self.nspawn.poll() is None and self.leader:
            self.run("systemctl", "poweroff", check=False)
        try:
            self.nspawn.wait(20)
        except subprocess.TimeoutExpired:
            self.nspawn.send_signal(signal.SIGKILL)
            self.nspawn.wait()
        for folder in self.own_cgroups:
            for each in sorted(folder.glob("**/"), reverse=True):
                each.rmdir()


def free_cgroups():
    """Where systemd-nspawn will make its own; they have to be free, and are removed in the end."""
    mounts = [line.split() for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    roots = [Path(m[4]) for m in mounts if m[m.index("-") + 1] == "cgroup2" or m[-1].endswith("name=systemd")]
    own = [root / name for root in roots for name in OWN_CGROUPS]
    taken = [str(folder) for folder in own if folder.exists()]
    if taken or not roots:
        raise CannotBoot(f"{taken[0]} is taken by another container" if taken else "no control groups are mounted")
    return own
