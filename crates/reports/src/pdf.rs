//! The words of a PDF that somebody handed in. Such a file is read by a process of its own, with bounds on its memory, its time and
//! its answer and with no secret in its reach: what a hostile file breaks is that process.

use std::{
    io::{Read, Write},
    process::Stdio,
    time::Duration,
};

use db::{Result, Stop};
use kernel::Refusal;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::Command,
};

/// Turns a PDF into the text of its pages; `None` where the file cannot be read.
pub type Reader = fn(&[u8]) -> Result<Option<Vec<String>>>;

/// The command of the program that reads one PDF.
const COMMAND: &str = "read-pdf";

/// Of the reading process and whatever it starts: kibibytes of address space, seconds of computing, no core file.
const BOUNDS: &str = r#"ulimit -v "$1"; ulimit -t "$2"; ulimit -c 0; shift 2; exec "$@""#;
const MEMORY_MB: u64 = 1024;
const SECONDS: u64 = 30;

/// Until the reading process is ended, however little it computes.
const LONGEST: Duration = Duration::from_mins(1);

/// Bytes of an answer: some ten thousand pages of text.
const MOST: u64 = 32 << 20;

/// In this process: for what the program wrote itself.
pub fn here(bytes: &[u8]) -> Result<Option<Vec<String>>> {
    let read = std::panic::catch_unwind(|| pdf_extract::extract_text_from_mem_by_pages(bytes));
    Ok(read.ok().and_then(std::result::Result::ok))
}

/// In a process apart. Blocks: call it from a thread that may.
///
/// # Errors
///
/// Refused with `reports.copy_out_of_bounds` where the file breaks a bound.
pub fn apart(bytes: &[u8]) -> Result<Option<Vec<String>>> {
    let program = std::env::current_exe()?;
    let program = program.to_str().ok_or_else(|| Stop::fault("a path of the program that is text"))?;
    let said = tokio::runtime::Handle::current().block_on(bounded(&[program, COMMAND], bytes, LONGEST))?;
    Ok(serde_json::from_slice(&said)?)
}

/// What a command answers to an input, within the bounds.
///
/// # Errors
///
/// Refused with `reports.copy_out_of_bounds` where it fails, runs longer or answers more than it may.
pub async fn bounded(command: &[&str], input: &[u8], longest: Duration) -> Result<Vec<u8>> {
    let mut child = Command::new("/bin/sh")
        .args(["-c", BOUNDS, "sh"])
        .args([MEMORY_MB * 1024, SECONDS].map(|bound| bound.to_string()))
        .args(command)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Stop::fault("the pipes of a reading process"));
    };
    let write = async move {
        // One that ends before it has read everything has its reasons; its answer tells.
        drop(stdin.write_all(input).await);
    };
    let read = async {
        let mut said = Vec::new();
        stdout.take(MOST + 1).read_to_end(&mut said).await.map(|_| said)
    };
    let work = async {
        let ((), said) = tokio::join!(write, read);
        let said = said?;
        if said.len() as u64 > MOST {
            return Ok(None);
        }
        let ended = child.wait().await?;
        Ok(ended.success().then_some(said))
    };
    match tokio::time::timeout(longest, work).await {
        Ok(Err(stop)) => Err(stop),
        Ok(Ok(Some(said))) => Ok(said),
        Ok(Ok(None)) | Err(_) => Err(Refusal::new("reports.copy_out_of_bounds")
            .with("seconds", SECONDS)
            .with("memory", MEMORY_MB)
            .at("file")
            .into()),
    }
}

/// The reading process itself: a PDF comes in, its pages go out as JSON, `null` where it cannot be read.
pub fn serve(mut from: impl Read, mut to: impl Write) -> Result<()> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    serde_json::to_writer(&mut to, &here(&bytes)?)?;
    Ok(to.flush()?)
}
