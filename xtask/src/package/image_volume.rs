//! A folder that CloudNativePG mounts into a server's file system, as an image or as it is.

use std::path::Path;

use anyhow::Result;

use super::extension_files::ExtensionFiles;
use crate::postgres::Version;

/// Earlier ones look for extensions in one place alone.
pub fn is_for(version: Version) -> bool {
    version.major() >= 18
}

pub fn make(files: &ExtensionFiles, version: Version, output: &Path) -> Result<()> {
    let volume = output.join(format!("image-volume-{version}"));
    files.install(&volume.join("lib"), &volume.join("share/extension"))
}
