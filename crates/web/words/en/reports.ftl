### Reports and outlines

reports-unknown_outline = There is no outline “{ $value }”{ nearest-known }
reports-no_variant = The report “{ $value }” has no outline for the level { $level }. Choose a unit of another level, or another report
reports-period_not_for = “{ $outline }” is not made for the period { $period }. Choose another
reports-no_body = On { $day } { $unit } had no body that issues “{ $outline }”. Choose another unit or period

## Refusals
reports-not_now = The report is { $state ->
    [draft] being drafted
    [submitted] submitted
    [returned] returned
    [accepted] accepted
   *[issued] issued
}, so this cannot be done now. Open it again to see what can
reports-prose_too_long = The text is longer than { $count } letters. Move some of it elsewhere
reports-reason_too_long = Write { $count } letters at most
reports-returns_open = { $count } returned places are not answered yet. Answer each, then submit
reports-return_what = Choose one section or one number of the report
reports-return_why = Say why it is sent back
reports-answer_missing = Say what was mended
reports-number_missing = Enter the paper's number, given by the office's clerk after signing
reports-signed_later = The day of signing, { $day }, has not come yet
reports-signed_before_end = The period ends on { $day }; it cannot be signed before
reports-outline_missing = Choose the report to make

## List, new report
reports-title = Reports
reports-report = Report
reports-unit = Place
reports-unit_hint = Code or name, such as 31 or thành phố Hải Phòng
reports-body = Issuing body
reports-state = State
reports-changed = Last changed
reports-none = No reports yet
reports-none_why = Reports take their numbers from the registers; people write the assessment and the tasks.
reports-new = New report
reports-outline = Kind of report
reports-period = Period
reports-period_hint = 2021, 2021-Q1, 2021-H1, 2021-05 or 01/01/2021..30/06/2021
reports-begin = Begin the report
reports-leave = Leave

## States
reports-state_draft = draft
reports-state_submitted = submitted
reports-state_returned = returned
reports-state_accepted = accepted
reports-state_issued = issued
reports-returned_places = { $count } places returned

## The report's page
reports-window = { $from } to { $to }
reports-round = submitted { $count } times
reports-computed = numbers computed at
reports-download = Download
reports-edit_slot = Edit the text
reports-sections = Sections
reports-complete = complete
reports-unwritten = not written
reports-without_data = { $count } without data
reports-sent_back = { $count } returned
reports-returns = Returned places
reports-answered = Answered:
reports-answer_label = What was mended
reports-answer_do = Answer and mark as done
reports-answer_kept = The answer is kept
reports-findings = Checks
reports-numbers_open = { $count } numbers, each opens
reports-all_known = Every number has data
reports-finding_no_data = no data
reports-finding_silent = { $count } units have said nothing
reports-finding_unwritten = { $count } places are not written
reports-background = Write in the background
reports-background_why = A large place: the file is written in the background while you do something else.
reports-way = History
reports-did_create = Begun
reports-did_write = Text written
reports-did_submit = Submitted
reports-did_return = Returned
reports-did_answer = Return answered
reports-did_accept = Accepted
reports-did_issue = Issued as number

## Prose
reports-slot_hint = Leave a line empty to begin a paragraph. A line that begins with “- ” is an item of a list. Recomputing numbers never touches this text.
reports-save_slot = Save
reports-stale_slot = Someone else has just changed this report. What is on record now:

## Submit, return, accept, issue
reports-do_submit = Submit
reports-do_submit_again = Submit again
reports-ask_submit = Submit this report?
reports-not_submit = Not yet
reports-submit_then = Once submitted, only what is returned can be changed.
reports-submit_unwritten = { $count } places are not written.
reports-submit_no_data = { $count } numbers have no data.
reports-submit_silent = For { $count } numbers some units have said nothing.
reports-submit_why = In { $count } places numbers do not agree: write why it is submitted like this
reports-submit_reason = Why it is submitted though numbers do not agree
reports-was_submitted = The report was submitted
reports-do_return = Return
reports-ask_return = Return one section or one number
reports-not_return = Do not return
reports-return_target = Return
reports-return_hint = One section or one number at a time; return several places one after the other.
reports-return_reason = Reason
reports-was_returned = Returned
reports-do_accept = Accept
reports-ask_accept = Accept this report?
reports-not_accept = Not yet
reports-accept_then = Once accepted it waits for its signature; number and day are entered when it is issued.
reports-was_accepted = The report was accepted
reports-do_issue = Issue
reports-ask_issue = Issue the signed report?
reports-not_issue = Not yet
reports-issue_then = The report is kept exactly as it reads now: words, numbers, the records behind each, and a code to compare.
reports-issue_after = Later changes are noted beside it; what was issued stays.
reports-paper_number = Number of the paper
reports-paper_number_hint = Given by the office's clerk; digits only, such as 18
reports-paper_day = Signed on
reports-signer = Signed by
reports-was_issued = The report was issued

