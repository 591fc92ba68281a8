//! Key pairs: what is sealed to a public key only its private half opens (HPKE, RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305).

use db::{Result, Stop};
use hpke::{
    Deserializable as _, Kem as _, OpModeR, OpModeS, Serializable as _, aead::ChaCha20Poly1305, kdf::HkdfSha256,
    kem::X25519HkdfSha256,
};
use zeroize::Zeroizing;

use crate::key_file::{Secret, random};

type Kem = X25519HkdfSha256;

const INFO: &[u8] = b"danvan sealed 1";
/// The length of what precedes the sealed text: the sender's one-time public key.
const ENCAPSULATED: usize = 32;

/// Anyone may have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(pub [u8; 32]);

/// Never shown, wiped when dropped.
pub struct PrivateKey(pub(crate) Secret);

impl PublicKey {
    pub fn read(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Seals for the owner of the private half, bound to its place: it opens nowhere else.
    pub fn seal(&self, place: &[u8], plaintext: &[u8]) -> Result<Vec<u8>> {
        let fault = |error| Stop::fault(format!("sealing to a public key: {error}"));
        let key = <Kem as hpke::Kem>::PublicKey::from_bytes(&self.0).map_err(fault)?;
        let (encapsulated, sealed) =
            hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, Kem>(&OpModeS::Base, &key, INFO, plaintext, place)
                .map_err(fault)?;
        Ok([encapsulated.to_bytes().as_slice(), &sealed].concat())
    }

    /// A short mark by which people compare two copies of a key.
    pub fn mark(&self) -> String {
        use sha2::Digest as _;
        let hash = sha2::Sha256::digest(self.0);
        let text = data_encoding::HEXLOWER.encode(&hash[..10]);
        text.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect::<Vec<_>>().join(" ")
    }
}

impl PrivateKey {
    pub fn random() -> Result<Self> {
        let (private, _) = Kem::derive_keypair(random::<32>()?.as_slice());
        let mut bytes = Secret::default();
        bytes.copy_from_slice(&private.to_bytes());
        Ok(Self(bytes))
    }

    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut key = Secret::default();
        (bytes.len() == key.len()).then(|| key.copy_from_slice(bytes))?;
        Some(Self(key))
    }

    fn key(&self) -> Result<<Kem as hpke::Kem>::PrivateKey> {
        <Kem as hpke::Kem>::PrivateKey::from_bytes(self.0.as_slice())
            .map_err(|error| Stop::fault(format!("reading a private key: {error}")))
    }

    pub fn public(&self) -> Result<PublicKey> {
        let bytes = Kem::sk_to_pk(&self.key()?).to_bytes();
        PublicKey::read(&bytes).ok_or_else(|| Stop::fault("a public key of the wrong length"))
    }

    /// Fails for what was sealed to another key, stood elsewhere, or was changed.
    pub fn open(&self, place: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let refuse = || Stop::fault("opening what is sealed: it was sealed to another key, or stood elsewhere");
        let (encapsulated, sealed) = sealed.split_first_chunk::<ENCAPSULATED>().ok_or_else(refuse)?;
        let encapsulated = <Kem as hpke::Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| refuse())?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Kem>(
            &OpModeR::Base,
            &self.key()?,
            &encapsulated,
            INFO,
            sealed,
            place,
        )
        .map(Zeroizing::new)
        .map_err(|_| refuse())
    }
}
