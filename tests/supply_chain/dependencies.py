"""What comes from elsewhere: `dependencies.py`, at the root of the project.

Every dependency is one version of a package of a public registry, known by its checksum, under a licence
that asks for nothing but to be named. Advisories are looked up elsewhere: they need a database of their own.
"""

import json
import pathlib
import re
import subprocess
import sys
import tomllib

PERMISSIVE = {"MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Zlib", "Unlicense", "BSL-1.0", "0BSD", "Unicode-3.0",
              "Apache-2.0 WITH LLVM-exception"}
REGISTRY = "registry+"


def is_permissive(licence):
    """One of several by OR (or by a slash, in old style), all of several by AND."""
    licence = licence.replace("/", " OR ")
    while "(" in licence:
        licence = re.sub(r"\(([^()]*)\)", lambda inner: "MIT" if is_permissive(inner.group(1)) else "none", licence)
    alternatives = [[part.strip() for part in way.split(" AND ")] for way in licence.split(" OR ")]
    # AND binds closer than OR.
    return any(all(part in PERMISSIVE for part in way) for way in alternatives)


def crates():
    command = ["cargo", "metadata", "--locked", "--format-version", "1"]
    metadata = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    own = set(metadata["workspace_members"])
    for package in metadata["packages"]:
        name = f"{package['name']} {package['version']}"
        if package["id"] in own:
            continue
        if not (package["source"] or "").startswith(REGISTRY):
            yield f"crate {name} is not from a registry"
        if not is_permissive(package["license"] or ""):
            yield f"crate {name} is under {package['license']}"
    for package in tomllib.loads(pathlib.Path("Cargo.lock").read_text())["package"]:
        if package.get("source") and not package.get("checksum"):
            yield f"crate {package['name']} has no checksum"


def npm_packages():
    locks = [lock for parent in ("clients", "examples") for lock in pathlib.Path(parent).glob("*/package-lock.json")]
    for folder in [pathlib.Path(), *sorted(lock.parent for lock in locks)]:
        for path, package in json.loads((folder / "package-lock.json").read_text())["packages"].items():
            is_own = path.startswith("../") or package.get("link")
            if path and not is_own and not package.get("integrity"):
                yield f"npm package {folder / path} has no checksum"
        wanted = json.loads((folder / "package.json").read_text())
        for name, version in {**wanted.get("dependencies", {}), **wanted.get("devDependencies", {})}.items():
            is_own = version.startswith("file:../")
            # Another package may stand in the place of one: npm:@scope/name@1.2.3.
            if not is_own and not re.fullmatch(r"(npm:@?[\w./-]+@)?\d+(\.\d+)*(-\d+)?", version):
                yield f"npm package {name} of {folder} is not pinned: {version}"


def python_packages():
    for line in pathlib.Path("tests/requirements.txt").read_text().splitlines():
        if line and not line.startswith("#") and not re.fullmatch(r"[\w.-]+==[\w.]+", line):
            yield f"Python package is not pinned: {line}"


findings = [*crates(), *npm_packages(), *python_packages()]
print(*findings, sep="\n")
sys.exit(1 if findings else 0)
