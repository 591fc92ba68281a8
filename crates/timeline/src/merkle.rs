//! The tree of hashes over the entries of a seal (RFC 6962, section 2.1), so that one entry is proved without showing the others.

use sha2::{Digest, Sha256};

use crate::Hash;

/// Leaves and nodes are hashed under different prefixes: a node can never be passed off as a leaf.
pub(crate) fn leaf(entry: &[u8]) -> Hash {
    Sha256::new_with_prefix([0]).chain_update(entry).finalize().into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new_with_prefix([1]).chain_update(left).chain_update(right).finalize().into()
}

/// A tree that grows leaf by leaf and keeps only the roots of its full subtrees.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    subtrees: Vec<(u32, Hash)>,
    pub(crate) size: i64,
}

impl Tree {
    pub(crate) fn push(&mut self, entry: &[u8]) {
        let (mut height, mut hash) = (0, leaf(entry));
        while let Some((_, left)) = self.subtrees.pop_if(|(other, _)| *other == height) {
            hash = node(&left, &hash);
            height += 1;
        }
        self.subtrees.push((height, hash));
        self.size += 1;
    }

    pub(crate) fn root(&self) -> Hash {
        let mut subtrees = self.subtrees.iter().rev().map(|(_, hash)| *hash);
        let Some(last) = subtrees.next() else { return Sha256::digest([]).into() };
        subtrees.fold(last, |right, left| node(&left, &right))
    }
}

pub(crate) fn root<T: AsRef<[u8]>>(entries: &[T]) -> Hash {
    let mut tree = Tree::default();
    for entry in entries {
        tree.push(entry.as_ref());
    }
    tree.root()
}

/// The hashes that lead from an entry to the root, lowest first.
pub(crate) fn path<T: AsRef<[u8]>>(place: usize, entries: &[T]) -> Vec<Hash> {
    if entries.len() < 2 {
        return Vec::new();
    }
    // The left subtree is the largest full one that leaves something for the right.
    let (left, right) = entries.split_at(entries.len().next_power_of_two() / 2);
    let (mut path, beside) = if place < left.len() {
        (path(place, left), root(right))
    } else {
        (path(place - left.len(), right), root(left))
    };
    path.push(beside);
    path
}

/// The root that an entry at that place of so many leads to by that path; none when the path does not fit.
pub(crate) fn root_by(entry: &[u8], place: usize, size: usize, path: &[Hash]) -> Option<Hash> {
    fn climb(entry: &[u8], place: usize, size: usize, path: &[Hash]) -> Option<Hash> {
        if size < 2 {
            return path.is_empty().then(|| leaf(entry));
        }
        let (beside, below) = path.split_last()?;
        let left = size.next_power_of_two() / 2;
        if place < left {
            Some(node(&climb(entry, place, left, below)?, beside))
        } else {
            Some(node(beside, &climb(entry, place - left, size - left, below)?))
        }
    }
    if place < size { climb(entry, place, size, path) } else { None }
}
