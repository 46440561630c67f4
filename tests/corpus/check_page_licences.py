#!/usr/bin/env python3
"""web/LICENCES.txt names each package that is built into the page, with version and licence as web/package-lock.json has them, and the text of its licence."""
import json
import os
import re
import sys

top = os.environ.get("MARSAD_SOURCE_DIR", ".")
RULE = "=" * 100
BUILDER = "vite"  # adds a few lines of its own to the page


def read(*path):
    with open(os.path.join(top, *path), encoding="utf-8") as file:
        return file.read().replace("\r\n", "\n")


def listed(text):
    """{package: (version, licence, text)}"""
    parts = text.split(RULE)
    return {head.split()[0]: (head.split()[1], head.strip().split("\n")[1], body) for head, body in zip(parts[1::2], parts[2::2])}


def faults_of(packages, told):
    faults = [f"{name} is built into the page and not listed" for name in sorted(packages.keys() - told.keys())]
    faults += [f"{name} is listed and not built into the page" for name in sorted(told.keys() - packages.keys())]
    for name in sorted(packages.keys() & told.keys()):
        version, licence, text = told[name]
        package = packages[name]
        if (version, licence) != (package["version"], package["license"]):
            faults.append(f"{name} is {package['version']} under {package['license']}, listed is {version} under {licence}")
        if "opyright" not in text:
            faults.append(f"{name}: the text of its licence is missing")
        path = os.path.join(top, "web", "node_modules", name, "LICENSE")
        if os.path.exists(path) and re.sub(r"\s+", " ", read("web", "node_modules", name, "LICENSE")).strip() not in re.sub(r"\s+", " ", text):
            faults.append(f"{name}: the text of its licence is not that of the package")
    return faults


lock = json.loads(read("web", "package-lock.json"))["packages"]
built_in = {name: lock["node_modules/" + name] for name in [*lock[""]["dependencies"], BUILDER]}
told = listed(read("web", "LICENCES.txt"))
faults = faults_of(built_in, told)
notice = read("NOTICE")
faults += [f"NOTICE does not name {name}" for name in built_in if name not in notice]

# The check itself sees what is missing, what is too much and what is another.
changed = {name: dict(package) for name, package in built_in.items()}
changed["leaflet"]["version"] = "0"
changed["another"] = changed.pop("preact")
assert len(faults_of(changed, told)) == len(faults_of(built_in, told)) + 3, "the check sees too little"

for fault in faults:
    print(fault)
sys.exit(bool(faults))
