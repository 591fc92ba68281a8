//! Accounts, their seats, sessions and tokens; posts and their holders by date; and the one place that decides who may do what.

mod access;
mod account;
mod feed;
mod pages;
mod password;
mod posts;
mod seats;
mod store;

pub use access::{Reading, Rights, allows, reading};
pub use account::{Invitation, add, choose_first, invite, is_own_password, renew_password, sign_in, token};
pub use feed::{address, address_hash, calendar_address, calendar_reader, reader};
pub use pages::{DemoAccount, Room, routes};
pub use posts::{Holder, PostBook, Posts, enter as enter_holders};
pub use seats::{Registry, TreeSource, role_label};
pub use store::{Account, account_of, names, seated, units_in_use};

#[cfg(test)]
mod tests;
