//! Postgres: the one that is installed, a private copy of it with our extension, and a cluster.

mod cluster;
mod installation;
mod private_tree;

pub use cluster::Cluster;
pub use installation::{Installation, MAJOR_VERSION};
pub use private_tree::PrivateTree;
