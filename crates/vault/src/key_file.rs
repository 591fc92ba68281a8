//! The instance key file: the master keys that wrap the records' keys, and the seed that signs the seals. Readable by its owner only.

use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use data_encoding::BASE64;
use db::{Result, Stop};
use kernel::Refusal;
use timeline::SigningKey;
use zeroize::{Zeroize, Zeroizing};

pub(crate) type Secret = Zeroizing<[u8; 32]>;

const FIRST_LINE: &str = "danvan instance key 1";
const ADVICE: &str =
    "# Keep secret. Keep a copy apart from the database's copies: without this file no private field can be read.";

/// Nothing of it is ever shown: `Debug` names the numbers only.
pub(crate) struct Keys {
    /// By number, ascending; the last wraps new keys.
    masters: Vec<(i64, Secret)>,
    pub(crate) seal: SigningKey,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<i64> = self.masters.iter().map(|(number, _)| *number).collect();
        f.debug_struct("Keys").field("masters", &numbers).finish_non_exhaustive()
    }
}

/// Secrets come from the operating system and from nowhere else.
pub(crate) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut_slice())
        .map_err(|source| Stop::fault(format!("asking the operating system for random bytes: {source}")))?;
    Ok(bytes)
}

impl Keys {
    pub(crate) fn random() -> Result<Self> {
        Ok(Self { masters: vec![(1, random()?)], seal: SigningKey::from_bytes(&*random::<32>()?) })
    }

    pub(crate) fn master(&self, number: i64) -> Option<&Secret> {
        self.masters.iter().find(|(known, _)| *known == number).map(|(_, key)| key)
    }

    pub(crate) fn newest(&self) -> (i64, &Secret) {
        let (number, key) = self.masters.last().expect("a key file is read and made with at least one master key");
        (*number, key)
    }

    pub(crate) fn turned(mut self) -> Result<Self> {
        self.masters.push((self.newest().0 + 1, random()?));
        Ok(self)
    }

    pub(crate) fn newest_only(mut self) -> Self {
        self.masters.drain(..self.masters.len() - 1);
        self
    }

    pub(crate) fn read(file: &Path) -> Result<Self> {
        let refuse = |key| Refusal::new(key).with("file", file.display());
        let opened = match fs::metadata(file) {
            Ok(metadata) => metadata,
            Err(missing) if missing.kind() == ErrorKind::NotFound => return Err(refuse("vault.key_missing").into()),
            Err(other) => return Err(other.into()),
        };
        let mode = opened.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(refuse("vault.key_open_to_others").with("mode", format!("{mode:04o}")).into());
        }
        let text = Zeroizing::new(fs::read_to_string(file)?);
        Self::parse(&text).ok_or_else(|| refuse("vault.key_unreadable").into())
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        if lines.next()? != FIRST_LINE {
            return None;
        }
        let mut masters: Vec<(i64, Secret)> = Vec::new();
        let mut seal = None;
        for line in lines {
            match line.split(' ').collect::<Vec<_>>()[..] {
                ["master", number, key] => masters.push((number.parse().ok()?, secret(key)?)),
                ["seal", key] if seal.is_none() => seal = Some(SigningKey::from_bytes(&*secret(key)?)),
                _ => return None,
            }
        }
        let ascending = masters.windows(2).all(|pair| pair[0].0 < pair[1].0);
        (ascending && !masters.is_empty()).then_some(Self { masters, seal: seal? })
    }

    fn text(&self) -> Zeroizing<String> {
        // Grown beforehand: a string that moves leaves its old place unwiped.
        let mut text = Zeroizing::new(String::with_capacity(256 + 80 * self.masters.len()));
        text.push_str(FIRST_LINE);
        text.push('\n');
        text.push_str(ADVICE);
        text.push('\n');
        for (number, key) in &self.masters {
            text.push_str("master ");
            text.push_str(&number.to_string());
            text.push(' ');
            BASE64.encode_append(key.as_slice(), &mut text);
            text.push('\n');
        }
        text.push_str("seal ");
        let mut seed = self.seal.to_bytes();
        BASE64.encode_append(&seed, &mut text);
        seed.zeroize();
        text.push('\n');
        text
    }

    pub(crate) fn write_new(&self, file: &Path) -> Result<()> {
        let whole = self.write_beside(file)?;
        // A link, unlike a rename, never replaces a key file that is there.
        let linked = fs::hard_link(&whole, file);
        fs::remove_file(&whole)?;
        match linked {
            Err(there) if there.kind() == ErrorKind::AlreadyExists => {
                Err(Refusal::new("vault.key_exists").with("file", file.display()).into())
            }
            other => Ok(other.and_then(|()| settle(file))?),
        }
    }

    pub(crate) fn write_over(&self, file: &Path) -> Result<()> {
        let whole = self.write_beside(file)?;
        fs::rename(whole, file)?;
        Ok(settle(file)?)
    }

    /// Writes the whole file under another name, so that a crash leaves the old one or the new one, never a part.
    fn write_beside(&self, file: &Path) -> Result<std::path::PathBuf> {
        let whole = file.with_extension("key.new");
        match fs::remove_file(&whole) {
            Err(other) if other.kind() != ErrorKind::NotFound => return Err(other.into()),
            _ => {}
        }
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut new = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&whole)?;
        new.write_all(self.text().as_bytes())?;
        new.sync_all()?;
        Ok(whole)
    }
}

fn settle(file: &Path) -> std::io::Result<()> {
    file.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

fn secret(text: &str) -> Option<Secret> {
    let bytes = Zeroizing::new(BASE64.decode(text.as_bytes()).ok()?);
    let mut key = Secret::default();
    (bytes.len() == key.len()).then(|| key.copy_from_slice(&bytes))?;
    Some(key)
}
