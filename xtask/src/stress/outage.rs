//! What happens to the server during a load: nothing, crashes or a failover.

use anyhow::{Result, ensure};

use super::replica::Replica;
use super::stress_server::{self, StressServer};
use crate::progress::Progress;

pub enum Outage {
    None,
    Crashes { left: u32 },
    Failover { replica: Replica, is_over: bool },
}

impl Outage {
    pub fn failover(server: &mut StressServer<'_>, progress: &Progress) -> Result<Self> {
        progress.step("copying the server into a synchronous replica …");
        Ok(Self::Failover {
            replica: Replica::follow(server)?,
            is_over: false,
        })
    }

    /// How the load reaches the server, whichever it is by then.
    pub fn connection(&self, server: &StressServer<'_>) -> String {
        match self {
            Self::Failover { replica, .. } => stress_server::connection(&[server.cluster.port, replica.port]),
            _ => stress_server::connection(&[server.cluster.port]),
        }
    }

    /// Called when the load has come to a milestone.
    pub fn strike(
        &mut self,
        server: &mut StressServer<'_>,
        progress: &Progress,
        milestone: u32,
    ) -> Result<()> {
        match self {
            Self::None => Ok(()),
            Self::Crashes { left } => {
                // Both ways to die: all at once, or the backends a moment later.
                let alone = milestone % 2 == 1;
                server.kill(alone)?;
                server.restart()?;
                *left -= 1;
                progress.step(&format!("killed and restarted the server, {left} times to go"));
                Ok(())
            }
            Self::Failover { replica, is_over } => {
                server.kill(false)?;
                replica.promote(server.tree)?;
                *is_over = true;
                progress.step("killed the first server and promoted the second");
                Ok(())
            }
        }
    }

    /// How many milestones the load has to announce.
    pub fn milestones(crashes: u32, failover: bool) -> u32 {
        if failover { 1 } else { crashes }
    }

    /// A load that ended before its outages proves nothing.
    pub fn require_complete(&self) -> Result<()> {
        match self {
            Self::Crashes { left } => ensure!(*left == 0, "the load ended {left} crashes too early"),
            Self::Failover { is_over, .. } => ensure!(*is_over, "the load ended before the failover"),
            Self::None => {}
        }
        Ok(())
    }
}
