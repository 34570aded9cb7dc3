//! The files that make up the extension on a server.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::postgres;
use crate::process;
use crate::provision::Tools;
use crate::run_directory::create_empty;
use crate::workspace::Workspace;

pub struct ExtensionFiles {
    /// The version of the extension.
    pub version: String,
    library: PathBuf,
    /// The control file and the scripts.
    shared_files: Vec<PathBuf>,
}

impl ExtensionFiles {
    /// Builds them below `directory`.
    pub fn build(workspace: &Workspace, tools: &Tools, directory: &Path, release: bool) -> Result<Self> {
        create_empty(directory)?;
        postgres::package_extension(workspace, tools, directory, release)?;
        let installation = &tools.installation;
        let library = postgres::below(directory, &installation.libraries)?
            .join(format!("peer_exchange-{}.so", postgres::VERSION));
        ensure!(library.exists(), "{} was not built", library.display());
        let folder = postgres::below(directory, &installation.shared_files)?.join("extension");
        let mut shared_files = Vec::new();
        for entry in folder
            .read_dir()
            .with_context(|| format!("cannot read {}", folder.display()))?
        {
            shared_files.push(entry?.path());
        }
        Ok(Self {
            version: version(workspace)?,
            library,
            shared_files,
        })
    }

    /// The script that CREATE EXTENSION runs.
    pub fn install_script(&self) -> Result<&Path> {
        let name = format!("peer_exchange--{}.sql", self.version);
        self.shared_files
            .iter()
            .find(|path| path.ends_with(&name))
            .map(PathBuf::as_path)
            .with_context(|| format!("there is no {name}"))
    }

    /// Puts the library into one folder and the rest into another, as they are to be on a server.
    pub fn install(&self, libraries: &Path, shared_files: &Path) -> Result<()> {
        for (folder, files) in [
            (libraries, std::slice::from_ref(&self.library)),
            (shared_files, &self.shared_files),
        ] {
            fs::create_dir_all(folder)?;
            let mut install = process::command("install");
            install.arg("--mode=644").args(files).arg(folder);
            process::capture(&mut install)?;
        }
        // Nobody debugs what has been optimised; it is a tenth of the size without.
        let library = self.library.file_name().context("the library has no name")?;
        let mut strip = process::command("strip");
        strip.arg("--strip-unneeded").arg(libraries.join(library));
        process::capture(&mut strip).map(|_| ())
    }
}

fn version(workspace: &Workspace) -> Result<String> {
    let mut cargo = process::command("cargo");
    cargo
        .current_dir(workspace.root())
        .args(["pkgid", "--package", "peer_exchange"]);
    let identity = process::capture(&mut cargo)?;
    identity
        .trim()
        .rsplit(['#', '@'])
        .next()
        .map(str::to_owned)
        .context("cargo names no version of peer_exchange")
}
