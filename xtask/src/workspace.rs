//! Where the project is and where the runner may write.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::server_user::{self, ServerUser};

/// The project's folder and the paths derived from it.
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The workspace that cargo runs this program from. What was there at compile time would be
    /// wrong in a checkout that was copied together with its `target`.
    pub fn locate() -> Result<Self> {
        let package = std::env::var_os("CARGO_MANIFEST_DIR").context("start it as `cargo xtask`")?;
        let root = Path::new(&package)
            .parent()
            .context("xtask has no parent folder")?;
        fs::create_dir_all(root.join("target/xtask"))?;
        Ok(Self {
            root: root.to_path_buf(),
        })
    }

    /// A path inside the project.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// pgrx's settings of the runner's own, which every cargo that it starts is told of. Whoever runs `cargo pgrx`
    /// by hand has others, in pgrx's usual place.
    pub fn pgrx_home(&self) -> PathBuf {
        self.path("target/pgrx")
    }

    /// Waits until no other run does what `name` stands for; others wait until the file is dropped.
    pub fn lock(&self, name: &str) -> Result<File> {
        let path = self.path(&format!("target/xtask/{name}.lock"));
        let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        file.lock()
            .with_context(|| format!("cannot wait for another run ({})", path.display()))?;
        Ok(file)
    }

    /// The folder for servers and their data: `target/xtask`, or one under `/var/tmp` when the
    /// server's user cannot reach it, as in a checkout below root's private home.
    pub fn server_directory(&self, user: ServerUser) -> Result<PathBuf> {
        let usual = self.path("target/xtask");
        if user.can_reach(&usual) {
            return Ok(usual);
        }
        let mut hasher = DefaultHasher::new();
        self.root.hash(&mut hasher);
        let elsewhere = PathBuf::from(format!("/var/tmp/peer_exchange-{:016x}", hasher.finish()));
        if let Err(error) = fs::create_dir(&elsewhere) {
            ensure!(
                error.kind() == std::io::ErrorKind::AlreadyExists,
                "{}: {error}",
                elsewhere.display()
            );
        }
        let found = fs::symlink_metadata(&elsewhere)?;
        // Anybody may create names under /var/tmp: trust only a folder of our own.
        ensure!(
            found.is_dir() && found.uid() == server_user::current_user_id()?,
            "{} belongs to somebody else; remove it",
            elsewhere.display()
        );
        ensure!(
            user.can_reach(&elsewhere),
            "the server's user cannot reach {}",
            elsewhere.display()
        );
        Ok(elsewhere)
    }
}
