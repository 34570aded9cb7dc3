//! What befalls the server during a load.

use anyhow::{Result, ensure};

use super::arena::{self, Arena};
use super::replica::Replica;
use crate::progress::Progress;

pub enum Fate {
    Calm,
    Crashes { left: u32 },
    Failover { replica: Replica, is_over: bool },
}

impl Fate {
    pub fn failover(arena: &mut Arena<'_>, progress: &Progress) -> Result<Self> {
        progress.step("copying the server into a synchronous replica …");
        Ok(Self::Failover {
            replica: Replica::follow(arena)?,
            is_over: false,
        })
    }

    /// How the load reaches the server, whichever it is by then.
    pub fn connection(&self, arena: &Arena<'_>) -> String {
        match self {
            Self::Failover { replica, .. } => arena::connection(&[arena.cluster.port, replica.port]),
            _ => arena::connection(&[arena.cluster.port]),
        }
    }

    /// Called when the load has come to a milestone.
    pub fn strike(&mut self, arena: &mut Arena<'_>, progress: &Progress, milestone: u32) -> Result<()> {
        match self {
            Self::Calm => Ok(()),
            Self::Crashes { left } => {
                // Either way of dying: all at once, or the backends a moment later.
                let alone = milestone % 2 == 1;
                arena.kill(alone)?;
                arena.revive()?;
                *left -= 1;
                progress.step(&format!(
                    "killed the server and started it again, {left} times to go"
                ));
                Ok(())
            }
            Self::Failover { replica, is_over } => {
                arena.kill(false)?;
                replica.promote(arena.tree)?;
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

    /// A load that ended before its fate says nothing.
    pub fn require_fulfilled(&self) -> Result<()> {
        match self {
            Self::Crashes { left } => ensure!(*left == 0, "the load ended {left} crashes too early"),
            Self::Failover { is_over, .. } => ensure!(*is_over, "the load ended before the failover"),
            Self::Calm => {}
        }
        Ok(())
    }
}
