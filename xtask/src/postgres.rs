//! Postgres: which one is wanted, the one that is installed, a private copy of it with our extension,
//! and a cluster.

mod cluster;
mod edition;
mod installation;
mod private_tree;
mod version;

pub use cluster::{Cluster, DATA, SUPERUSER};
pub use edition::{Edition, Editions};
pub use installation::Installation;
pub use private_tree::{PrivateTree, VERSION, below, package_extension};
pub use version::Version;
