"""Which properties checkov reads of the resources in a folder of templates: each check is run on a dictionary that notes what it is asked for.

Prints JSON: [{"type": ..., "path": "properties.a.b", "checks": ["CKV_AZURE_1"]}]. Run with the Python of checkov's own environment.
"""
import json
import pathlib
import sys

import checkov.arm.checks.resource  # noqa: F401  registers the checks
from checkov.arm.registry import arm_resource_registry as registry


class Noting(dict):
    """A dictionary that adds the path of every key that it is asked for to `seen`."""

    def __init__(self, value, path, seen):
        super().__init__({key: noting(one, f"{path}.{key}".lstrip("."), seen) for key, one in value.items()})
        self.path, self.seen = path, seen

    def _note(self, key):
        if isinstance(key, str):
            self.seen.add(f"{self.path}.{key}".lstrip("."))

    def get(self, key, default=None):
        self._note(key)
        return super().get(key, default)

    def __getitem__(self, key):
        self._note(key)
        return super().__getitem__(key)

    def __contains__(self, key):
        self._note(key)
        return super().__contains__(key)


def noting(value, path, seen):
    if isinstance(value, dict):
        return Noting(value, path, seen)
    if isinstance(value, list):
        return [noting(one, path, seen) for one in value]
    return value


def named(check):
    """What a check says of itself: the key that it inspects, or the keys that it has evaluated."""
    try:
        keys = [check.get_inspected_key()] if hasattr(check, "get_inspected_key") else check.get_evaluated_keys()
    except Exception:
        return []
    steps = [[step for step in key.replace(".", "/").split("/") if step and not step.startswith("[")] for key in keys if key]
    return [".".join(one) for one in steps if one and one[0] in ("properties", "sku", "identity", "zones")]


def resources(node):
    listed = node.get("resources", [])  # a list, or by symbolic name
    for one in listed.values() if isinstance(listed, dict) else listed:
        yield one
        template = one.get("properties", {}).get("template") if isinstance(one.get("properties"), dict) else None
        if isinstance(template, dict):
            yield from resources(template)


reads = {}
for file in sorted(pathlib.Path(sys.argv[1]).rglob("*.json")):
    for resource in resources(json.loads(file.read_text())):
        for check in registry.get_checks(resource["type"]):
            seen = set()
            try:
                check.entity_type, check.entity_path = resource["type"], resource["name"]
                check.scan_resource_conf(noting(resource, "", seen))
            except Exception as error:
                sys.exit(f"{check.id} on {resource['type']}: {error}")
            for path in [*seen, *named(check)]:
                reads.setdefault((resource["type"], path), set()).add(check.id)

# A step on the way to another is not what is read; what every resource has (name, type, version) is no setting.
whole = sorted(reads)
leaves = [
    (kind, path)
    for kind, path in whole
    if path.split(".")[0] in ("properties", "sku", "identity", "zones")
    and path != "properties"
    and not any(other == kind and longer.startswith(f"{path}.") for other, longer in whole)
]
print(json.dumps([{"type": kind, "path": path, "checks": sorted(reads[kind, path])} for kind, path in leaves], indent=1))
