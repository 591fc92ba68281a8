//! Where files wait while they arrive: small ones in memory, larger ones on the disk under a key that is in memory only, so that
//! what was sent never lies on the disk as it is.

use std::{
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

use chacha20::{
    ChaCha20,
    cipher::{KeyIvInit as _, StreamCipher as _, StreamCipherSeek as _},
};
use tempfile::SpooledTempFile;

/// Files up to this size stay in memory.
const IN_MEMORY: usize = 256 * 1024;

/// Gone, and unreadable, when it is dropped.
pub(crate) struct Spool {
    content: SpooledTempFile,
    cipher: ChaCha20,
    at: u64,
}

impl std::fmt::Debug for Spool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Spool").field("at", &self.at).finish_non_exhaustive()
    }
}

impl Spool {
    pub(crate) fn new(folder: &Path) -> Self {
        // One key for one file, so the nonce may stand still.
        let key = crate::csrf::random();
        let cipher = ChaCha20::new(&key.into(), &[0; 12].into());
        Self { content: tempfile::spooled_tempfile_in(IN_MEMORY, folder), cipher, at: 0 }
    }

    fn turn(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        self.cipher.try_seek(self.at).map_err(io::Error::other)?;
        self.cipher.try_apply_keystream(bytes).map_err(io::Error::other)?;
        self.at += bytes.len() as u64;
        Ok(())
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut turned = bytes.to_vec();
        self.turn(&mut turned)?;
        self.content.write_all(&turned)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.content.flush()
    }
}

impl Read for Spool {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.content.read(bytes)?;
        self.turn(&mut bytes[..read])?;
        Ok(read)
    }
}

impl Seek for Spool {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.content.seek(to)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On the disk nothing of it can be found; read back it is the same.
    #[test]
    fn what_waits_on_the_disk_cannot_be_read_there() {
        let folder = tempfile::tempdir().unwrap();
        let sent: Vec<u8> = b"Nguyen Thi Canary ".iter().copied().cycle().take(IN_MEMORY + 4_321).collect();
        let mut spool = Spool::new(folder.path());
        for piece in sent.chunks(7_919) {
            spool.write_all(piece).unwrap();
        }
        assert!(spool.content.is_rolled(), "it is on the disk");
        let mut raw = Vec::new();
        spool.content.rewind().unwrap();
        spool.content.read_to_end(&mut raw).unwrap();
        assert_eq!(raw.len(), sent.len());
        assert!(!raw.windows(6).any(|six| six == b"Canary"));
        spool.rewind().unwrap();
        let mut back = Vec::new();
        spool.read_to_end(&mut back).unwrap();
        assert_eq!(back, sent);
        spool.seek(SeekFrom::Start(200_001)).unwrap();
        let mut few = [0; 9];
        spool.read_exact(&mut few).unwrap();
        assert_eq!(few, sent[200_001..200_010]);
    }
}
