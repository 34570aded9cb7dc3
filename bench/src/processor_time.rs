//! What a connection's server process has spent on a processor, as the kernel counts it.

use std::fs;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tokio_postgres::Client;

/// A process that works for us goes to sleep within microseconds of its answer.
const MOST_GLANCES: u32 = 10_000;
const BETWEEN_GLANCES: Duration = Duration::from_micros(100);
const ASLEEP: &str = "S";

/// The process of the server that serves one connection.
#[derive(Debug, Clone, Copy)]
pub struct Backend {
    process_id: i32,
}

impl Backend {
    /// The kernel tells it of processes of its own machine alone.
    pub async fn of(client: &Client) -> Result<Self> {
        let process_id: i32 = client.query_one("select pg_backend_pid()", &[]).await?.get(0);
        let backend = Self { process_id };
        let name = backend.read("comm")?;
        ensure!(
            name.trim() == "postgres",
            "process {process_id} of this machine is {}, not a server's: the benchmark has to run where the server does",
            name.trim()
        );
        Ok(backend)
    }

    /// Since the process began, in microseconds. It must have nothing to do: what is still running has not been
    /// counted yet.
    pub fn processor_us(self) -> Result<f64> {
        self.wait_until_asleep()?;
        let text = self.read("schedstat")?;
        let nanoseconds = nanoseconds(&text).with_context(|| format!("schedstat says {text:?}"))?;
        ensure!(
            nanoseconds > 0,
            "this kernel does not count the processor time of processes (schedstat is all zeros)"
        );
        Ok(nanoseconds as f64 / 1_000.0)
    }

    fn wait_until_asleep(self) -> Result<()> {
        for _ in 0..MOST_GLANCES {
            if state(&self.read("stat")?) == Some(ASLEEP) {
                return Ok(());
            }
            thread::sleep(BETWEEN_GLANCES);
        }
        bail!("process {} is busy without having been asked", self.process_id)
    }

    fn read(self, file: &str) -> Result<String> {
        let path = format!("/proc/{}/{file}", self.process_id);
        fs::read_to_string(&path).with_context(|| {
            format!("{path} can't be read: processor time needs Linux, and the server on this machine")
        })
    }
}

/// The first of three numbers: time on a processor. The others are waiting for one, and how often it got one.
fn nanoseconds(schedstat: &str) -> Option<u64> {
    schedstat.split_whitespace().next()?.parse().ok()
}

/// It follows the name, which stands in brackets and may contain anything.
fn state(stat: &str) -> Option<&str> {
    let (_, after_name) = stat.rsplit_once(')')?;
    after_name.split_whitespace().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_is_the_time_on_a_processor() {
        assert_eq!(nanoseconds("879979 266052 2\n"), Some(879_979));
        assert_eq!(nanoseconds(""), None);
    }

    #[test]
    fn a_name_with_brackets_does_not_hide_the_state() {
        assert_eq!(state("4711 (postgres: a (b) c) S 1 4711"), Some("S"));
    }
}
