"""The example configurations hold keys that exist, and the lock files name no one's mirror."""

import json
import re
import tomllib
import unittest

from repository import ROOT, manifest


def keys(table: dict, before: str = "") -> set[str]:
    """Every key of a TOML file, as `section.key`."""
    found = set()
    for name, value in table.items():
        found |= keys(value, f"{before}{name}.") if isinstance(value, dict) else {before + name}
    return found


class Examples(unittest.TestCase):
    def test_every_key_exists(self):
        known = keys(manifest("config/default.toml"))
        for example in ("deploy/config.toml", "deploy/container/config.toml"):
            self.assertLessEqual(keys(manifest(example)), known, example)

    def test_what_is_commented_out_is_right_once_it_is_filled_in(self):
        text = (ROOT / "deploy/config.toml").read_text()
        filled = tomllib.loads(re.sub(r"(?m)^# (\[\w+\]$|\w+ = )", r"\1", text))
        self.assertLessEqual(keys(filled), keys(manifest("config/default.toml")))
        self.assertEqual(set(filled["mail"]), set(manifest("config/default.toml")["mail"]))

    def test_every_variable_of_the_environment_is_a_key(self):
        known = {f"LATCHLINE__{key.upper().replace('.', '__')}" for key in keys(manifest("config/default.toml"))}
        text = (ROOT / "deploy/compose/compose.yaml").read_text() + (ROOT / "docs/OPERATIONS.md").read_text()
        for variable in re.findall(r"LATCHLINE__[A-Z_]+[A-Z]", text):
            if variable != "LATCHLINE__SECTION__KEY":
                self.assertIn(variable, known)


class LockFiles(unittest.TestCase):
    def test_npm_names_versions_and_checksums_alone(self):
        lock = json.loads((ROOT / "tests/browser/package-lock.json").read_text())
        for name, package in lock["packages"].items():
            self.assertNotIn("resolved", package, name)
            if name:
                self.assertIn("integrity", package, name)
        wanted = json.loads((ROOT / "tests/browser/package.json").read_text())["devDependencies"]
        for name, version in wanted.items():
            self.assertRegex(version, r"^\d+\.\d+\.\d+$", name)
            self.assertEqual(lock["packages"][f"node_modules/{name}"]["version"], version)

    def test_python_names_versions_alone(self):
        for folder in ("official", "deploy"):
            for line in (ROOT / "tests" / folder / "requirements.txt").read_text().splitlines():
                self.assertRegex(line, r"^[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*$", folder)

    def test_cargo_names_one_source(self):
        sources = set(re.findall(r'(?m)^source = "(.+)"$', (ROOT / "Cargo.lock").read_text()))
        self.assertEqual(sources, {"registry+https://github.com/rust-lang/crates.io-index"})
