//! Debian packages: Postgres with its headers and test drivers, pg_cron, clang for pgrx, Node. A
//! Postgres other than Debian's still needs these, if only for the user that they create.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::postgres::{Edition, Installation};
use crate::process;
use crate::progress::Progress;
use crate::server_user;

/// Packages that are needed as they are; Node may also come from elsewhere.
const PACKAGES: [&str; 6] = [
    "postgresql-15",
    "postgresql-15-cron",
    "postgresql-server-dev-15",
    "libclang-dev",
    "clang",
    "pkg-config",
];
const NODE_PACKAGES: [(&str, &str); 2] = [("node", "nodejs"), ("npm", "npm")];

/// Installs what is missing where that is possible, and says what is missing where it is not.
pub fn ensure_installed(progress: &Progress) -> Result<()> {
    if !process::exists("apt-get") {
        return require_commands("This is not a Debian-like system, so nothing was installed.");
    }
    let missing = missing_packages();
    if missing.is_empty() {
        return Ok(());
    }
    if server_user::current_user_id()? != 0 {
        println!(
            "Debian packages are missing, and only root can install them: {}",
            missing.join(" ")
        );
        return require_commands("Install these packages as root.");
    }
    progress.step(&format!("installing Debian packages: {} …", missing.join(" ")));
    install(&missing)
}

/// What Postgres itself is built with.
pub fn ensure_build_tools(progress: &Progress) -> Result<()> {
    const PACKAGES: [&str; 7] = ["bison", "bzip2", "flex", "gcc", "make", "perl", "zlib1g-dev"];
    ensure_all(&PACKAGES, "to build Postgres", progress)
}

/// What packages are made of the extension with.
pub fn ensure_packaging_tools(progress: &Progress) -> Result<()> {
    const PACKAGES: [&str; 4] = ["binutils", "debhelper", "dpkg-dev", "git"];
    ensure_all(&PACKAGES, "to make packages", progress)
}

/// What makes a Debian of another version, and what looks packages over.
pub fn ensure_tools_for_other_systems(progress: &Progress) -> Result<()> {
    const PACKAGES: [&str; 3] = ["debootstrap", "lintian", "unzip"];
    ensure_all(&PACKAGES, "to try packages", progress)
}

/// What has programs live at another time: a library that is loaded before all others.
pub fn ensure_faketime(progress: &Progress) -> Result<PathBuf> {
    const PACKAGE: &str = "libfaketime";
    ensure_all(&[PACKAGE], "to have servers live at another time", progress)?;
    let files = process::capture(process::command("dpkg").args(["--listfiles", PACKAGE]))?;
    files
        .lines()
        .find(|file| file.ends_with("/libfaketimeMT.so.1"))
        .map(PathBuf::from)
        .with_context(|| format!("{PACKAGE} has no library for programs with threads"))
}

/// Has the C library know a locale of UTF-8, such as `tr_TR`.
pub fn ensure_locale(name: &str, progress: &Progress) -> Result<()> {
    let known = process::capture(process::command("locale").arg("--all-locales"))?;
    if known.lines().any(|line| line == format!("{name}.utf8")) {
        return Ok(());
    }
    ensure_all(&["locales"], "to make locales", progress)?;
    let mut command = process::command("localedef");
    command.args(["-i", name, "-f", "UTF-8", &format!("{name}.UTF-8")]);
    process::capture(&mut command)
        .map(|_| ())
        .with_context(|| format!("there is no locale {name}.UTF-8"))
}

/// A pooler, what keeps a cluster, and what that needs to agree with itself.
pub fn ensure_surroundings(progress: &Progress) -> Result<()> {
    const PACKAGES: [&str; 3] = ["etcd-server", "patroni", "pgbouncer"];
    ensure_all(&PACKAGES, "to try what stands around Postgres", progress)
}

/// What turns queries into metrics for Prometheus.
pub fn ensure_exporter(progress: &Progress) -> Result<()> {
    ensure_all(&["prometheus-sql-exporter"], "to try its queries", progress)
}