## An issued report
reports-signed_as = number { $number }, { $day }
reports-frozen_at = numbers frozen at
reports-code = code { $code }
reports-broken = What is kept does not match its code: the data were changed outside the system. Tell the administrator.
reports-unchanged = { $count } numbers read as when issued
reports-changed_count = { $count } numbers now read otherwise
reports-changes = Numbers that changed since
reports-number = Number
reports-as_issued = As issued
reports-now = Now
reports-why = Why
reports-all_stand = Every number reads as when issued.

## In the background
reports-job_reading = Adding up
reports-job_writing = Setting the paper
reports-job_keeping = Keeping the file
reports-job_done = The file is written
reports-forms = Statutory tables
reports-form = Form
reports-form_code = Code
reports-form_valid = In force
reports-form_since = from { $day }
reports-form_unknown = columns not known
reports-form_show = Show
reports-form_xlsx = Download XLSX
reports-form_own = Books of this level
reports-form_whole = Total
reports-form_days = { $period }: from { $from } to { $to }
reports-form_by_hand = Columns { $columns }: not on record, to be filled in by hand.
reports-form_unsure = Columns { $columns }: mark or head not compared with the official annex.
reports-form_silent = { $count } units without data in the period, left blank, not zero.
reports-form_days_unsure = The days of this reporting regime have not been compared.
reports-form_broken = { $line }: { $holds } does not hold ({ $left } and { $right }).
form-unknown = There is no form “{ $value }”. Nearest: { $nearest }.
form-no_version = Form “{ $value }” has no version for { $day }.
form-unknown_columns = Form { $form }: the columns of this circular are not known yet. Name the version before it (such as 01-tcd-2024) if the level above agrees.
form-is_a_book = Form { $form } is a book: print it from the register.

## Reports to send
reports-owed_title = Reports to send
reports-owed_year = Year
reports-owed_own = This body must send
reports-owed_below = Those below must send
reports-owed_none = No report must be sent
reports-owed_none_why = Which periods are sent and when stands in the head of the outline.
reports-owed_due = Due
reports-owed_no_day = no day is set
reports-owed_in_time = sent in time
reports-owed_late = sent late
reports-owed_open = not sent yet
reports-owed_missing = past due
reports-owed_running = its days still run
reports-owed_units = Units
reports-owed_count_in_time = In time
reports-owed_count_late = Late
reports-owed_count_open = Not sent
reports-owed_who = { $count } units have not sent it
reports-owed_text = Reminder
reports-owed_copy = Copy the reminder
reports-owed_urge = { $units }: please send { $report } by { $day }.
reports-owed_urge_undated = { $units }: please send { $report }.
reports-slip_percent = the share comes to { $expected }
reports-slip_sum = the parts add up to { $expected }
reports-slip_change = the change comes to { $expected }
reports-slip_stock = opening plus new minus closed leaves { $expected }
reports-slip_total = the rows add up to { $expected }
reports-slip_denominator = elsewhere the whole is { $expected }
reports-dispute_parts = the parts add up to
reports-dispute_share = more than the whole of
reports-dispute_percent = the share comes to
reports-dispute_stock = opening plus new minus closed leaves
reports-dispute_formula = from the numbers it is made of it comes to
reports-dispute_below = the units below add up to
reports-prose_equal = agrees
reports-prose_different = differs, the system has { $ours }
reports-prose_not_computed = not computed by the system
reports-prose_unclear = unclear
reports-prose_ending = { $file } cannot be read: only txt, md and docx files are
reports-prose_unreadable = { $file } cannot be read. Save it again as docx or UTF-8 text
reports-prose_too_large = { $file } is too large: 32 MB at most

