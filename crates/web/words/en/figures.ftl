### Figures and targets

figure-unknown = There is no figure “{ $value }”{ nearest-known }

## For which unit and days
figures-geography_now = in today’s geography
figures-geography_then = in the geography of then
figures-geography_on = in the geography of { $day }

## Figures
figures-figures = Figures
figures-figure = Figure
figures-find = Find a figure
figures-book = Register
figures-unit = Unit
figures-period = Period
figures-value = Value
figures-share = Share
figures-silent_head = No data yet
figures-computed = Computed figures
figures-not_found = No such figure
figures-not_found_why = Take letters out of the search, or choose no register.
figures-show_all = See all figures
figures-days = ({ $from } – { $to })
figures-geography = Geography
figures-only = Only:
figures-zero_confirmed = confirmed: nothing happened
figures-no_data_why = Neither a record nor a confirmation in the period. No data is not zero.
figures-all_on_record = 100% on record
figures-on_record = { $recorded } on record, { $reported } reported without records
figures-qualified = Some of it was written as “{ $word }”, so the total is not exact.
figures-silent_units = { $count ->
    [one] { $count } commune has
   *[other] { $count } communes have
} no data yet
figures-silence_why = No record and no confirmation of none in the period.
figures-silent = no data yet
figures-more = and { $count } more
figures-against = Against { $period }:
figures-who_is_missing = Who is missing
figures-vacant = Posts vacant in the period, not counted:
figures-vacant_many = { $count } posts vacant in the period, not counted
figures-by = By { $what }
figures-by_units = By the units below
figures-by_month = By month
figures-chart_says = Highest in month { $month }: { $amount }.
figures-not_broken_down = not broken down
figures-not_said = not said
figures-elsewhere = in { $unit }, outside the units above
figures-level = Level
figures-kind = Kind of place
figures-state = State

## Records behind a number
figures-records = { $count ->
    [one] { $count } record makes
   *[other] { $count } records make
} this number
figures-records_of = { $count ->
    [one] { $count } record makes
   *[other] { $count } records make
} “{ $figure }”
figures-no_records = No record in the period.
figures-day = Day
figures-number = Number
figures-title = Title
figures-adds = Adds
figures-adds_card = adds
figures-sum_page = This page { $amount }; all
figures-hidden = and { $count } of other units or sealed, adding { $amount }

## Method
figures-method = How it is obtained
figures-counts = Counts
figures-counts_records = records of the register
figures-counts_rows = { $rows } in records of the register
figures-counts_met = targets met in
figures-sums = sum of “{ $field }” in records of the register
figures-reads = the latest “{ $field }” of the period, from the register
figures-by_day = By day
figures-day_of_step = day of the step “{ $step }”
figures-day_recorded = day of recording
figures-day_ended = day of ending
figures-stands_label = Stands on
figures-stands = the last day: after { $from }, before { $to }
figures-stands_from = the last day: after { $from }
figures-overdue = the last day: { $clock } overdue and not done
figures-of_unit = Of the unit
figures-over = Over
figures-over_heads = every head
figures-over_records = records in force of the register { $register }
figures-over_units = units in scope
figures-each = Condition
figures-condition = Condition
figures-scope = Scope
figures-only_where = only where
figures-formula = Formula
figures-and = and
figures-or = or
figures-take_opening = as the period opens
figures-take_carried = carried over
figures-take_cohort = of what began in the period
figures-take_gain = against the year before
figures-take_scaled = against the year before, scaled to those ranked now
figures-rounding = Rounding
figures-truncated = truncated
figures-silence = Silence
figures-silence_is_zero = no record means that nothing happened
figures-used_in = Used in

## Comparison, targets
figures-compared = Other periods
figures-change = Change
figures-so_far = The year so far
figures-against_plan = Against the target
figures-bar = bar { $bar }
figures-of_plan = { $percent } of the bar
figures-targets = Targets
figures-targets_of = Targets, { $period }
figures-unit_code = Code
figures-standing = Standing
figures-targets_sheet = Download as Excel
figures-targets_met = targets met
figures-targets_missed = targets not met
figures-cells_without_data = cells without data, never taken as 0
figures-no_targets = No targets in this period
figures-no_targets_why = No programme sets a target for this unit in the chosen year. Choose another year, or add a programme to the pack.
figures-bar_given = bar as assigned
figures-open_number = open the number
figures-nobody_missing = Nobody is missing.
figures-rows = Rows
figures-rows_below = Units below
figures-rows_communes = All communes
figures-whole_of = all of { $unit }
figures-short_of = { $amount } short
figures-over_by = { $amount } over
figures-each_target = Each target, who is missing
figures-see_records = See { $count } records
figures-points = { $amount } points
figures-all_met = { $count ->
    [one] { $count } unit meets
   *[other] { $count } units meet
} every target that applies to it.

