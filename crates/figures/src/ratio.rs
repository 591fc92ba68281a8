//! Exact quotients, so that 95 % is 95 % and not a little less.

use std::cmp::Ordering;

/// A quotient of integers; the lower side is positive.
#[derive(Clone, Copy, Debug, Eq)]
pub struct Ratio {
    pub over: i128,
    pub under: i128,
}

impl Ratio {
    pub fn whole(n: i64) -> Self {
        Self { over: n.into(), under: 1 }
    }

    /// None over zero.
    pub fn new(over: i128, under: i128) -> Option<Self> {
        match under.cmp(&0) {
            Ordering::Equal => None,
            Ordering::Greater => Some(Self { over, under }.reduced()),
            Ordering::Less => Some(Self { over: -over, under: -under }.reduced()),
        }
    }

    fn reduced(self) -> Self {
        let (mut a, mut b) = (self.over.unsigned_abs(), self.under.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let by = i128::try_from(a.max(1)).unwrap_or(1);
        Self { over: self.over / by, under: self.under / by }
    }

    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { over: self.over * other.under + other.over * self.under, under: self.under * other.under }.reduced()
    }

    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.plus(Self { over: -other.over, under: other.under })
    }

    #[must_use]
    pub fn times(self, other: Self) -> Self {
        Self { over: self.over * other.over, under: self.under * other.under }.reduced()
    }

    pub fn by(self, other: Self) -> Option<Self> {
        Self::new(self.over * other.under, self.under * other.over)
    }

    /// Rounded half up to steps of 10^-`places`.
    pub fn rounded(self, places: u32, truncate: bool) -> i64 {
        let scaled = self.over * 10_i128.pow(places);
        let value = if truncate { scaled / self.under } else { (2 * scaled + self.under).div_euclid(2 * self.under) };
        i64::try_from(value).unwrap_or(i64::MAX)
    }

    /// A number written by hand in a definition: exact to a millionth.
    #[expect(clippy::cast_possible_truncation, reason = "bars of targets are small numbers")]
    pub fn written(number: f64) -> Self {
        Self { over: (number * 1e6).round() as i128, under: 1_000_000 }.reduced()
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.over * other.under == other.over * self.under
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.over * other.under).cmp(&(other.over * self.under))
    }
}