fn ensure_all(packages: &[&'static str], purpose: &str, progress: &Progress) -> Result<()> {
    let missing: Vec<&str> = packages
        .iter()
        .copied()
        .filter(|package| !is_installed(package))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    if !process::exists("apt-get") || server_user::current_user_id()? != 0 {
        bail!("the Debian packages {names} are needed {purpose}");
    }
    progress.step(&format!("installing Debian packages: {names} …"));
    install(&missing)
}

/// Python and its venv module, which Debian packages separately.
pub fn ensure_python(progress: &Progress) -> Result<()> {
    const PACKAGE: &str = "python3-venv";
    let mut command = process::command("python3");
    command.args(["-c", "import ensurepip, venv"]);
    if process::capture(&mut command).is_ok() {
        return Ok(());
    }
    if !process::exists("apt-get") || server_user::current_user_id()? != 0 {
        bail!("Python 3 with its venv module is missing; Debian has it in {PACKAGE}");
    }
    progress.step(&format!("installing the Debian package {PACKAGE} …"));
    install(&[PACKAGE])
}

/// The browser that the Credits page is tested in.
pub fn ensure_chromium(progress: &Progress) -> Result<PathBuf> {
    const PACKAGE: &str = "chromium";
    let program = PathBuf::from("/usr/bin/chromium");
    if program.exists() {
        return Ok(program);
    }
    if !process::exists("apt-get") || server_user::current_user_id()? != 0 {
        bail!("there is no {}; Debian has it in {PACKAGE}", program.display());
    }
    progress.step(&format!("installing the Debian package {PACKAGE} …"));
    install(&[PACKAGE])?;
    Ok(program)
}

fn missing_packages() -> Vec<&'static str> {
    let from_debian = PACKAGES.into_iter().filter(|package| !is_installed(package));
    let for_node = NODE_PACKAGES
        .into_iter()
        .filter(|(program, _)| !process::exists(program))
        .map(|(_, package)| package);
    from_debian.chain(for_node).collect()
}

fn is_installed(package: &str) -> bool {
    process::capture(process::command("dpkg-query").args(["-W", "-f=${Status}", package]))
        .is_ok_and(|status| status == "install ok installed")
}

fn install(packages: &[&str]) -> Result<()> {
    let _no_cluster = NoSystemCluster::while_installing(packages)?;
    let _no_service = NoService::while_installing()?;
    apt_get(&["update"])?;
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend(packages);
    apt_get(&arguments)
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let mut command = process::command("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    // If another apt is at work on this machine, wait for it rather than fail.
    command
        .args(["-q", "-o", "DPkg::Lock::Timeout=300"])
        .args(arguments);
    process::capture(&mut command).map(|_| ())
}

/// While it lives, Debian's postgresql package neither creates nor starts a cluster of the
/// system's own; a machine that has the package already is left as it is.
struct NoSystemCluster {
    setting: Option<PathBuf>,
}

impl NoSystemCluster {
    fn while_installing(packages: &[&str]) -> Result<Self> {
        if !packages.contains(&"postgresql-15") {
            return Ok(Self { setting: None });
        }
        let directory = Path::new("/etc/postgresql-common/createcluster.d");
        fs::create_dir_all(directory)?;
        let setting = directory.join("peer_exchange.conf");
        fs::write(&setting, "create_main_cluster = false\n")
            .with_context(|| format!("cannot write {}", setting.display()))?;
        Ok(Self {
            setting: Some(setting),
        })
    }
}

impl Drop for NoSystemCluster {
    fn drop(&mut self) {
        if let Some(setting) = &self.setting {
            let _ = fs::remove_file(setting);
        }
    }
}

/// While it lives, a package that is installed starts no service of the system's; on a machine with a policy of its own that
/// one holds.
struct NoService {
    policy: Option<PathBuf>,
}

impl NoService {
    fn while_installing() -> Result<Self> {
        let policy = PathBuf::from("/usr/sbin/policy-rc.d");
        if policy.exists() {
            return Ok(Self { policy: None });
        }
        fs::write(&policy, "#!/bin/sh\nexit 101\n")
            .and_then(|()| fs::set_permissions(&policy, fs::Permissions::from_mode(0o755)))
            .with_context(|| format!("cannot write {}", policy.display()))?;
        Ok(Self { policy: Some(policy) })
    }
}

impl Drop for NoService {
    fn drop(&mut self) {
        if let Some(policy) = &self.policy {
            let _ = fs::remove_file(policy);
        }
    }
}

/// Continues where everything is there, whoever installed it.
fn require_commands(advice: &str) -> Result<()> {
    let mut missing: Vec<String> = ["clang", "node", "npm", "setpriv"]
        .into_iter()
        .filter(|program| !process::exists(program))
        .map(|program| format!("there is no command `{program}`"))
        .collect();
    if let Err(error) = Installation::locate(Edition::DEFAULT) {
        missing.push(format!("{error:#}"));
    }
    if !missing.is_empty() {
        bail!("{advice}\n- {}", missing.join("\n- "));
    }
    Ok(())
}