## One-off requests
request-title = Requests
request-lead = A table asked from many bodies, to be answered by an hour of the day. What the system knows it fills in itself.
request-request = Request
request-new = New request
request-none = No requests yet
request-none_why = What your body is asked, and what it asks of others, stands here.
request-to_answer = Requests to answer
request-asked = Requests sent
request-body = Body
request-by = Asked by
request-due = Due
request-due_by = To be answered by { $hour }
request-hour_of = { $hour } on { $day }
request-answered = Answered
request-answers = Answers
request-sent_of = { $sent }/{ $whole } sent
request-sent = sent
request-sent_late = sent late
request-sent_when = Sent at
request-waits = not answered
request-drafted = draft
request-overdue = past the hour
request-never = never answered
request-running = running
request-complete = complete
request-closed_state = closed
request-closed = The request is closed and takes no more answers
request-closed_at = Closed at { $hour }.
request-closed_now = The request is closed
request-close = Close
request-tally_sent = answered
request-tally_late = sent late
request-tally_open = not answered
request-silent = Not answered
request-silent_names = See the names
request-count_units = { $count ->
    [one] one body
   *[other] { $count } bodies
}
request-urge = { $units } are asked to answer “{ $title }” by { $hour }.
request-yes_count = Yes: { $count }
request-grid_note = The system's numbers are those of the moment of sending; a number opens the records of today. “No data” is an answer, other than blank.
request-filled = Filled by the system
request-filled_why = Computed from the records, and fixed when you send. If one is wrong, mend the record and send again.
request-no_data = No data
request-send_do = Send
request-correct_do = Send the correction
request-draft_do = Keep as a draft
request-sent_now = The answer is sent
request-draft_now = The draft is kept
request-what = Name
request-what_hint = Say shortly what is wanted: Households without clean water.
request-note = Remarks
request-day = Day
request-hour = Hour
request-hour_hint = For example 16:30
request-whom = Whom to ask
request-circles = Bodies
request-circle = { $body } below
request-circle_kind = { $body } of { $kind }
request-circle_beside = Bodies of this level
request-pick_units = Pick them one by one
request-figures = Columns from the system
request-figures_why = Those who are asked do not type these numbers.
request-find_figures = Find figures
request-period = Period of the figures
request-columns = Columns to fill in
request-columns_why = Empty rows are left out.
request-column = Column
request-holds = Holds
request-holds_number = number
request-holds_text = text
request-holds_yes_no = yes or no
request-hint = Hint
request-ask_do = Send the request
request-asked_now = { $count ->
    [one] The request is sent to one body
   *[other] The request is sent to { $count } bodies
}
request-title_missing = Give the request a name of at most { $most } letters
request-too_long = Longer than { $most } letters
request-no_columns = The request has no columns: choose figures or name a column
request-many_columns = A request has at most { $most } columns
request-no_units = No body is chosen
request-many_units = A request asks at most { $most } bodies
request-column_unnamed = The column has no name
request-column_untyped = Choose what the column holds
request-hour_past = This hour is past
request-day_far = More than { $most } days ahead: what takes so long is a periodic report
request-hour_unreadable = “{ $value }” is no hour. Write it as 16:30
request-blank = “{ $column }” is not answered. If there is none, choose “No data”
request-both = A value and “No data” together: leave one of them
request-yes_or_no = Choose yes, no or no data
request-sent_already = The answer was sent: send the correction, it cannot be a draft again

