//! A server process that the runner started: waiting for it, stopping it, or leaving it behind.

use std::fs::File;
use std::net::TcpListener;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, bail};
use rustix::process::Signal;

use crate::{process, processes};

const START_TIMEOUT: Duration = Duration::from_secs(60);
const STOP_TIMEOUT: Duration = Duration::from_secs(10);
const POLL_INTERVAL: Duration = Duration::from_millis(25);

/// Stopped when dropped.
pub struct Server {
    name: &'static str,
    child: Child,
    log: PathBuf,
}

impl Server {
    pub fn start(name: &'static str, command: &mut Command, log: &Path) -> Result<Self> {
        let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file);
        let child = command.spawn().with_context(|| format!("cannot start {name}"))?;
        Ok(Self {
            name,
            child,
            log: log.to_path_buf(),
        })
    }

    /// Waits until the server says it is ready; shows the end of its log when it never does.
    pub fn wait_until_ready(&mut self, mut is_ready: impl FnMut() -> bool) -> Result<()> {
        let started = Instant::now();
        while !is_ready() {
            let ended = self.child.try_wait()?;
            if ended.is_some() || started.elapsed() > START_TIMEOUT {
                let what = ended.map_or("is not ready in time".to_string(), |status| {
                    format!("ended: {status}")
                });
                bail!(
                    "{} {what}; the end of its log:\n{}",
                    self.name,
                    process::tail(&self.log, 30)
                );
            }
            std::thread::sleep(POLL_INTERVAL);
        }
        Ok(())
    }

    pub fn process_id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once, as a crash would.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Forgets the server instead of stopping it.
    pub fn leave_running(self) {
        std::mem::forget(self);
    }

    fn ends_within(&mut self, timeout: Duration) -> bool {
        let started = Instant::now();
        while started.elapsed() < timeout {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return true;
            }
            std::thread::sleep(POLL_INTERVAL);
        }
        false
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Its id may be somebody else's by now.
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        processes::signal(self.child.id(), Signal::INT);
        if !self.ends_within(STOP_TIMEOUT) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Different TCP ports of the loopback address that nobody listens on, and that are given to nobody else while this process
/// lives. They lie below the range from which the kernel picks the ports of outgoing connections, so none of those can take
/// them meanwhile.
pub fn free_ports<const COUNT: usize>() -> Result<[u16; COUNT]> {
    // Runs that start together begin looking in different places.
    let moment = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)?
        .subsec_micros();
    free_ports_from(moment)
}

fn free_ports_from<const COUNT: usize>(step: u32) -> Result<[u16; COUNT]> {
    const FIRST: u32 = 20_000;
    const CANDIDATES: u32 = 12_000;
    let found: Vec<u16> = (step..step + CANDIDATES)
        .map(|step| (FIRST + step % CANDIDATES) as u16)
        .filter(|port| claim(*port) && TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .take(COUNT)
        .collect();
    <[u16; COUNT]>::try_from(found).ok().context("no free TCP port")
}

/// Whether a port is from now on this process's to give. Until a server listens on it nothing else would say so: a socket without
/// a file does, which goes with the process.
fn claim(port: u16) -> bool {
    let name = format!("peer_exchange-port-{port}");
    let claimed = SocketAddr::from_abstract_name(name).and_then(|address| UnixListener::bind_addr(&address));
    claimed.map(std::mem::forget).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_given_once_though_nobody_listens_on_it_yet() {
        let [one] = free_ports_from(500).unwrap();
        let [another] = free_ports_from(500).unwrap();
        assert_ne!(one, another);
    }
}
