//! Whether one sender wrote twice, without opening who it was: a keyed mark of name and identity number, within one book.

use db::{Result, Tx};
use zeroize::Zeroizing;

use crate::{
    Vault,
    key_file::Secret,
    sealing::derived,
    store::sender::{self as store, ALIKE},
};

const MARK: &[u8] = b"danvan sender mark 1";

impl Vault {
    /// Marks who sent a record, in a book: nobody without the key file tries names against it, and it says nothing across books.
    /// Without both a name and a number there is none: a name alone is many people's.
    pub async fn mark_sender(&self, tx: &mut Tx, book: &str, record: i64, name: &str, number: &str) -> Result<()> {
        let name = Zeroizing::new(kernel::text::fold(&kernel::text::tidy(name)));
        let number = number.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase());
        let number = Zeroizing::new(number.collect::<String>());
        if name.is_empty() || number.is_empty() {
            return store::remove(tx, record).await;
        }
        let key: Secret = derived(&Zeroizing::new(self.seal_key().to_bytes()), MARK);
        let said = [book.as_bytes(), b"\0", name.as_bytes(), b"\0", number.as_bytes()].concat();
        let mark = derived(&key, &Zeroizing::new(said));
        store::save(tx, record, mark.as_slice()).await
    }

    /// Records of the same book that the same person sent, the newest first.
    pub async fn same_sender(&self, tx: &mut Tx, record: i64) -> Result<Vec<i64>> {
        store::alike(tx, record, ALIKE).await
    }
}
