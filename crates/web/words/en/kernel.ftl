### Days, numbers and handles read from text

## Refusals
day-unreadable = “{ $value }” cannot be read as a day. Write it like 05/08/2026
day-not_in_calendar = { $value } is not in the calendar
handle-unreadable = The code “{ $value }” is misspelt or cut short. Copy all 14 letters
number-unreadable = “{ $value }” cannot be read as a number. Write it like 4,1 or 1.052
number-not_whole = “{ $value }” has a fraction; a whole number is wanted here
number-too_fine = “{ $value }” has more than { $places } digits after the comma

## Joints that other wordings use
nearest-known = { HAS($nearest) ->
    [yes] { "" }. Nearest: “{ $nearest }”
   *[no] { "" }
}
