"""The units are ones that systemd accepts, shut in well, and name the files the guide names."""

import re
import shutil
import tempfile
import unittest
from pathlib import Path

from repository import DEPLOY, ROOT, manifest, program, run

FOLDER = DEPLOY / "systemd"
UNIT = FOLDER / "latchline.service"
BACKUP = FOLDER / "latchline-backup.service"
TIMER = FOLDER / "latchline-backup.timer"
SHUT_IN = re.compile(r"(?m)^(?:Capability|Ambient|NoNew|Protect|Private|Proc|Remove|Lock|Memory|Restrict|SystemCall).*$")


class Units(unittest.TestCase):
    def copies_with_a_program_that_exists(self) -> Path:
        """A folder with the units, in which none names a program that is not on this machine."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for unit in (UNIT, BACKUP, TIMER):
            copy = Path(folder.name) / unit.name
            copy.write_text(unit.read_text().replace("/usr/local/bin/latchline", "/bin/true"))
        return Path(folder.name)

    def test_systemd_has_nothing_to_say_about_them(self):
        copies = self.copies_with_a_program_that_exists()
        for unit in (UNIT, BACKUP, TIMER):
            said = run("systemd-analyze", "verify", "--man=no", copies / unit.name)
            self.assertEqual((said.returncode, said.stdout), (0, ""), unit.name)

    def test_the_services_are_shut_in(self):
        # In tenths: 1.5 of 10, where systemd calls everything below 2 well protected.
        copies = self.copies_with_a_program_that_exists()
        for unit in (UNIT, BACKUP):
            said = run(
                "systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", copies / unit.name,
            )
            self.assertEqual(said.returncode, 0, said.stdout)

    def test_backups_are_made_by_one_that_is_shut_in_as_the_service_is(self):
        service, backup = (set(SHUT_IN.findall(unit.read_text())) for unit in (UNIT, BACKUP))
        self.assertEqual(backup, service)

    def test_they_name_the_files_the_rest_names(self):
        config = manifest("deploy/config.toml")
        for unit in (UNIT, BACKUP):
            text = unit.read_text()
            self.assertIn("--config /etc/latchline/config.toml", text)
            state = re.search(r"^StateDirectory=(.+)$", text, re.MULTILINE)[1]
            self.assertEqual(Path(config["database"]["url"].removeprefix("sqlite:")).parent, Path("/var/lib", state))
        guide = (ROOT / "docs/OPERATIONS.md").read_text()
        self.assertIn(f"key generate {config['secrets']['key_file']}", guide)
        for unit in (UNIT, BACKUP, TIMER):
            self.assertRegex(guide, rf"install -m 0644 .*deploy/systemd/{unit.stem}(\.{unit.suffix[1:]}|\.\{{service,timer\}})")

    def test_user_and_folders_are_made_as_the_service_needs_them(self):
        config = manifest("deploy/config.toml")
        key = str(Path(config["secrets"]["key_file"]).parent)
        backups = re.search(r"(/\S+)/\$\$\(date", BACKUP.read_text())[1]
        with tempfile.TemporaryDirectory() as root:
            Path(root, "etc").mkdir()
            # Whoever runs the tests is root in there, and nowhere else.
            said = run(
                program("fakeroot"), "sh", "-ec",
                f"systemd-sysusers --root={root} {FOLDER}/latchline.sysusers.conf; "
                f"systemd-tmpfiles --root={root} --create {FOLDER}/latchline.tmpfiles.conf; "
                f"cd {root}; stat --format='/%n %a %u %g' etc/latchline .{key} .{backups} var/lib/latchline",
            )
            self.assertEqual(said.returncode, 0, said.stdout)
            users = Path(root, "etc/passwd").read_text()
        self.assertRegex(users, r"(?m)^latchline:.*:/usr/sbin/nologin$")
        user, group = re.search(r"(?m)^latchline:[^:]*:(\d+):(\d+):", users).groups()
        self.assertIn(f"/etc/latchline 750 0 {group}\n", said.stdout)
        # A rotation makes the new key file beside the old one, as the service's user.
        for folder in (f"/.{key}", f"/.{backups}", "/var/lib/latchline"):
            self.assertIn(f"{folder} 700 {user} {group}\n", said.stdout)

    def test_a_backup_has_a_name_of_its_own_and_old_ones_go_only_after_a_new_one(self):
        made, told = re.findall(r"(?m)^Exec(?:Start|StartPost)=(.+)$", BACKUP.read_text())
        shell = shutil.which("sh")
        with tempfile.TemporaryDirectory() as folder:
            # What systemd makes of the line: %% is %, $$ is $.
            script = re.search(r"-c '(.+)'$", made)[1].replace("%%", "%").replace("$$", "$")
            script = script.replace("/usr/local/bin/latchline backup --config /etc/latchline/config.toml", "touch")
            script = script.replace("/var/lib/latchline/backups", folder)
            self.assertEqual(run(shell, "-c", script).returncode, 0)
            (new,) = Path(folder).iterdir()
            self.assertRegex(new.name, r"^\d{4}-\d\d-\d\d-\d{6}\.backup$")
            for name, age in (("old.backup", "40 days ago"), ("week.backup", "7 days ago"), ("else.txt", "40 days ago")):
                run("touch", "--date", age, Path(folder, name))
            self.assertEqual(run(shell, "-c", told.replace("/var/lib/latchline/backups", folder)).returncode, 0)
            self.assertEqual({path.name for path in Path(folder).iterdir()}, {new.name, "week.backup", "else.txt"})