## Duties of heads
figures-duties = Duties of heads
figures-duties_of = Duties of the { $post }
figures-duty = Duty
figures-duty_by = due { $day }
figures-duty_rule = { $times } a { $every ->
    [week] week
    [month] month
    [quarter] quarter
    [half] half-year
   *[year] year
}
figures-duty_uncertain = its text was not compared
figures-duty_head = Head
figures-duty_holders = Held by
figures-duty_nobody = vacant
figures-duty_done = { $done }/{ $whole } turns done
figures-duty_state_done = done
figures-duty_state_missed = missed
figures-duty_state_due = due now
figures-duty_state_ahead = not begun
figures-duty_state_vacant = post vacant
figures-duty_turn = Turn
figures-duty_delegated = Delegated { $count } times, which does not count as in person
figures-duty_missed = { $count } missed
figures-duty_tally = In all
figures-duty_tally_done = turns done
figures-duty_tally_due = turns due now
figures-duty_tally_missed = turns missed
figures-duty_tally_delegated = times delegated
figures-duty_calendar = Calendar (iCalendar)
figures-duty_none = No post of head at this place
figures-duty_none_why = Choose another place or period. Holders are entered on the page of posts.
figures-duty_own = At { $unit }
figures-duty_below = Below
figures-duty_day = Done on
figures-duty_result = Result
figures-duty_paper_what = Duty [basis]
figures-duty_paper_rule = How often
figures-duty_paper_done = Done
figures-duty_paper_missed = Turns missed
figures-duty_paper_due = Due
figures-duty_paper_delegated = Delegated
figures-duty_paper = Duty sheet
figures-duty_paper_about = Duties of the head, { $period }
figures-turns_months = months { $list }/{ $year }
figures-turns_quarters = quarters { $list }/{ $year }
figures-turns_first_half = first half of { $year }
figures-turns_second_half = second half of { $year }
figures-turns_halves = both halves of { $year }
figures-turns_year = { $year }
figures-turns_days = { $from }–{ $to }
figures-turns_many = { $count } turns from { $from } to { $to }
figures-duty_paper_basis = Basis
figures-duty_paper_every = a { $every ->
    [week] week
    [month] month
    [quarter] quarter
    [half] half-year
   *[year] year
}

figure-cascade = Handed down: { $unit }
figure-cascade_unit = Unit
figure-cascade_value = Bar
figure-cascade_total = Sum of what was handed down
figure-cascade_bar = Bar of { $unit }
figure-cascade_sum = The { $count } units under { $unit } were given { $sum } in all, { $unit } itself { $bar }: { $short ->
    [short] { $rest } short
   *[other] { $rest } too many
}
figure-cascade_lax = { $unit } was given { $bar }; these fall short of it: { $units }

## Cross-table
figures-cross = Cross-table
figures-cross_shape = Choose the cross-table
figures-cross_empty = Choose figures for the table
figures-cross_empty_why = Type a few letters of a figure's name or choose a book, press Draw, then tick the figures that the table shall have.
figures-cross_find = Find more figures
figures-cross_found = Tick to add to the table
figures-cross_more = { $count } other figures: type more letters.
figures-cross_rows = Rows
figures-cross_columns = Columns
figures-cross_draw = Draw the table
figures-cross_units = units below
figures-cross_year = years
figures-cross_half = half-years
figures-cross_quarter = quarters
figures-cross_month = months
figures-cross_of = { $rows } by { $columns }
figures-cross_nothing = Nothing to put into the table
figures-cross_nothing_why = This unit has none below it, or no record of the period has the chosen breakdown.
figures-cross_legend = “–” is no data, not zero. Each number opens the records behind it. A total stands only where the parts come to the whole.
figures-cross_no_total = no total
figures-cross_share = Shares and coverage have no total.
figures-cross_reading = Ranks and scores are read at one place and have no total.
figures-cross_stock = What stands on a day has no total over periods.
figures-cross_overlap = Some records count in several parts, so the parts do not come to the whole.
figures-cross_no_figure = No figure is chosen
figures-cross_many_figures = A table has at most { $most } figures
figures-cross_many_periods = The period falls into more than { $most } parts: choose a shorter one or longer parts
figures-cross_same_side = Rows and columns must be two different things
figures-cross_one_figure = A table without figures on rows or columns is of one figure
figures-cross_no_breakdown = One of the figures is not broken down in this way
figures-cross_too_wide = A table has at most { $most } columns: put the longer side on rows
figures-cross_too_large = A table has at most { $most } cells: choose less
figures-cross_xlsx = Download for Excel
figures-cross_keep = Keep this table
figures-cross_keep_do = Keep
figures-cross_name = Name
figures-cross_for = Who sees it
figures-cross_own = Only me
figures-cross_body = My body and those under it
figures-cross_name_missing = Give the table a name of at most { $most } letters
figures-cross_share_missing = Choose who sees the table
figures-cross_kept = Kept tables
figures-cross_shared = shared
figures-cross_drop = Drop the table { $name }
figures-cross_kept_now = The table “{ $name }” is kept
figures-cross_dropped = The table “{ $name }” and every address of it are gone
figures-cross_csv = Address for Excel
figures-cross_csv_why = Excel reads this table under an address of its own and fetches new numbers whenever it refreshes. The address opens this table alone, with the rights of whoever made it.
figures-cross_csv_made = The address in use was made on { $day }.
figures-cross_csv_do = Make an address
figures-cross_csv_again = Make a new address in its place
figures-cross_csv_end = Revoke the address
figures-cross_csv_ended = The address is revoked
figures-cross_csv_copy = The address is shown once. A new one ends the one before.
figures-cross_csv_copy_do = Copy the address
figures-cross_csv_excel_1 = In Excel, open Data and choose From Web.
figures-cross_csv_excel_2 = Paste this address; if asked, the file's origin is 65001 (UTF-8).
figures-cross_csv_excel_3 = Press Load; later press Refresh for the numbers of the day.
figures-cross_csv_secret = Whoever has this address reads the table. Revoke it when it is no longer used.
figures-cross_back = Back to the table

