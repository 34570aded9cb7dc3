"""What compose.yaml refers to: files, stages of Dockerfiles, services and their ports, variables that programs read, roles and
their passwords. `compose.py DATABASE` also runs the database's files there; PG* name the server."""

import base64
import hashlib
import hmac
import os
import pathlib
import re
import subprocess
import sys
import urllib.parse

import psycopg
import yaml

ROOT = pathlib.Path()
# Of images that others publish, as their documentation has it.
PORTS = {"database": {5432}, "mail": {1025, 8025}}
VARIABLES = {"database": {"POSTGRES_DB", "POSTGRES_PASSWORD"}}
INITIAL = "/docker-entrypoint-initdb.d/"


def build_of(service):
    build = service["build"]
    context = ROOT / build["context"]
    return context, context / build.get("dockerfile", "Dockerfile"), build


def instructions(dockerfile):
    text = re.sub(r"\\\n", " ", dockerfile.read_text())
    return [line.split(None, 1) for line in text.splitlines() if re.match(r"[A-Z]+ ", line)]


def sources(context, dockerfile):
    """What a Dockerfile copies from its context."""
    for word, rest in instructions(dockerfile):
        if word == "COPY" and not rest.startswith("--from"):
            yield from (context / source for source in rest.split()[:-1])


def check_build(name, service):
    context, dockerfile, build = build_of(service)
    if not dockerfile.is_file():
        yield f"{name}: there is no {dockerfile}"
        return
    known = {"stage": set(), "argument": set()}
    for word, rest in instructions(dockerfile):
        if word == "FROM" and " AS " in rest:
            known["stage"].add(rest.split(" AS ")[1].strip())
        if word == "ARG":
            known["argument"].add(rest.split("=")[0].strip())
    if build.get("target") and build["target"] not in known["stage"]:
        yield f"{name}: {dockerfile} has no stage {build['target']}"
    for argument in set(build.get("args", {})) - known["argument"]:
        yield f"{name}: {dockerfile} has no argument {argument}"
    ignored = {line.removeprefix("**/") for line in (context / ".dockerignore").read_text().split()}
    for source in sources(context, dockerfile):
        if not source.exists() or ignored & set(source.relative_to(context).parts):
            yield f"{name}: {dockerfile} copies {source}, which is not there"


def check_image(name, service):
    if not re.fullmatch(r"[\w./-]+:v?\d+[\w.-]*", service["image"]):
        yield f"{name}: {service['image']} is no image of one version"


def ports_of(name, service):
    """What a service listens on in its container."""
    environment = service.get("environment", {})
    own = {int(environment[variable]) for variable in ("PEER_EXCHANGE_PORT", "PGRST_SERVER_PORT") if variable in environment}
    return own or PORTS.get(name, set())


def check_references(name, service, services, volumes):
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        if not ((ROOT / source).is_file() if source.startswith("./") else source in volumes):
            yield f"{name}: there is no {source} to mount"
    wanted = service.get("depends_on", {})
    for other in wanted:
        if other not in services:
            yield f"{name} depends on {other}, which is no service"
        elif isinstance(wanted, dict) and wanted[other]["condition"] == "service_healthy" and "healthcheck" not in services[other]:
            yield f"{name} waits for {other}, which never says that it is healthy"
    for port in service.get("ports", []):
        address, _, inner = port.split(":")
        if address != "127.0.0.1":
            yield f"{name}: {port} is open to other machines"
        if int(inner) not in ports_of(name, service):
            yield f"{name}: nothing listens on {inner}"


def check_urls(name, service, services, passwords):
    for variable, value in service.get("environment", {}).items():
        url = urllib.parse.urlparse(value)
        if not url.scheme or not url.hostname:
            continue
        if url.hostname == "127.0.0.1":
            published = {int(port.split(":")[1]) for other in services.values() for port in other.get("ports", [])}
            if url.port not in published:
                yield f"{name}: {variable} names a port that is not published"
        elif url.hostname not in services:
            yield f"{name}: {variable} names {url.hostname}, which is no service"
        elif url.port not in ports_of(url.hostname, services[url.hostname]):
            yield f"{name}: {variable} names port {url.port}, where {url.hostname} does not listen"
        if url.scheme == "postgres" and not is_password(passwords.get(url.username), url.password):
            yield f"{name}: {variable} has not the password of {url.username}"


def is_password(verifier, password):
    """Whether Postgres would take this password for what it keeps of one."""
    if verifier is None:
        return False
    _, iterations, salt, stored = re.split(r"[$:]", verifier)[:4]
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), base64.b64decode(salt), int(iterations))
    key = hmac.new(salted, b"Client Key", "sha256").digest()
    return base64.b64encode(hashlib.sha256(key).digest()).decode() == stored


def check_variables(name, service):
    given = service.get("environment", {})
    if name == "postgrest":
        printed = subprocess.run([os.environ["POSTGREST"], "--dump-config"], env=given, capture_output=True, text=True, check=True).stdout
        for variable, value in given.items():
            setting = variable.removeprefix("PGRST_").lower().replace("_", "-")
            if not re.search(rf'^{setting} = "?{re.escape(value)}"?$', printed, re.M):
                yield f"postgrest does not read {variable}"
        return
    known = VARIABLES.get(name, set())
    if "build" in service:
        context, dockerfile, _ = build_of(service)
        for source in sources(context, dockerfile):
            for script in source.rglob("*.mjs") if source.is_dir() else [source]:
                known = known | set(re.findall(r"(?:process\.env\.|required\('|number\(')([A-Z_]+)", script.read_text(errors="ignore"))) \
                    if script.suffix == ".mjs" and "node_modules" not in script.parts else known
    for variable in set(given) - known:
        yield f"{name}: nothing reads {variable}"


def prepare(service, database):
    """Runs what the image would run, and returns what is kept of the passwords."""
    mounted = dict(reversed(volume.split(":")[:2]) for volume in service["volumes"])
    for inner in sorted(path for path in mounted if path.startswith(INITIAL)):
        command = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", mounted[inner]]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with psycopg.connect(dbname=database) as connection:
        return dict(connection.execute("select rolname, rolpassword from pg_authid").fetchall())


def findings(database):
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())
    services = compose["services"]
    if set(services) != {"database", "postgrest", "page", "notifier", "mail"}:
        yield f"the services are {', '.join(services)}"
    passwords = prepare(services["database"], database)
    for name, service in services.items():
        if ("build" in service) == ("image" in service):
            yield f"{name}: either built or taken as it is"
        yield from (check_build if "build" in service else check_image)(name, service)
        yield from check_references(name, service, services, compose["volumes"])
        yield from check_urls(name, service, services, passwords)
        yield from check_variables(name, service)


found = list(findings(sys.argv[1]))
print("\n".join(found))
sys.exit(bool(found))
