"""The compose file is well formed, refers to nothing that is not there, and shuts its services in."""

import re
import unittest

import yaml

from repository import DEPLOY, ROOT, manifest

FOLDER = DEPLOY / "compose"
TEXT = (FOLDER / "compose.yaml").read_text()

# The words of the Compose Specification that this file uses, and no others: a misspelt one is an
# error here, where an engine would only be asked on the day of the installation.
TOP = {"name", "services", "networks", "volumes"}
SERVICE = {
    "build", "cap_add", "cap_drop", "depends_on", "environment", "healthcheck", "image", "logging", "mem_limit",
    "networks", "pids_limit", "ports", "read_only", "restart", "security_opt", "shm_size", "stop_grace_period",
    "tmpfs", "volumes",
}
HEALTHCHECK = {"interval", "retries", "start_period", "test", "timeout"}


class StrictLoader(yaml.SafeLoader):
    """YAML in which a key said twice is an error, as it is for the engines."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key) for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.YAMLError(f"said twice: {twice}, {node.start_mark}")
        return super().construct_mapping(node, deep)


COMPOSE = yaml.load(TEXT, StrictLoader)  # noqa: S506 - a safe loader, made stricter
SERVICES = COMPOSE["services"]


class Compose(unittest.TestCase):
    def test_every_word_is_one_of_the_specification(self):
        self.assertLessEqual(set(COMPOSE), TOP)
        for name, service in SERVICES.items():
            self.assertLessEqual(set(service), SERVICE, name)
            self.assertLessEqual(set(service["healthcheck"]) if "healthcheck" in service else set(), HEALTHCHECK, name)

    def test_what_is_referred_to_is_there(self):
        for name, service in SERVICES.items():
            for network in service["networks"]:
                self.assertIn(network, COMPOSE["networks"], name)
            for volume in service.get("volumes", []):
                source = volume.split(":")[0]
                if source.startswith("."):
                    self.assertTrue((FOLDER / source).is_file(), volume)
                else:
                    self.assertIn(source, COMPOSE["volumes"], name)
            for other, how in service.get("depends_on", {}).items():
                self.assertIn(other, SERVICES)
                if how["condition"] == "service_healthy":
                    self.assertIn("healthcheck", SERVICES[other], f"{name} waits for the health of {other}")
        build = SERVICES["latchline"]["build"]
        context = (FOLDER / build["context"]).resolve()
        self.assertTrue((context / build["dockerfile"]).is_file())

    def test_every_variable_is_in_the_example_and_refused_when_missing(self):
        example = dict(re.findall(r"(?m)^([A-Z_]+)=(.*)$", (FOLDER / ".env.example").read_text()))
        used = re.findall(r"\$\{([A-Z_]+)(.*?)\}", TEXT)
        self.assertEqual({name for name, _ in used}, set(example))
        for name, rest in used:
            self.assertTrue(rest.startswith(":?"), f"{name} may not be empty")
        self.assertEqual(example["POSTGRES_PASSWORD"], "", "no password is everybody's")

    def test_the_database_can_be_reached_by_the_service_alone(self):
        database = SERVICES["database"]
        self.assertNotIn("ports", database)
        self.assertEqual(database["networks"], ["back"])
        self.assertTrue(COMPOSE["networks"]["back"]["internal"])
        self.assertEqual({name for name, service in SERVICES.items() if "back" in service["networks"]}, {"latchline", "database"})

    def test_only_the_proxy_is_open_to_the_world(self):
        self.assertEqual({name for name, service in SERVICES.items() if "ports" in service}, {"proxy"})

    def test_nobody_can_gain_rights(self):
        for name, service in SERVICES.items():
            self.assertIn("no-new-privileges:true", service["security_opt"], name)
            self.assertNotIn("privileged", service)
        self.assertEqual(SERVICES["latchline"]["cap_drop"], ["ALL"])
        self.assertIs(SERVICES["latchline"]["read_only"], True)

    def test_everything_comes_back_after_a_restart_of_the_machine(self):
        for name, service in SERVICES.items():
            self.assertEqual(service["restart"], "unless-stopped", name)

    def test_images_name_a_version(self):
        for name, service in SERVICES.items():
            if "build" not in service:
                self.assertRegex(service["image"], r":\d", name)

    def test_key_and_database_outlive_the_containers(self):
        key = manifest("deploy/container/config.toml")["secrets"]["key_file"].rsplit("/", 1)[0]
        self.assertIn(f"key:{key}", SERVICES["latchline"]["volumes"])
        self.assertIn("database:/var/lib/postgresql/data", SERVICES["database"]["volumes"])

    def test_backups_outlive_the_containers_and_the_service_may_write_them(self):
        backups = [volume for volume in SERVICES["latchline"]["volumes"] if volume.startswith("backups:")]
        folder = backups[0].split(":")[1]
        self.assertIn(f"{folder}/", (ROOT / "docs/OPERATIONS.md").read_text())
        # A new volume takes its owner from the image's folder of that name.
        made = re.sub(r"\\\n\s*", " ", (DEPLOY / "container/Containerfile").read_text())
        self.assertRegex(made, rf"install --directory --owner=latchline [^&]*{folder}(\s|$)")

    def test_mail_is_asked_for_and_its_password_stands_in_a_file(self):
        said = SERVICES["latchline"]["environment"]
        for key in ("HOST", "USERNAME", "FROM"):
            self.assertIn(":?", said[f"LATCHLINE__MAIL__{key}"])
        file = said["LATCHLINE__MAIL__PASSWORD_FILE"]
        self.assertIn(f"{file.rsplit('/', 1)[0]}", " ".join(SERVICES["latchline"]["volumes"]))
        self.assertIn(f"cat > {file}", (ROOT / "docs/OPERATIONS.md").read_text())

    def test_the_proxy_finds_the_service_where_it_listens(self):
        port = manifest("deploy/container/config.toml")["server"]["listen"].rsplit(":", 1)[1]
        self.assertEqual(SERVICES["proxy"]["environment"]["LATCHLINE_UPSTREAM"], f"latchline:{port}")
