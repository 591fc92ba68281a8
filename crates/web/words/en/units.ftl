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

## The page of a unit
units-title = Units
units-find = Find a unit
units-at = On the day
units-on_day = on { $day }
units-stands = in force
units-stands_not = not there on this day
units-code = Code
units-code_is = code { $code }
units-name = Name
units-kind = Kind
units-kind_unknown = kind unknown
units-about = About
units-inside = Lies in
units-superior = Superior
units-since = Since
units-until = Until
units-unknown_day = day unknown
units-between = day uncertain
units-between_days = after { $after }, by { $by }
units-holder = Held by
units-loose = not yet assigned to a commune
units-numbers = Numbers
units-targets = Targets
units-figures = Figures
units-became = What became of it
units-origins = Where it came from
units-from_day = from { $day }
units-main_heir = main successor
units-ended_without_heir = Ended on { $day } with no successor entered; what is left is held by { $holder }.
units-children = Units inside
units-children_count = { $count ->
    [one] 1 unit inside
   *[other] { $count } units inside
}
units-bodies = Bodies
units-bodies_count = { $count ->
    [one] 1 body
   *[other] { $count } bodies
}
units-history = History
units-of = in { $parent }

## The list of decisions
units-decisions = Decisions on units
units-decide = Enter a decision
units-decide_title = Enter a decision
units-in_force_from = In force from
units-number = Number
units-what = What it does
units-no_decisions = No decisions yet
units-no_decisions_why = The first units come from the State’s list; later changes are entered by decision.
units-undone = undone
units-undo = Undo

## The form of a decision
units-paper = The paper
units-number_hint = such as 1669/NQ-UBTVQH15
units-issued = Issued on
units-issuer = Issued by
units-day_hint = the day the new units begin, such as 01/07/2025
units-act = Kind of change
units-act_merge = Merge
units-act_split = Split
units-act_open = Open
units-act_rename = Rename
units-act_move = Move
units-act_close = Close
units-act_settle = Settle
units-act_undo = Undo a decision
units-which = Unit
units-unit_hint = code, or name with its kind and what it lies in
units-new_name = New name
units-new_name_hint = the proper name only, such as Kiền Bái
units-new_parent = New place above
units-merged = Units that are merged
units-merged_hint = one unit a line: code, or name with its kind and what it lies in
units-into = Into a unit that is there
units-into_hint = leave empty for a new unit
units-or_new = Or into a new unit
units-heir = Successor
units-heir_hint = leave empty for none; what is left goes to the unit above
units-parts = More parts
units-parts_hint = Each part is a new unit, or one that is there and takes it. Choose one main successor to go on with what is open.
units-part_name = Name of the new unit
units-part_into = Or into
units-part_rule = Which part
units-part = Part { $row }
units-note = Note
units-number_missing = Number of the decision: nothing entered yet
units-day_missing = Day it comes into force: nothing entered yet
units-act_missing = Kind of change: nothing chosen yet
units-kind_missing = Kind of unit: nothing chosen yet
units-nothing_new = Nothing new was entered. Write a new name, kind or code

## Preview, entering, undoing
units-preview = Preview the changes
units-confirm = Enter decision { $number }
units-confirm_text = From { $day } the units change as follows:
units-enter = Enter the decision
units-do_not_enter = Back to the form
units-entered = Decision { $number } was entered, in force from { $day }
units-confirm_undo = Undo decision { $number }
units-confirm_undo_text = The decision stays in the list, marked as undone. The units go back to:
units-why = Reason
units-do_not_undo = Keep it
units-was_undone = Decision { $number } was undone
units-will_end = { $unit } ends on { $day }; what is left is held by { $holder }
units-will_begin = { $unit } begins on { $day }{ HAS($parent) ->
    [yes] , in { $parent }
   *[no] { "" }
}
units-will_change = { $old } becomes { $new }
units-will_move = { $unit } moves from { $from } to { $to }
units-more_changes = and { $count } more changes
