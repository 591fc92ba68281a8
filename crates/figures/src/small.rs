//! Small cells: what is public hides counts below five, and as many others as it takes that no sum gives them away.

/// From here on a count may be shown.
pub const LEAST: i64 = 5;

/// A table of counts with its sums: each row's, each column's, and of all. `None` is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Rows of cells, the last of each its sum; the last row the sums of the columns.
    pub rows: Vec<Vec<Option<i64>>>,
}

/// Hides what must be hidden. Zero is shown: that there is nobody tells of nobody. Rows are of one length.
///
/// Someone who sees the rest and can add must still think it possible that a hidden small count is [`LEAST`] or more; where that fails,
/// the smallest count beside it is hidden too, and at last the sum.
pub fn suppress(cells: &[Vec<i64>]) -> Shown {
    let mut table = Table::new(cells);
    while let Some((row, column)) = table.given_away() {
        table.hidden[row][column] = true;
    }
    let shown = |row: usize, column: usize| (!table.hidden[row][column]).then(|| table.cells[row][column].abs());
    // The sums of the columns of one row are that row.
    let rows = if cells.len() == 1 { 1 } else { table.cells.len() };
    Shown { rows: (0..rows).map(|row| (0..table.width()).map(|column| shown(row, column)).collect()).collect() }
}

/// Cells with their sums as one more row and column; the sums of lines are negative, the sum of all positive, so that every line adds up
/// to zero and one rule serves all.
struct Table {
    cells: Vec<Vec<i64>>,
    hidden: Vec<Vec<bool>>,
    small: Vec<(usize, usize)>,
}

impl Table {
    fn new(cells: &[Vec<i64>]) -> Self {
        let width = cells.first().map_or(0, Vec::len);
        let mut all: Vec<Vec<i64>> =
            cells.iter().map(|row| row.iter().copied().chain([-row.iter().sum::<i64>()]).collect()).collect();
        let sums = (0..=width).map(|column| -all.iter().map(|row| row[column]).sum::<i64>()).collect();
        all.push(sums);
        // Of a single row or column the sums across it are no news, and no constraint.
        let twice = |row: usize, column: usize| {
            (cells.len() == 1 && row == 1) || (width == 1 && column == 1 && row < cells.len())
        };
        let mut hidden = vec![vec![false; width + 1]; all.len()];
        let mut small = Vec::new();
        for (row, line) in all.iter().enumerate() {
            for (column, cell) in line.iter().enumerate() {
                let is_small = (1..LEAST).contains(&cell.abs());
                hidden[row][column] = is_small || twice(row, column);
                if is_small && !twice(row, column) {
                    small.push((row, column));
                }
            }
        }
        Self { cells: all, hidden, small }
    }

    fn width(&self) -> usize {
        self.cells.first().map_or(0, Vec::len)
    }

    /// Where an adder knows of a small count that it is small: what else to hide against that.
    fn given_away(&self) -> Option<(usize, usize)> {
        self.small.iter().find_map(|(row, column)| self.may_be_large(*row, *column).err().flatten())
    }

    /// Whether other hidden counts can make room for this one to be large, with every sum that is shown unchanged: unit by unit along
    /// hidden cells, up in a row where it goes down in a column. If not, what to hide next, if anything is left.
    fn may_be_large(&self, row: usize, column: usize) -> Result<(), Option<(usize, usize)>> {
        let mut cells = self.cells.clone();
        let up = cells[row][column] > 0;
        for _ in cells[row][column].abs()..LEAST {
            cells[row][column] += if up { 1 } else { -1 };
            self.make_room(&mut cells, row, column, up)?;
        }
        Ok(())
    }

    /// After one more (or one less) in a cell, brings its row and column back to zero: a walk over hidden cells from its column to its row.
    /// Where it ends before, the smallest shown count that would lead on.
    fn make_room(
        &self,
        cells: &mut [Vec<i64>],
        row: usize,
        column: usize,
        up: bool,
    ) -> Result<(), Option<(usize, usize)>> {
        let (height, width) = (cells.len(), self.width());
        // Rows, then columns; where each was come to from.
        let mut from: Vec<Option<usize>> = vec![None; height + width];
        let mut next = std::collections::VecDeque::from([height + column]);
        let mut onward: Vec<(usize, usize)> = Vec::new();
        while let Some(line) = next.pop_front() {
            if line == row {
                walk_back(cells, &from, row, height + column, up);
                return Ok(());
            }
            let in_column = line >= height;
            for other in if in_column { 0..height } else { height..height + width } {
                let (r, c) = if in_column { (other, line - height) } else { (line, other - height) };
                if other == height + column || from[other].is_some() || (r, c) == (row, column) {
                    continue;
                }
                if !self.can(cells, r, c, step(in_column, up)) {
                    continue;
                }
                if self.hidden[r][c] {
                    from[other] = Some(line);
                    next.push_back(other);
                } else {
                    onward.push((r, c));
                }
            }
        }
        // One that leads to a line already reached leads nowhere.
        let leads = |(r, c): &(usize, usize)| from[*r].is_none() || (from[height + c].is_none() && *c != column);
        let shown = |(r, c): &(usize, usize)| !self.hidden[*r][*c] && self.cells[*r][*c] != 0;
        let cost = |(r, c): &(usize, usize)| {
            let sums = usize::from(r + 1 == height) + usize::from(c + 1 == width);
            (sums, self.cells[*r][*c].abs(), *r, *c)
        };
        let all = (0..height).flat_map(|r| (0..width).map(move |c| (r, c)));
        Err(onward.into_iter().filter(leads).min_by_key(cost).or_else(|| all.filter(shown).min_by_key(cost)))
    }

