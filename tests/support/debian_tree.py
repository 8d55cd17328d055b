"""A Debian tree in a folder, for tests that install the package in it. Needs root and debootstrap."""
import os
import subprocess
from pathlib import Path

PACKAGES = "systemd,ca-certificates,faketime"


class DebianTree:
    """Made by debootstrap where there is none yet; its /proc is there until close()."""

    def __init__(self, folder):
        self.folder = folder
        if not (folder / "usr").exists():
            self._make()
        self.mounts = ["proc"]
        subprocess.run(["mount", "--bind", "/proc", folder / "proc"], check=True)

    def _make(self):
        repository = subprocess.run(
            ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"],
            capture_output=True, text=True, check=True).stdout.split()[0]
        release = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines()
                       if "=" in line)["VERSION_CODENAME"]
        print(f"a Debian tree is made in {self.folder}", flush=True)
        subprocess.run(["debootstrap", "--variant=minbase", "--include=" + PACKAGES, release, self.folder, repository],
                       check=True, stdout=subprocess.DEVNULL)

    def apt(self, *words, check=True):
        self.run("apt-get", "-qq", "-o", "Dpkg::Options::=--force-confold", *words, check=check,
                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                 env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})

    def run(self, *words, user=None, check=True, **options):
        chroot = ["chroot"] + ([f"--userspec={user}"] if user else []) + [str(self.folder)]
        return subprocess.run(chroot + list(words), check=check, **options)

    def close(self):
        for name in reversed(self.mounts):
            subprocess.run(["umount", self.folder / name], check=False)