# Scoring by criteria
figure-score = Points by criterion, with evidence
figure-score_criterion = Criterion
figure-score_full = Full
figure-score_self = Own
figure-score_reviewed = Reviewed
figure-score_evidence = Figure
figure-score_proposed = Proposed
figure-score_by = reviewed by { $body }
figure-score_none = none arose
figure-score_applies = yes
figure-score_own_sum = Own score:
figure-score_reviewed_sum = Reviewed:
figure-score_of = { $given } of { $of } points
figure-score_rescaled = on the scale of { $full }: { $points }
figure-score_bonus = bonus { $points }
figure-score_penalty = deducted { $points }
figure-score_capped = capped by criterion { $codes }
figure-score_total = { $points } points in all
figure-score_barred = A condition for not being graded holds: { $codes }.
figure-score_rounds = Rounds
figure-score_round = Results of { $year }
figure-score_not_issued = The set { $set } is not issued yet
figure-score_issued = { $set } is issued: its criteria and points stay; make a new set for a change
figure-score_code_twice = Criterion { $code } stands twice
figure-score_no_group = Criterion { $code } is in group { $group }, which the set does not have
figure-score_bands = Criterion { $code }: the bands “{ $bands }” cannot be read; write 90=10; 80=8; 50=5
figure-score_sum = The criteria come to { $sum }, the set says { $full }
figure-score_no_such = The set has no criterion { $code }
figure-score_not_optional = Criterion { $code } cannot be declared as none
figure-score_over = Criterion { $code } has more than its full { $full }
figure-score_self_fixed = The sheet is handed in: its own points of criterion { $code } stay
figure-score_not_yours = Criterion { $code } is reviewed by { $body }
figure-score_unmarked = No own points yet for criteria { $codes }
figure-score_grade = { $total } points are “{ $by }” by the criteria, the sheet says “{ $given }”
figures-round = Scores of { $year }
figures-round_years = Years
figures-round_count = { $scored } units with a sheet, { $missing } without
figures-round_all = Units scored
figures-round_rest = Units outside clusters
figures-round_rank = Rank
figures-round_cluster = Cluster
figures-round_self = Own
figures-round_reviewed = Reviewed
figures-round_final = Final
figures-round_gap = Gap
figures-round_missing = not scored
figures-round_hidden = has a sheet that is not yours to read
figures-round_barred = not graded
figures-round_criteria = The criteria
figures-round_none = No unit has scored yet
figures-round_none_why = Name clusters in the set of criteria to see who has not scored.

## Watching
figures-watching = Watching
figures-watch_lead = { $all } watched, { $changed } changed.
figures-watch_what = Record, figure
figures-watch_since = Since last looked
figures-watch_stop = Stop
figures-watch_changed = Changed
figures-watch_same = Unchanged
figures-watch_nothing = nothing new since { $day }
figures-watch_after = last looked: { $day }
figures-watch_more = and what came before; open the record for all of it
figures-watch_gone = Cannot be opened with the present role
figures-watch_seen = All looked at
figures-watch_all_seen = Noted as looked at; from now on only new changes are told
figures-watch_none = No record or figure is watched yet
figures-watch_none_why = Open a record or a figure and press “Watch”; what changes since you last looked shows here.
figures-watch_begun = Added to what you watch
figures-watch_ended = No longer watched
figures-watch_too_many = At most { $most } are watched. Stop some that are no longer needed