## The signed copy
reports-copy = Signed copy
reports-copy_none = No signed copy yet. Upload the signed file to hold it against what was issued.
reports-copy_file = Signed file
reports-copy_hint = DOCX or PDF. From then on this file is what is downloaded; numbers changed by hand are named.
reports-copy_take = Compare and keep
reports-copy_mark = SHA-256: { $mark }…
reports-copy_same = Every number is as issued.
reports-copy_unreadable = No words could be read in the file (a scan, a protected or damaged file): its numbers cannot be compared. Compare them by eye before it is sent.
reports-copy_differs = Numbers differ from what was issued in { $count } { $count ->
    [one] place
   *[other] places
}:
reports-copy_changed = { $was } → { $now }
reports-copy_added = added { $now }
reports-copy_gone = missing { $was }
reports-copy_kept = The signed copy is kept. Every number is as issued
reports-copy_look = The signed copy is kept. Look at where it differs from what was issued
reports-copy_missing = No signed file was chosen
reports-copy_kind = { $name } is neither DOCX nor PDF. Save it as one of them and upload it again
reports-copy_too_large = The file is larger than { $most } MB. Scan it again at a lower resolution
reports-copy_out_of_bounds = The file cannot be read within { $seconds } seconds and { $memory } MB of memory. Print it to PDF again, or upload the DOCX
reports-copy_opening = The head of the paper
reports-copy_of_another = The file is not this report. Choose another file
reports-copy_before_issue = The report is not issued: there is nothing to compare with. Issue it first
reports-did_copy = Signed copy kept

## Tasks that were set, answered in the next report
reports-task_too_long = The task “{ $text }…” is longer than { $count } letters. Make several of it
reports-slot_stands = Only other parts of the report were sent back; this one stands. To change it, ask the reader to send it back too
reports-directions_hint = Each line that begins with “- ” is a task; without such lines each line is one. Write the due day within the line (hạn 30/6/2026, quý II năm 2026), else it is the end of the next period; write “chủ trì: body” if another body leads. When the report is issued each task enters the book of tasks, and the next report answers it.
reports-issue_tasks = { $count } tasks enter the book of tasks; the next report must answer each.
reports-tasks_to_set = Tasks to be set
reports-tasks_then = They enter the book of tasks when the report is issued; nothing is typed again.
reports-tasks_set = Tasks that were set
reports-task_by = by { $day }
reports-task_from = Set in the report
reports-task_answered_in = The report of the same kind for the next period answers it.
reports-task_slot = Result, explanation: { $title }
reports-task_sum = Set before and answered here: { $count } tasks ({ $each }).
reports-task_due = { " " }(by { $day })
reports-task_on = on { $day }
reports-task_proofs = { $count } proofs
reports-task_done = done
reports-task_under_way = under way
reports-task_not_done = not done
reports-task_dropped = dropped
reports-task_void = taken back
reports-finding_unanswered = a task that was set is not answered
reports-submit_unanswered = { $count } tasks set before are not answered.

## The prose of those below
reports-below = What those below wrote here
reports-below_title = Those below wrote: { $slot }
reports-below_own = What stands in this report
reports-below_none = No reports from below
reports-below_none_why = Reports of the same kind and period appear here once accepted or issued, if they wrote this part.
reports-below_count = { $count } bodies wrote this part.
reports-below_take = Take this paragraph
reports-below_taken = This paragraph of { $by } was taken before
reports-below_was_taken = Taken into the report
reports-below_report = open the report
reports-below_source = (theo báo cáo của { $by })

## Kinds of report, by whose they are
reports-new_owed = Your body must send
reports-new_own = Your body writes when needed
reports-new_here = Other bodies at the place write
reports-new_else = Other levels write
reports-turn_month = each month
reports-turn_quarter = each quarter
reports-turn_half = half-year
reports-turn_nine_months = nine months
reports-turn_year = each year

## Kept each year, calendar, what heads sign
reports-yearly = Kept each year
reports-yearly_below = Kept each year by those below
reports-yearly_what = What
reports-yearly_days = Between
reports-yearly_in_time = kept, in time
reports-yearly_late = kept, late
reports-yearly_open = its days run
reports-yearly_missing = past due, not kept
reports-yearly_ahead = ahead
reports-yearly_uncertain = not compared with the full text
reports-yearly_write = Write it down
reports-yearly_who = { $count } bodies have not kept it
reports-yearly_count_open = Not kept
reports-yearly_urge = Đề nghị { $units } thực hiện và ghi sổ: { $what }, hạn { $day }.
reports-owed_calendar = Calendar (iCalendar)
reports-owed_calendar_name = Reports and duties: { $unit }
reports-wait_for_you = Reports that wait for you
reports-owed_today = Reports and yearly duties due soon
reports-sign = Sign: { $report }
