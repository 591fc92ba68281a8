//! The faces: signing in and out, the seat in use, one's own account; people, their seats and the holders of posts.

mod own;
mod person;
mod posts;
mod register;
mod sign;

use std::sync::Arc;

use web::{OPEN, Routes, paths};

use crate::{posts::PostBook, seats::TreeSource};

/// An account of the demo, shown at its door.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    pub login: String,
    pub password: String,
    pub what: String,
}

/// What these pages work with.
pub struct Room {
    pub tree: TreeSource,
    pub posts: Arc<PostBook>,
    pub demo: Vec<DemoAccount>,
}

pub fn routes() -> Routes {
    Routes::new()
        .get(paths::SIGN_IN, OPEN, sign::ask)
        .post(paths::SIGN_IN, OPEN, sign::sign_in)
        .post(paths::SIGN_OUT, "account.sign_out", sign::sign_out)
        .get("/invitation/{token}", OPEN, sign::invited)
        .post("/invitation/{token}", OPEN, sign::accept)
        .post(paths::SEAT, "account.seat", own::take_seat)
        .get(paths::ACCOUNT, "account.see", own::account)
        .post("/account/password", "account.password", own::password)
        .post("/account/sessions/end", "account.sessions", own::end_session)
        .get("/people", "people.list", register::list)
        .post("/people", "people.add", register::add)
        .get("/people/{account}", "people.see", person::one)
        .post("/people/{account}/seat", "people.seat", person::seat)
        .post("/people/{account}/seat/end", "people.end_seat", person::end_seat)
        .post("/people/{account}/invite", "people.invite", person::invite)
        .post("/people/{account}/disable", "people.disable", person::disable)
        .get("/posts", "post.list", posts::list)
        .post("/posts", "post.enter", posts::enter)
        .post("/posts/end", "post.end", posts::end)
}
