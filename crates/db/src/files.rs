//! Files under the hash of what is stored, written before the commit that names them, never changed.

use std::{
    fs::{self, File},
    io::{Read, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::Result;

#[derive(Debug)]
pub struct Files {
    dir: PathBuf,
}

/// A stored file: its name (the SHA-256 of its bytes, in hex) and size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub hash: String,
    pub size: i64,
}

impl Files {
    pub(crate) fn open(dir: &Path) -> Result<Self> {
        fs::create_dir_all(dir.join("new"))?;
        Ok(Self { dir: dir.to_owned() })
    }

    /// Stores what `from` gives: to a temporary file, flushed, then renamed, so that a name is there whole or not at all.
    pub fn put(&self, from: &mut dyn Read) -> Result<Stored> {
        let mut temporary = tempfile::NamedTempFile::new_in(self.dir.join("new"))?;
        let mut hasher = Sha256::new();
        let mut size = 0;
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = from.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            hasher.update(&buffer[..read]);
            temporary.write_all(&buffer[..read])?;
            size += i64::try_from(read).unwrap_or(i64::MAX);
        }
        temporary.as_file().sync_all()?;
        let hash = crate::backup::hex(&hasher.finalize());
        let path = self.path(&hash);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
            temporary.persist(&path).map_err(|failed| failed.error)?;
            File::open(folder)?.sync_all()?;
        }
        Ok(Stored { hash, size })
    }

    pub fn get(&self, hash: &str) -> Result<File> {
        if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(crate::Stop::Missing);
        }
        File::open(self.path(hash)).map_err(|_| crate::Stop::Missing)
    }

    fn path(&self, hash: &str) -> PathBuf {
        self.dir.join(&hash[..2]).join(hash)
    }
}
