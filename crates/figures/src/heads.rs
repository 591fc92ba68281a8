//! Which posts were held: the book of posts, as coverage asks it.

use std::sync::Arc;

use calendar::Window;
use people::PostBook;
use records::House;

use crate::{Head, Heads};

/// The posts of a running server, and the tree that says which of their bodies still stand.
pub struct Held {
    pub posts: Arc<PostBook>,
    pub house: Arc<House>,
}

impl Heads for Held {
    fn heads(&self, posts: &[String], window: Window) -> Vec<Head> {
        let snapshot = self.house.now();
        let tree = &snapshot.tree;
        let mut kinds: Vec<String> = posts.to_vec();
        if posts.iter().any(|post| post == "head") {
            kinds.extend(tree.kinds().posts.iter().filter(|post| post.head).map(|post| post.id.clone()));
        }
        let at = tree.at(window.to);
        let found = self.posts.now().held_within(&kinds, window.from, window.to).into_iter();
        // A post of a body that is no more is not vacant: it is gone.
        found
            .filter(|(unit, _, held)| *held || at.exists(*unit))
            .map(|(unit, post, held)| Head { unit, post, held })
            .collect()
    }
}
