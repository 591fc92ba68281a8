### The page frame, forms, lists, deadlines, trouble

## The frame
web-product = Engagement desk
web-product_line = Government–citizen engagement
web-title_faults = Error:
web-skip = Skip to main content
web-menu = Menu
web-close_menu = Close menu
web-find = Find
web-find_label = Find in all registers
web-find_hint = Find in all registers, with or without accents
web-unread = unread notices
web-open_work = open
web-working_as = Working as
web-work_as = Switch to
web-for_whom = { $role } (for { $name })
web-account = Account and sessions
web-sign_out = Sign out
web-undo = Undo until { $until }
web-home = Back to Today
web-way = Where this is

## Trouble
web-nothing_changed = Nothing was changed.
web-trouble_code = Error code: { $code }.
web-sign_in_first = Sign in first
web-sign_in_first_do = Sign in, then try again.
web-forbidden = This cannot be done
web-forbidden_do = The seat in use has no right to it, or the form was not sent from one of our pages. Open the page again and send it again; if that fails, ask your unit's administrator.
web-not_found = There is no such page
web-not_found_do = The address is misspelt, or the record is not yours to see. Both are answered alike, to protect whoever sent it.
web-method = This address takes no such request
web-method_do = Open the page before and use its button.
web-stale = Someone else saved first
web-stale_do = Open the page again to see the latest version, then enter your part again.
web-refused = Not saved
web-refused_do = Mend what is listed above and try again.
web-unreadable = The request cannot be read
web-unreadable_do = What was sent is damaged or of the wrong kind. Open the page again and send it again.
web-too_large = Too much was sent
web-too_large_do = Split the file or send fewer rows.
web-too_many = Sent too often
web-too_many_do = Wait { $count } { $count ->
    [one] second
   *[other] seconds
} and try again.
web-on_line = Line { $line }: { $said }
web-late = It took too long
web-late_do = The line is slow or the server is busy. Try again in a few minutes.
web-internal = The server failed
web-internal_do = The failure was recorded. Try again; if it stays, tell the administrator the code below.

## Forms
web-errors = Not done: { $count ->
    [one] one place to mend
   *[other] { $count } places to mend
}
web-optional = (optional)
web-private = kept sealed
web-choose = Choose
web-yes = Yes
web-no = No
web-date_hint = day/month/year, such as 05/08/2026
web-month_hint = month/year, such as 08/2026
web-dong = đồng
web-measure_of = Unit of { $label }
web-in_row = { $label }, row { $row }
web-find_in = Find { $label }
web-more_rows = Add 3 rows

## Lists
web-select = Select
web-select_all = Select all rows
web-select_one = Select { $name }
web-with_selected = With the selected rows
web-filter = Filter
web-filter_list = Filter the list
web-filtered = Filtered by
web-drop_filter = Drop condition:
web-drop_filters = Drop all
web-save_view = Save this view
web-pages = Pages
web-page_of = { $from }–{ $to } of { $whole }
web-page_of_more = { $from }–{ $to } of more than { $whole }
web-page_open = { $from }–{ $to }
web-first_page = First page
web-next_page = Next page
web-sum = Sum

## Deadlines
web-left = { $count ->
    [one] 1 day left
   *[other] { $count } days left
}
web-left_long = { $count ->
    [one] 1 working day left
   *[other] { $count } working days left
}
web-over = { $count ->
    [one] 1 day over
   *[other] { $count } days over
}
web-over_long = { $count ->
    [one] 1 working day over
   *[other] { $count } working days over
}
web-due_today = due today
web-paused = paused since { $day }
web-done_early = { $count ->
    [one] done, 1 day early
   *[other] done, { $count } days early
}
web-done_in_time = done in time
web-done_late = { $count ->
    [one] done, 1 day late
   *[other] done, { $count } days late
}
web-ends_on = ends on { $day }
web-due_uncertain = This day is still to be checked; see the reasons below.
web-why_this_day = Why this day
web-counting_calendar = Days counted from { $from } to { $to }
web-today = Today
web-deadline = deadline
web-event_day = from
web-day_off = off

## Figures
web-met = met
web-missed = not met
web-missed_legend = not met, with what is missing
web-no_data = no data yet
web-outside = out of scope
web-board_hint = Open a cell for the records that make its number.
web-shape = Shape
web-chart_table = The chart's numbers

## Long work, documents
web-progress = Progress
web-slot = Written by the unit; recomputing figures leaves it alone.
web-slot_edit = Edit this part
