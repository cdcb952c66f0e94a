"""The unit is one that systemd accepts, shuts in well, and that names the files the guide names."""

import re
import tempfile
import unittest
from pathlib import Path

from repository import DEPLOY, manifest, program, run

FOLDER = DEPLOY / "systemd"
UNIT = FOLDER / "latchline.service"


class Unit(unittest.TestCase):
    def copy_with_a_program_that_exists(self) -> Path:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        copy = Path(folder.name) / UNIT.name
        copy.write_text(UNIT.read_text().replace("/usr/local/bin/latchline", "/bin/true"))
        return copy

    def test_systemd_has_nothing_to_say_about_it(self):
        said = run("systemd-analyze", "verify", "--man=no", self.copy_with_a_program_that_exists())
        self.assertEqual((said.returncode, said.stdout), (0, ""))

    def test_the_service_is_shut_in(self):
        # In tenths: 1.5 of 10, where systemd calls everything below 2 well protected.
        said = run(
            "systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager",
            self.copy_with_a_program_that_exists(),
        )
        self.assertEqual(said.returncode, 0, said.stdout)

    def test_it_names_the_files_the_rest_names(self):
        unit = UNIT.read_text()
        config = manifest("deploy/config.toml")
        self.assertIn("--config /etc/latchline/config.toml", unit)
        state = re.search(r"^StateDirectory=(.+)$", unit, re.MULTILINE)[1]
        self.assertEqual(Path(config["database"]["url"].removeprefix("sqlite:")).parent, Path("/var/lib", state))
        self.assertEqual(Path(config["secrets"]["key_file"]).parent, Path("/etc/latchline"))

    def test_user_and_folder_are_made_as_the_unit_needs_them(self):
        with tempfile.TemporaryDirectory() as root:
            Path(root, "etc").mkdir()
            # Whoever runs the tests is root in there, and nowhere else.
            said = run(
                program("fakeroot"), "sh", "-ec",
                f"systemd-sysusers --root={root} {FOLDER}/latchline.sysusers.conf; "
                f"systemd-tmpfiles --root={root} --create {FOLDER}/latchline.tmpfiles.conf; "
                f"stat --format='folder %a %u %g' {root}/etc/latchline",
            )
            self.assertEqual(said.returncode, 0, said.stdout)
            users = Path(root, "etc/passwd").read_text()
        self.assertRegex(users, r"(?m)^latchline:.*:/usr/sbin/nologin$")
        group = re.search(r"(?m)^latchline:[^:]*:\d+:(\d+):", users)[1]
        self.assertIn(f"folder 750 0 {group}\n", said.stdout)
