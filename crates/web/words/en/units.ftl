### Units and the decisions over them

## Finding
units-unknown = The unit “{ $value }” is not known. Write its code, or its name and what it lies in, like “xã Bình Chánh, huyện Thăng Bình”
units-unknown_then = On { $day } there was no “{ $value }”. The name belongs to: { $candidates }
units-ambiguous = On { $day } several units were called “{ $value }”: { $candidates }. Write the code, or add the kind or what it lies in
units-no_such_body = { $place } has no body “{ $value }”. Write it like 31/ubnd, 31/mttq
units-no_such_body_then = On { $day } { $place } had no { $body }. Choose another day or another body
units-not_valid_then = { $unit } was not there on { $day }.{ HAS($were) ->
    [yes] { " " }Its ground was: { $were }
   *[no] { " " }Choose a unit that was
}
units-unknown_kind = The kind of “{ $value }” is not known. Write one of kinds.toml, or the name with its kind like “Thôn Mỹ Trà”

## Decisions
units-decision_empty = The decision changes nothing yet. Enter at least one change: open, rename, merge, split or close
units-nothing_to_undo = This decision was undone before or is not there, so it cannot be undone
units-later_decision = With this, decision { $number } would no longer fit. Change or undo decision { $number } first
units-name_missing = Name of the unit: nothing entered yet
units-not_a_place = This body goes with its place and has no decisions of its own. Choose the place
units-not_there_then = { $unit } was not there on { $day }. Check the day of the decision
units-changed_later = { $unit } changed on { $day } or later, so it cannot end before. Mend the later decisions first
units-ended_later = { $unit } ended on { $end }, not on { $day }. Mend the decision that says so, or enter that day
units-already_so = { $unit } already was so on that day; nothing changes
units-key_taken = The new unit is one that is already there. Open the form again
units-code_taken = The code { $code } belongs to { $name }. Write another, or end { $name } first
units-parent_not_above = { $name }{ HAS($code) ->
    [yes] { " " }(code { $code })
   *[no] { "" }
} must lie in a place of a higher level. Choose another place above it
units-merge_of_whom = A merger joins two or more different units into a new one, or one or more into another that is there
units-split_into_whom = A split has two parts or more, one of them the main successor at most
units-heir_above = What succeeds { $unit } must be another unit, and not of a higher level. Choose one of its level or below
units-children_left = Nobody said where these go: { $children }. Name the heir, or move them first

## Files of units
units-file_unreadable = The file of units cannot be read from here on. Save it as CSV UTF-8 with a row of column names
units-key_unreadable = “{ $value }” cannot be read as the key of a unit. Write a whole number above 0
units-edge_unreadable = “{ $value }” cannot be read as a beginning or an end. Write 2025-07-01, or three days 2018-12-31..2020-01-01..2022-12-31
units-ends_before_it_begins = { $name }{ HAS($code) ->
    [yes] { " " }(code { $code })
   *[no] { "" }
} ends before it begins. Check the two days
units-versions_overlap = { $name }{ HAS($code) ->
    [yes] { " " }(code { $code })
   *[no] { "" }
} has two rows for the same days. One must end when the next begins
units-parent_unknown = { $name }{ HAS($code) ->
    [yes] { " " }(code { $code })
   *[no] { "" }
} lies in unit { $parent }, which the file lacks. Add its row or correct the number
units-code_twice = The code { $code } belongs to both { $name } and { $other } at the same time. Change one of them
units-succession_unknown = Succession from { $from } to { $to }: there is no unit of that number. Check both
