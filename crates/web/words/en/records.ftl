### Records, their steps and values

## Records
record-check = { HAS($en) ->
    [yes] { $en }
   *[no] { $vi }
}
record-required = { $label }: nothing entered yet
record-too_few_rows = { $label }: at least { $min } rows are needed
record-too_many_rows = { $label }: { $max } rows at most; take the others out
record-unknown_field = This register has no field “{ $field }”. Leave it out or correct its id
record-unknown_register = There is no register “{ $value }”{ nearest-known }
record-no_such_link = There is no record with the handle { $value }. Copy the handle of the record to be linked
record-is_void = Record { $number } is void and cannot be changed. Enter a new one if it is still needed
record-void_needs_a_reason = Reason for voiding it: nothing entered yet
record-empty_comment = Comment: nothing entered yet

## Steps
step-unknown = This register has no step “{ $step }”. Open the record again for the steps that it has
step-not_from_here = The record is in the state “{ $state }”; the step “{ $step }” cannot be taken from there
step-needs = { $label }: nothing entered yet; the step “{ $step }” needs it
step-needs_condition = The step “{ $step }” lacks its condition: { $condition }
step-in_the_future = { $day } is still to come. Enter the day it took place, today at the latest
step-before_the_last = { $day } is before the step “{ $before }” of { $last }. Enter { $last } or a later day
step-effect_on = This step takes a step of record { $number }, { $title }, too, which is hindered as said above. Complete that record and try again
step-nothing_to_undo = No step of this record was taken, so there is nothing to undo
step-undo_its_cause = This step came with a step of a linked record. Undo that one
step-made_records = The step “{ $step }” made other records and cannot be undone. Change or void those records

## Values
value-unknown_choice = “{ $value }” is not among the choices. Write one of: { $choices }
value-unknown_topic = There is no topic “{ $value }”. Choose one from the tree of topics
value-unknown_figure = There is no figure “{ $value }”{ nearest-known }
value-unknown_target = There is no target “{ $value }”. Write the id of a target of a programme
value-unknown_post = “{ $value }” cannot be read as a post. Write the body, then the post, like 31/ubnd:chu-tich
value-wrong_kind_of_unit = “{ $value }” is not of a kind that fits here. Those that do: { $kinds }
value-not_yes_or_no = “{ $value }” is neither yes nor no. Write “yes” or “no”
value-not_a_year = “{ $value }” cannot be read as a year. Write four digits, from 1900 to 2200
value-not_a_month = “{ $value }” cannot be read as a month. Write it like 05/2021
value-not_a_rank = “{ $value }” cannot be read as a rank. Write it like 12/63
value-not_a_phone = “{ $value }” cannot be read as a telephone number. Write 8 to 15 digits
value-too_short = The text is too short: at least { $min } characters are needed
value-too_long = The text is too long: { $max } characters at most
value-too_small = Less than can be entered here. Write { $min } or more
value-too_large = More than can be entered here. Write { $max } at most

## Lists
record-too_many_filters = At most { $most } fields filter a list at once. Drop a condition
