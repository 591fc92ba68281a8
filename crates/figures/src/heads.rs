//! Heads of bodies, as the posts of people know them.

use calendar::Window;
use people::{PostBook, Posts};

use crate::study::{Head, Heads};

impl Heads for Posts {
    fn heads(&self, posts: &[String], window: Window) -> Vec<Head> {
        let held = self.held_within(posts, window.from, window.to);
        held.into_iter().map(|(unit, post, held)| Head { unit, post, held }).collect()
    }
}

impl Heads for PostBook {
    fn heads(&self, posts: &[String], window: Window) -> Vec<Head> {
        self.now().heads(posts, window)
    }
}
