//! What the demo and the test suites run on: the extension built into a private Postgres, and a
//! running cluster of it.

use std::path::Path;

use anyhow::Result;

use crate::postgres::{Cluster, PrivateTree};
use crate::progress::Progress;
use crate::provision::Tools;
use crate::server_user::{Lifetime, ServerUser};
use crate::workspace::Workspace;

pub struct Stage {
    pub tree: PrivateTree,
    pub cluster: Cluster,
}

impl Stage {
    /// Builds and starts everything inside `directory`.
    pub fn set_up(
        workspace: &Workspace,
        tools: &Tools,
        progress: &Progress,
        directory: &Path,
        lifetime: Lifetime,
        release: bool,
    ) -> Result<Self> {
        progress.step("building the extension (the first time takes two or three minutes) …");
        let tree = PrivateTree::build(workspace, tools, &directory.join("postgres"), release)?;
        progress.step(&format!("starting {} …", tools.installation.edition));
        let cluster = Cluster::start(&tree, directory, ServerUser::detect()?, lifetime)?;
        Ok(Self { tree, cluster })
    }
}
