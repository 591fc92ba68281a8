//! How often the public doors may be knocked at, by one address and by all together. Counts stand in memory, in a table of fixed size, by a
//! keyed hash: no address is kept.

use std::{
    hash::{BuildHasher as _, RandomState},
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;

/// A public door, with its measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// A letter to the sealed intake.
    Letter,
    /// A look-up by receipt: each one is a guess.
    Receipt,
}

/// Two addresses may share a place: then they share its measure.
const PLACES: usize = 4096;
const WINDOW: i64 = 3_600;

impl Door {
    /// (by one address, by all) within the window.
    const fn measure(self) -> (u32, u32) {
        match self {
            Self::Letter => (20, 600),
            Self::Receipt => (40, 4_000),
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    window: i64,
    knocks: u32,
}

impl Count {
    fn knock(&mut self, window: i64, most: u32) -> bool {
        if self.window != window {
            *self = Self { window, knocks: 0 };
        }
        self.knocks = self.knocks.saturating_add(1);
        self.knocks <= most
    }
}

#[derive(Debug)]
pub(crate) struct Gate {
    key: RandomState,
    letters: Mutex<Vec<Count>>,
    receipts: Mutex<Vec<Count>>,
}

impl Default for Gate {
    fn default() -> Self {
        // The last place counts everybody.
        let table = || Mutex::new(vec![Count::default(); PLACES + 1]);
        Self { key: RandomState::new(), letters: table(), receipts: table() }
    }
}

impl Gate {
    /// Counts a knock; when it was one too many, the seconds until the door may be tried again.
    pub(crate) fn knock(&self, door: Door, address: Option<IpAddr>, now: Timestamp) -> Result<(), u32> {
        let (one, all) = door.measure();
        let seconds = now.as_second();
        let window = seconds.div_euclid(WINDOW);
        let table = match door {
            Door::Letter => &self.letters,
            Door::Receipt => &self.receipts,
        };
        let mut table = table.lock().unwrap_or_else(PoisonError::into_inner);
        let own = address.is_none_or(|address| table[self.place(address)].knock(window, one));
        // Whoever is turned away does not use up what others have.
        let open = own && table[PLACES].knock(window, all);
        if open { Ok(()) } else { Err(u32::try_from(WINDOW - seconds.rem_euclid(WINDOW)).unwrap_or(1)) }
    }

    /// A household's IPv6 addresses share their first half.
    fn place(&self, address: IpAddr) -> usize {
        let hash = match address {
            IpAddr::V4(address) => self.key.hash_one(address.octets()),
            IpAddr::V6(address) => self.key.hash_one(&address.octets()[..8]),
        };
        usize::try_from(hash % PLACES as u64).unwrap_or_default()
    }
}
