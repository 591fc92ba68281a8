//! Passwords: what may be one, and how it is kept. Hashing is bounded, so that a crowd at the door cannot take the memory.

use std::sync::LazyLock;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use db::{Fault, Result, Stop};
use kernel::{Refusal, text};
use tokio::sync::Semaphore;

/// Shortest and longest, in characters.
const LENGTH: (usize, usize) = (12, 128);

/// Words that half the offices would choose, without marks: taken out, enough of a password must be left. Longer ones first.
const EASY: [&str; 64] = [
    "administrator",
    "abcdefghijkl",
    "qwertyuiop",
    "asdfghjkl",
    "danvankheo",
    "quangninh",
    "thanhhoa",
    "hochiminh",
    "password",
    "passw0rd",
    "iloveyou",
    "quantri",
    "matkhau",
    "welcome",
    "vietnam",
    "haiphong",
    "haiduong",
    "ninhbinh",
    "tuyenquang",
    "football",
    "princess",
    "sunshine",
    "anhyeuem",
    "emyeuanh",
    "zxcvbnm",
    "dangnhap",
    "dangcong",
    "danguy",
    "danvan",
    "hanoi",
    "danang",
    "saigon",
    "canbo",
    "chutich",
    "bithu",
    "letmein",
    "monkey",
    "dragon",
    "master",
    "qwerty",
    "azerty",
    "asdfgh",
    "qazwsx",
    "abc123",
    "abcdef",
    "admin",
    "tinhuy",
    "thanhuy",
    "huyenuy",
    "mattran",
    "tiepdan",
    "congdan",
    "nhandan",
    "phuong",
    "huyen",
    "ubnd",
    "hdnd",
    "mttq",
    "tinh",
    "thon",
    "quan",
    "user",
    "test",
    "abc",
];

/// So many letters other than digits and easy words; fewer could be guessed.
const LEFT: usize = 5;

static TURNS: Semaphore = Semaphore::const_new(4);

/// What is compared with when there is no such account, so that both answers take the same time.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("một mật khẩu không ai dùng").unwrap_or_default());

/// Refuses what is too short, too long or too easy to guess.
pub(crate) fn fit(password: &str, login: &str) -> std::result::Result<(), Refusal> {
    let letters = password.chars().count();
    if letters < LENGTH.0 {
        return Err(Refusal::new("people.password_short").with("min", LENGTH.0).at("password"));
    }
    if letters > LENGTH.1 {
        return Err(Refusal::new("people.password_long").with("max", LENGTH.1).at("password"));
    }
    if is_easy(password, login) { Err(Refusal::new("people.password_easy").at("password")) } else { Ok(()) }
}

fn is_easy(password: &str, login: &str) -> bool {
    let mut left: String = text::fold(password).chars().filter(|c| c.is_alphanumeric()).collect();
    let own = text::words(login);
    for word in own.iter().map(String::as_str).filter(|word| word.len() > 2).chain(EASY) {
        left = left.replace(word, "");
    }
    left.retain(|c| !c.is_ascii_digit());
    let different: std::collections::HashSet<char> = left.chars().collect();
    different.len() < LEFT
}

/// Argon2id at the cost of ASVS 5.0, appendix C: 19 MiB, two passes.
fn argon() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash_now(password: &str) -> Result<String> {
    let hash = argon().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| Stop::Fault(Fault::new(format!("hashing a password: {error}"))))
}

pub(crate) async fn hash(password: &str) -> Result<String> {
    let password = password.to_owned();
    in_turn(move || hash_now(&password)).await?
}

/// Whether the password is the one kept; with nobody's hash it takes as long and is not.
pub(crate) async fn matches(password: &str, kept: Option<String>) -> Result<bool> {
    let password = password.to_owned();
    in_turn(move || {
        let known = kept.is_some();
        let kept = kept.unwrap_or_else(|| NOBODY.clone());
        let right =
            PasswordHash::new(&kept).is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok());
        right && known
    })
    .await
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _turn = TURNS.acquire().await.map_err(|error| Fault::from_source("waiting for a turn to hash", error))?;
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Fault::from_source("hashing a password", error).into())
}