    /// What is hidden is never nought, for noughts are shown; sums stand negative.
    fn can(&self, cells: &[Vec<i64>], row: usize, column: usize, step: i64) -> bool {
        let sum = (row + 1 == cells.len()) != (column + 1 == self.width());
        let (before, after) = (cells[row][column], cells[row][column] + step);
        before != 0 && if sum { after < 0 } else { after > 0 }
    }
}

/// In a column it goes the other way than the cell went; in a row, back again.
fn step(in_column: bool, up: bool) -> i64 {
    if in_column == up { -1 } else { 1 }
}

fn walk_back(cells: &mut [Vec<i64>], from: &[Option<usize>], row: usize, start: usize, up: bool) {
    let height = cells.len();
    let mut line = row;
    while line != start {
        let Some(before) = from[line] else { return };
        let in_column = before >= height;
        let (r, c) = if in_column { (line, before - height) } else { (before, line - height) };
        cells[r][c] += step(in_column, up);
        line = before;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every table of counts that agrees with what is shown, by trying them all: what each cell may be.
    fn possible(cells: &[Vec<i64>], shown: &Shown, most: i64) -> Vec<Vec<std::collections::BTreeSet<i64>>> {
        let (height, width) = (cells.len(), cells[0].len());
        let mut found = vec![vec![std::collections::BTreeSet::new(); width + 1]; height + 1];
        let places: Vec<(usize, usize)> = (0..height).flat_map(|r| (0..width).map(move |c| (r, c))).collect();
        let free: Vec<_> = places.iter().copied().filter(|(r, c)| shown.rows[*r][*c].is_none()).collect();
        let mut guess: Vec<Vec<i64>> =
            (0..height).map(|r| (0..width).map(|c| shown.rows[r][c].unwrap_or(0)).collect()).collect();
        let tries = most.pow(u32::try_from(free.len()).unwrap());
        for mut number in 0..tries {
            for (r, c) in &free {
                // Noughts are shown.
                guess[*r][*c] = 1 + number % most;
                number /= most;
            }
            let mut whole: Vec<Vec<i64>> =
                guess.iter().map(|row| row.iter().copied().chain([row.iter().sum()]).collect()).collect();
            whole.push((0..=width).map(|c| whole.iter().map(|row| row[c]).sum()).collect());
            let agrees = whole.iter().zip(&shown.rows).all(|(row, shown)| {
                row.iter().zip(shown).all(|(cell, shown)| shown.is_none_or(|shown| shown == *cell))
            });
            if agrees {
                for (r, row) in whole.iter().enumerate() {
                    for (c, cell) in row.iter().enumerate() {
                        found[r][c].insert(*cell);
                    }
                }
            }
        }
        found
    }

    #[test]
    fn a_sum_does_not_give_the_hidden_cell_away() {
        let shown = suppress(&[vec![3, 12, 40]]);
        assert_eq!(shown.rows[0][0], None, "a small count is hidden");
        assert_eq!(shown.rows[0][1], None, "and another, or the sum would tell it");
        assert_eq!(shown.rows[0][2], Some(40));
        assert_eq!(shown.rows[0][3], Some(55));
        // Two small ones that together are small give each other away: a third goes with them.
        let shown = suppress(&[vec![1, 1, 9, 30]]);
        assert_eq!(shown.rows[0], [None, None, None, Some(30), Some(41)]);
        assert_eq!(
            suppress(&[vec![0, 7], vec![6, 0]]).rows[0],
            [Some(0), Some(7), Some(7)],
            "nothing small, nothing hidden"
        );
        // Alone with its sum, both go.
        assert_eq!(suppress(&[vec![2]]).rows, [[None, None]]);
    }

    /// An adversary who tries every table that agrees finds none of the small counts bounded below five.
    #[test]
    fn whoever_tries_all_tables_learns_no_small_count() {
        let mut seed: u64 = 7;
        let mut next = move |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from((seed >> 33) % below).unwrap()
        };
        let (mut tables, mut hidden) = (0, 0);
        while tables < 150 {
            let (height, width) = if next(2) == 0 { (1, 3) } else { (2, 2) };
            let cells: Vec<Vec<i64>> = (0..height).map(|_| (0..width).map(|_| next(9)).collect()).collect();
            let shown = suppress(&cells);
            let could = possible(&cells, &shown, 14);
            for r in 0..height {
                for c in 0..width {
                    if shown.rows[r][c].is_none() {
                        assert_ne!(cells[r][c], 0, "{cells:?} {shown:?}");
                    }
                    assert!(could[r][c].contains(&cells[r][c]), "{cells:?} {shown:?}");
                    if (1..LEAST).contains(&cells[r][c]) {
                        hidden += 1;
                        assert!(
                            *could[r][c].last().unwrap() >= LEAST,
                            "{cells:?} {shown:?} at {r},{c}: {:?}",
                            could[r][c]
                        );
                    } else if let Some(seen) = shown.rows[r][c] {
                        assert_eq!(seen, cells[r][c]);
                    }
                }
            }
            tables += 1;
        }
        assert!(hidden > 100, "the test met {hidden} small counts");
    }

    /// The adversary of the test is no straw man: hiding small counts alone is found out.
    #[test]
    fn hiding_small_counts_alone_would_be_found_out() {
        let cells = [vec![3, 12], vec![8, 20]];
        let naive = Shown {
            rows: vec![
                vec![None, Some(12), Some(15)],
                vec![Some(8), Some(20), Some(28)],
                vec![Some(11), Some(32), Some(43)],
            ],
        };
        assert_eq!(possible(&cells, &naive, 26)[0][0].iter().copied().collect::<Vec<_>>(), [3]);
    }
}
