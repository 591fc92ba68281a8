//! The program itself, serving.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use db::Place;

use crate::measure::milliseconds;

pub(crate) struct Server {
    child: Child,
    pub(crate) base: String,
    pub(crate) start_ms: f64,
}

impl Server {
    pub(crate) async fn start(place: &Place) -> Self {
        let begun = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_danvan"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&place.data).env("DANVAN_LOG", "warn");
        if let Some(url) = &place.database {
            command.args(["--database", url]);
        }
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let base = line.split_whitespace().last().expect("the server says where it listens").to_owned();
        loop {
            match reqwest::get(format!("{base}/sign-in")).await {
                Ok(answer) if answer.status() == 200 => break,
                _ => tokio::time::sleep(Duration::from_millis(1)).await,
            }
        }
        Self { child, base, start_ms: milliseconds(begun) }
    }

    /// What the kernel says of its memory, in megabytes: `VmRSS` now, `VmHWM` at its highest.
    pub(crate) fn memory(&self, line: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let found = status.lines().find_map(|text| text.strip_prefix(line)?.strip_prefix(':'));
        found.and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
    }

    pub(crate) fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
