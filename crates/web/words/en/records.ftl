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
step-needs_condition = The step “{ $step }” lacks its condition: { $label }
step-in_the_future = { $day } is still to come. Enter the day it took place, today at the latest
step-before_the_last = { $day } is before the step “{ $before }” of { $last }. Enter { $last } or a later day
step-effect_on = This step takes a step of record { $number }, { $title }, too, which is hindered as said above. Complete that record and try again
step-keeps_unchanged = { $label }: still as it was. The step “{ $step }” needs a new value
step-nothing_to_undo = No step of this record was taken, so there is nothing to undo
step-undo_its_cause = This step came with a step of a linked record. Undo that one
step-made_records = The step “{ $step }” made other records and cannot be undone. Change or void those records

## Values
value-unknown_choice = “{ $value }” is not among the choices. Write one of: { $choices }
value-unknown_topic = There is no topic “{ $value }”{ nearest-known }
value-unknown_figure = There is no figure “{ $value }”{ nearest-known }
value-unknown_target = There is no target “{ $value }”. Write the id of a target of a programme
value-unknown_post = “{ $value }” cannot be read as a post. Write the body, then the post, like 31/ubnd:chu-tich-ubnd
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

## Registers and lists
record-books = Registers
record-book = Register
record-all_books = All registers
record-by_book = By register
record-records = records
record-count = { $count } { $noun }
record-count_more = more than { $count } { $noun }
record-views = Views
record-view_open = Open
record-view_overdue = Overdue
record-view_all = All
record-view_void = Void
record-number = Number
record-title = Title
record-day = Day
record-due = Due
record-left = Left
record-of_unit = Unit
record-state = State
record-working_days_note = Days left are working days.
record-import = Import from Excel
record-export = Export to Excel
record-export_csv = CSV
record-template = Template
record-new = New
record-new_one = New: { $noun }
record-new_into = Enter into a register

## Filters
record-find_text = Find in this register
record-under = Unit
record-from_day = From
record-to_day = To
record-year = Year of the number
record-more_filters = More filters, columns
record-columns = Columns shown
record-any = Any
record-at_least = { $label } from
record-at_most = { $label } to
record-without = Without “{ $condition }”:
record-none_match = No { $noun } match all { $count } conditions
record-drop_all = Drop all conditions
record-none_overdue = No { $noun } are overdue
record-none_void = No { $noun } are void
record-none_open = No { $noun } are open
record-none_open_why = What is done stands under “All”.
record-see_all = See all
record-none_yet = Nothing in “{ $label }” yet
record-view_new = Save this view
record-view_name = Name of the view
record-view_hint = short, such as: Overdue letters of the village
record-view_save = Save
record-view_saved_ones = Saved views
record-view_drop = Drop the view { $name }
record-view_needs_a_name = Name of the view: write 1 to { $most } characters. If the filter is too long, drop a condition
record-view_kept = The view “{ $name }” was saved
record-view_dropped = The view was dropped

## Many records at once
record-bulk_act = What to do with the selected rows
record-bulk_choose = Choose
record-bulk_steps = Steps
record-bulk_fields = Set a field
record-bulk_go = Continue…
record-bulk_no_act = What to do: nothing chosen yet
record-bulk_none = No row is selected. Tick the rows that are meant
record-bulk_too_many = At most { $most } rows at once. Untick some and go again
record-bulk_not_yours = The seat in use may not do this with this record
record-bulk_stale = Someone else has just changed this record. Open it and try again
record-bulk_step_title = { $step }: { $count } { $noun }
record-bulk_field_title = Set “{ $field }”: { $count } { $noun }
record-bulk_field_do = Set for { $count } { $noun }
record-bulk_each = Each record is checked by itself; one that lacks something stays as it is, with the reason.
record-bulk_chosen = Selected records
record-bulk_done = done
record-bulk_refused = refused
record-bulk_result = Result
record-bulk_why = Reasons and warnings
record-bulk_told = { $done } done, { $refused } refused.
record-bulk_back = Back to the list

## Search
record-search = Search
record-search_title = Search for “{ $text }”
record-search_how = Write what to find into the box above
record-search_how_text = Accents are not needed. Words in quotes are looked for as a phrase; numbers of records are found too.
record-search_none = Nothing found for “{ $text }”
record-search_none_do = Use fewer words, or the number of the record. What is kept sealed cannot be searched.
record-search_loose = No record has the exact phrase; these have its words.

## Today
record-today = Today
record-tally = Work by deadline
record-tally_over = overdue
record-tally_now = due today or tomorrow
record-tally_soon = due in 2 to 5 days
record-tally_later = due later
record-over = Overdue
record-now = Today and tomorrow
record-soon = In 2 to 5 days
record-later_on = Later
record-waiting = What waits
record-waiting_count = { $count } in all
record-waiting_more = more than { $count }
record-shown_of = { $shown } of { $whole } shown.
record-nothing_waits = Nothing waits
record-nothing_waits_why = Every deadline is settled. Records stand in their registers.
record-work = Work
record-next_step = Next step
record-running = Running
record-moved = Lately changed

## Forms
record-content = Content
record-parts = Parts
record-new_title = { $label }: new
record-edit = Edit
record-edit_title = Edit: { $title }
record-book_hint = whose book it is entered in; code or name
record-not_your_book = The seat in use may not write in the book of { $unit }. Choose your own unit’s
record-save = Save
record-save_and_new = Save and enter another
record-show_fields = Show the fields that follow
record-leave = Leave
record-back = Back to the record
record-wrong = { $count } to mend
record-created = Entered: { $label }
record-created_due = Entered: { $label }, due { $day }
record-created_warned = Entered: { $label }. Note: { $warning }
record-saved = Saved
record-saved_warned = Saved. Note: { $warning }
record-saved_without_file = The record was saved, the file was not: { $reason }
record-dong = đồng
record-empty_row = (leave empty if there is none)
record-rank_hint = rank/number ranked, such as 12/63
record-unit_hint = code or name with its kind, such as xã Kiền Bái
record-units_hint = one unit a line: code or name with its kind
record-post_hint = choose from the list, or write 31/ubnd:chu-tich-ubnd
record-link_hint = number, title or handle of the record
record-links_hint = one record a line: number, title or handle
record-likely = Likely ones
record-link_unknown = No record “{ $value }” was found. Write its number, title or handle
record-link_ambiguous = Several records fit “{ $value }”: { $candidates }. Write the handle in brackets of the one meant
record-private_kept = Something is kept sealed; leave this empty to keep it.
record-clear_private = Remove the sealed “{ $label }”

## Someone else saved first
record-stale = Someone else has just changed this record
record-stale_kept = What was typed is still in the form; fields that only others changed are as they are now. See the table, then save again.
record-stale_step = The step “{ $step }” was taken.
record-stale_changes = What others changed
record-field = Field
record-stale_before = Before
record-stale_now = Now
record-stale_mine = Typed here
record-stale_untouched = not typed
record-nothing = empty

## The page of a record
record-why = Why this day
record-not_filled = Not filled in: { $fields }.
record-not_filled_count = { $count } fields not filled
record-not_begun = Nothing yet in:
record-dropped = Fields no longer in use
record-linked = Linked records
record-link_elsewhere = a record of another unit
record-sealed = Kept sealed.
record-unseal = Open
record-unseal_noted = Each opening is entered in the timeline.
record-unseal_title = Open what record { $number } keeps sealed
record-unseal_text = What a citizen entrusted is opened only when the work needs it. Who, when and why are entered in the timeline before anything is shown.
record-unseal_hint = such as: to send the notice of acceptance
record-unseal_do = Open
record-unseal_needs_a_reason = Reason for opening: nothing entered yet
record-sealed_fields = Sealed fields
record-nothing_sealed = Nothing is kept sealed.
record-shown_once = Shown once, on this page only; not to be copied elsewhere in the system.
record-reason = Reason
record-comment = Comment
record-comment_do = Enter
record-commented = The comment was entered
record-undo = Undo the last step
record-undone = The last step was undone
record-undo_too_late = More than 10 minutes have passed, or someone else took the step. Open the record and undo it there
record-void_ask = Void this record…
record-void_title = Void record { $number }
record-void_number = The number { $number } is not used again.
record-void_figures = The record leaves all figures, of past periods too; issued reports stay as they are.
record-void_kept = Its content and timeline are kept, under the view “Void”.
record-void_yes = Void the record
record-void_no = Keep it
record-voided = Record { $number } was voided

## Steps
record-steps = Steps
record-steps_done = { $done } of { $whole } steps done
record-done_on = { $day }
record-from_old_book = from an old book
record-other_ways = Other ways:
record-barred_steps = { $count ->
    [one] One step cannot be taken on this record now
   *[other] { $count } steps cannot be taken on this record now
}
record-later = later
record-later_part = Filled in at later steps
record-step_needs = Still needs: { $what }.
record-step_paper = Makes the paper: { $paper }.
record-step_by = Taken by: { $who }.
record-step_to = After this step the record is “{ $state }”.
record-on = Day it took place
record-stepped = The step “{ $step }” was taken
record-stepped_due = The step “{ $step }” was taken; next due { $day }
record-stepped_warned = The step “{ $step }” was taken. Note: { $warning }
record-role_administrator = administrator
record-role_leader = leader
record-role_clerk = clerk
record-role_approver = approver
record-role_inspector = inspector
record-role_auditor = auditor
record-clocks = Deadlines
record-other_clocks = Other deadlines
record-due_as_written = This day was written down, not counted by a rule.

## What happened
record-happened = What happened
record-older = Older entries
record-waits_for = Waits for: { $step }
record-chain = { $count } entries, chain ends in { $code }
record-the_system = The system
record-took_place = Took place on { $day }
record-did_create = Entered as number { $number }
record-did_save = Changed: { $fields }
record-did_undo = Undid the step “{ $step }”
record-did_void = Voided: { $reason }
record-did_attach = Added the file { $name }
record-did_detach = Took the file { $name } off
record-did_copy = Taken again from the linked record: { $fields }
record-did_unseal = Opened what is sealed: { $reason }

## Files
record-files = Files
record-files_count = { $count ->
    [one] 1 file
   *[other] { $count } files
}
record-no_files = No files yet.
record-attach = Add files
record-attach_do = Add
record-attached = { $count ->
    [one] 1 file was added
   *[other] { $count } files were added
}
record-detach_one = Take the file { $name } off
record-detached = The file { $name } was taken off
record-file_hint = PDF, DOCX, XLSX, JPG, PNG or TXT, up to 10 MB each
record-no_file = File: nothing chosen yet
record-file_too_large = The file { $name } is larger than { $most }. Compress or split it
record-file_kind = Files like { $name } are not taken. Use { $kinds }
record-file_unlike = The content of { $name } is not what its ending says, or holds macros. Save it anew without macros

## For programs
record-if_match_needed = The version that was read is missing. Send If-Match with the record's ETag
record-json_unreadable = What was sent cannot be read: { $reason }
record-json_unlike = The value at { $field } is not of the field's type
record-book_too_long = The register has more than { $most } lines in the period, too long to print at once. Choose a shorter period and print it in parts
record-export_long = The list has more than { $most } records. The file is written in the background; leave the page and it goes on, then fetch it under “Background work”.
record-export_title = Export { $label }
record-export_begin = Write the file
record-export_finding = Found { $done } records
record-export_writing = Writing { $whole } records
record-export_done = Wrote { $whole } records
record-papers = Papers
record-paper_uncertain = not compared
record-paper_uncertain_text = The number or wording of this form has not been compared with the official text. Check it before signing.
record-paper_signed = Signed: number { $number }, of
record-paper_sent = To { $to }, { $how }: sent { $sent }, receipt not recorded
record-paper_received = To { $to }, { $how }: sent { $sent }, received { $received }
record-paper_proved = { $went }; proof: { $proof }
record-paper_signer = Signed by
record-paper_signer_hint = The name printed under the signature, without titles.
record-paper_private = This paper prints sealed data. Making it is entered in the record.
record-paper_blank = Sealed data stay blank in this paper.
record-paper_docx = Download DOCX
record-paper_pdf = Download PDF
record-paper_look = Look again
record-paper_as_now = As the record stands now
record-phrases = Phrases
record-paper_after = Number and day after signing
record-paper_number = Number
record-paper_number_hint = As the office gives it, such as 12/TB-UBND.
record-paper_day = Signed on
record-paper_copy = Signed copy
record-paper_number_do = Record the number
record-paper_numbered = Number recorded: { $label }.
record-paper_delivery = Delivery
record-paper_to = Sent to
record-paper_how = How
record-paper_sent_on = Sent on
record-paper_received_on = Received on
record-paper_starts = The day on which the sender received it starts the next period.
record-paper_proof = Proof
record-paper_proof_hint = Tracking number or file name. No names.
record-paper_proof_file = File of proof
record-paper_delivery_do = Record the delivery
record-paper_delivered = Delivery recorded: { $label }.
record-did_paper = Made the paper: { $paper }
record-did_paper_private = Made a paper with sealed data: { $paper }

## Sealed identity
record-identity_in_content = { $label }: a name, number or address of the denouncer stands in it. Take it out
record-under_seal = Under seal.
record-identity_way = Ask to open
record-identity = Sealed identity
record-identity_title = Sealed identity of record { $number }
record-identity_text = Only named handlers open it, with a reason and a second person's consent. Each step is in the timeline; the head is told.
record-identity_passphrase = Passphrase
record-identity_passphrase_hint = The passphrase for sealed cases, not the password.
record-identity_open = Open the identity
record-identity_asked_by = Asked by
record-identity_password = Your password
record-identity_agree = Agree
record-identity_waits = Waiting for a second person. The request stands for 24 hours.
record-identity_others = Someone else has asked to open this record.
record-identity_you_agreed = You have agreed. Whoever asked may open it within a day; the head is told.
record-identity_reason_hint = Without names. For example: checking the conditions of acceptance
record-identity_ask = Ask to open
record-identity_no_handler = You are not named to open sealed cases.
record-identity_share = Share with a handler named later
record-identity_share_to = With
record-identity_share_hint = This person will open it too, with their own passphrase.
record-identity_share_do = Share
record-identity_was_asked = The request is sent
record-identity_was_agreed = Agreed
record-identity_was_shared = Shared
record-identity_hand = Give the identity to { $body }
record-identity_hand_text = The letter went there. The identity is sealed again for the handlers named there; nobody sees it on the way.
record-identity_hand_do = Give the identity
record-identity_is_there = The receiver has the sealed identity: { $body }.
record-identity_release_text = Once the denouncer has been told, it need not be kept here. It does not come back; the receiver keeps it.
record-identity_release = Drop this body's sealed copy
record-identity_was_handed = The identity was given
record-identity_was_released = This body's sealed copy is gone
record-identity_there = The receiver has a sealed identity; it is not given twice
record-identity_nowhere = This letter has not gone to another body
record-identity_not_there = The receiver has no sealed identity yet, so the copy here stays
record-identity_no_receivers = { $body } has named nobody to open sealed cases. It can be given once someone is named there
record-identity_in_part = You can open { $opened } of { $all } sealed parts. Let another handler give it, or share with you first
record-identity_told = This opening is in the timeline and the head is told. Copy nothing out.
record-identity_file = Download

record-agenda = Promises still open from earlier meetings
record-agenda_why = They head the agenda of this one.
record-agenda_promise = Promise
record-agenda_body = Body
record-agenda_hidden = { $count } more in other books that you may not open.
record-proposed = Proposed
record-proposed_do = Look and confirm
record-proposed_basis = Basis: { $basis }
record-did_identity_ask = Asked to open the sealed identity: { $reason }
record-did_identity_agree = Agreed to open the sealed identity
record-did_identity_open = Opened the sealed identity: { $reason }
record-did_identity_refused = The sealed identity was not opened: wrong passphrase
record-did_identity_share = Shared the sealed case with a named handler
record-did_identity_hand = Gave the sealed identity to { $body }
record-did_identity_handed = Received the sealed identity from { $body }
record-did_identity_release = Dropped this body's sealed copy of the identity
record-did_seal_file = Sealed a file
record-card = Code of the citizen card
record-card_hint = Put the cursor here and scan the card. Only number, name, birth date and address are taken; the rest is not kept.
record-card_do = Fill from the card
record-card_unreadable = The code of the card could not be read. Scan again or type.
record-book_from = From
record-book_to = To
record-book_private = The book prints names, addresses and numbers. Printing is entered in each record.
record-book_print = Print the book (XLSX)
record-book_days = From { $from } to { $to }
record-book_number = Number
record-book_order = The last day is before the first.
record-book_link = Print the book, form { $code }

## Receipts
record-did_receipt = Gave receipt { $reference }
record-receipt_give = Give a receipt
record-receipt_what = A reference and a secret, for the sender to look it up.
record-receipt_title = Receipt
record-receipt_body = Received by
record-receipt_where = Look it up on the page “Look up a receipt” or at the reception.

## Calendar
record-calendar = Due days
record-calendar_why = See the body's due days in the calendar of your telephone. It names the book, the number and the work, never the content.
record-calendar_do = Make a calendar address
record-calendar_copy = Copy this address into your calendar program. It is shown once; a new one ends the one before.
record-calendar_copy_do = Copy the address
record-calendar_secret = Whoever has this address sees the due days.
record-bulk_as_they_are = What is left empty stays as each record has it.
record-national = National database on reception, complaints, denunciations
record-national_how = Records of this book that are not there yet. Open one, print the copy sheet, enter it in the national database and write its code into the record. What is exported there is recognised by its code when imported, so nothing is made twice.
record-national_book = Register
record-national_pending = Not entered
record-national_entered = Entered
record-national_sheets = Files
record-case_file = Case file
record-case_file_get = Download the case file (PDF)
record-case_file_zip = Download the papers apart (ZIP)
record-case_file_too_large = The attachments exceed { $most }. Download them one by one.
record-case_index = Index of the file
record-case_papers = Documents
record-case_paper = Document
record-case_pages = Pages
record-case_notice = { $page } (attached)
record-case_stamp = p. { $number }/{ $all }
record-case_stamp_index = Index { $number }/{ $all }
record-case_attached = The file has no pages to print; it is attached to this PDF.
record-case_steps = Course
record-case_clocks = Deadlines and how they were reckoned
record-case_stopped = (stopped { $day })
record-case_access = Papers made, sealed data opened, files attached
record-case_read = Who read the file
record-case_day = Day
record-case_when = When
record-case_who = Who
record-case_what = What
record-national_short = National database
record-clock_stands = stands still since { $day }; reckoned on when it resumes

record-overlap = { $bodies } plan the same topic at the same place this month ({ $day }); consider doing it together
record-overlaps = Others’ plans on the same matter
record-overlap_why = The same topic, place and month. Consider doing it together.
record-overlap_day = Day
record-overlap_body = Body
record-overlap_what = Subject

## Many voices on one matter
record-gathers = { $noun } called for
record-gathers_why = Below is where { $least } or more stayed open within the last { $days } days and none of { $noun } is planned or was held.
record-gathers_topic = Topic and place
record-gathers_voices = Open
record-gathers_sum = Count
record-gathers_do = To do
record-gathered = Open voices on the same matter

## Renewal
record-renews = To be renewed
record-renews_why = Reason
record-renews_left = { $name } left the office of { $post }, { $unit }, on { $day }.
record-renews_now = Now held by { $names }.
record-renews_vacant = Nobody holds it now.
record-renews_propose = { $step }: people changed since the latest decision

## Votes
record-vote = Outcome of the vote
record-vote_passed = passed
record-vote_failed = not passed
record-vote_basis = Basis: { $article }; reckoned over all who are entitled, not over those present.
record-vote_missing = { $missing } { $noun } short.
record-vote_no_numbers = The threshold is { $share } of all { $noun }; numbers are missing.
record-vote_no_law = Voted on { $day }: no threshold of the law of that day is on file; the competent person compares.
record-vote_numbers_only = Numbers only. Who voted what is never kept.
record-vote_hands = Counted by (entered by): { $names }.
record-vote_propose_passed = those in favour reach the threshold
record-vote_propose_failed = not enough are in favour
record-vote_not_reached = “{ $step }” cannot be taken: { $sum }, by { $article }
record-vote_reached = “{ $step }” cannot be taken: { $sum }, by { $article }
record-vote_counted_once = Ballots are counted by two people; there are { $counted } counts. The second counter enters their own
record-vote_counts_differ = The two counts differ: { $what }. Count again and correct the wrong one
record-vote_unlike_count = { $label }: the record says { $said }, the count { $counted }. Make them agree
record-vote_one_counter = Both counts were made by { $name }. Someone else makes the second
record-vote_one_hand = Both counts were entered by one account. The second counter enters their own

## Scheduling by a rule
record-rule_link = Schedule by a rule
record-rule_title = { $noun } by a rule
record-rule_rule = Rule
record-rule_each = The same for all of them
record-rule_from = From
record-rule_to = To
record-rule_every = Comes round
record-rule_every_month = on fixed days of every month
record-rule_every_week = on fixed days of every week
record-rule_every_nth = on the first, second … such day of every month
record-rule_days = Days of the month
record-rule_days_hint = For example: 10, 25. A month without that day has it on its last
record-rule_weekdays = Days of the week
record-rule_which = Which in the month
record-rule_which_hint = The second Thursday is the second day of the month that is a Thursday
record-rule_place_first = first
record-rule_place_second = second
record-rule_place_third = third
record-rule_place_fourth = fourth
record-rule_place_last = last
record-rule_and = { $first } and { $last }
record-rule_month = every month on { $days }
record-rule_week = every week on { $days }
record-rule_nth = every { $places } { $days } of the month
record-rule_look = Look at the days
record-rule_make = Set down the chosen days
record-rule_made = { $count } { $noun } set down.
record-rule_counted = { $count } { $noun } to be set down
record-rule_take = Choose
record-rule_moved = Day of the rule
record-rule_moved_from = { $day } is off ({ $reason }), moved to the next working day
record-rule_notice = To be posted by
record-rule_notice_over = over
record-rule_late = { $count } { $noun } can no longer be posted in time. Leave them out, or set them down and say why they are posted late. Basis:
record-rule_same_day = Falls on another day of the rule after a day off; not set down
record-rule_known = There already, not set down again:
record-rule_put_off = This day was put off to { $day }, not set down again:
record-rule_uncertain = holidays not confirmed
record-rule_duties = How many the rules ask for
record-rule_no_duty = No rule says how many for this post at this level in this time.
record-rule_enough = Enough
record-rule_not_enough = Too few in { $count } of { $whole } turns
record-rule_short = { $turn }: { $count } of { $times }
record-rule_duty_uncertain = to be verified
record-rule_incomplete = The rule is incomplete or wrong. Write days of the month (1–31), or choose days of the week
record-rule_in_the_past = Schedule from today, { $day }, on
record-rule_too_long = Two years at most at a time
record-rule_too_many = This rule gives more than { $most } days. Shorten the time
record-rule_no_day = The rule has no day in this time. Look at the rule and the time again
record-rule_day_taken = { $day } is no longer free. Look at the days below again
record-rule_none_chosen = No day is chosen. Tick those to be set down
record-left_out = Time that does not count
record-left_out_one = { $from } to { $to }: { $why }

## Days off, days worked
days-title = Working calendar
days-lead = Days off, days in lieu and Saturdays worked, by which every deadline is reckoned.
days-of_year = The days of { $year }
days-years = Years
days-what = Name
days-standing = Standing
days-decision = Basis
days-acts = Act
days-changes = Changes made
days-because = Reason: { $reason }
days-enter = Enter days
days-whole_year = the confirmation of { $year }
days-did_back = Took back { $days } ({ $decision })
days-did_enter = Entered { $days } by { $decision }
days-no_table = There is no calendar for { $year } yet. Deadlines in that year leave out weekends and the days entered only.
days-year_provisional = The calendar of { $year } is not confirmed: { $decision }. A deadline that falls in an unconfirmed part says so.
days-year_confirmed = The calendar of { $year } is confirmed: { $decision }.
days-confirm_year = Confirm the calendar of { $year }
days-confirm = Confirm
days-take_back = Take back
days-kind_holiday = public holiday
days-kind_compensation = day in lieu
days-kind_local = local day off
days-kind_worked = working day
days-as_the_year = As the year
days-entered_here = (entered here)
days-confirmed = Confirmed
days-provisional = Provisional
days-number = Number of the document
days-number_hint = For example: Notice 12/TB-UBND
days-decided = Date of the document
days-one = One day
days-kind = Kind
days-name = Name, reason
days-name_hint = For a day in lieu, the holiday it makes up for
days-many = Several days
days-lines = Paste from a table
days-lines_hint = Each line: day, kind, name, with a tab or a semicolon between. Days in a row: 16/02/2026-20/02/2026. The kind is one of: { $kinds }
days-whole = A whole year
days-confirm_whole = Confirm the calendar of
days-confirm_whole_hint = Days of that year still provisional become confirmed, just as they stand
days-look = See which deadlines change
days-applied = The calendar is written down. Deadlines are being reckoned anew.
days-applied_still = The calendar is written down. No day is other than it was.
days-job = See the reckoning
days-job_done = Deadlines moved: { $moved }; kept their day and reckoned anew: { $settled }; past and left as they were: { $left }.
days-preview_title = The calendar and deadlines as they will be
days-back_title = Take back a day entered here
days-take_back_now = Take back and reckon deadlines anew
days-apply = Write down and reckon deadlines anew
days-changed = Days that change
days-moved = Deadlines that will move
days-past = Deadlines already past
days-past_stay = The old or the new day is past. These deadlines stay as they are, but for those that are ticked, with a reason.
days-reason = Reason
days-reason_back = It stands in the timeline of the calendar
days-reason_past = Needed to move a deadline that is past; it stands in the timeline of each record
days-change_again = Change it
days-unseen = { $count } { $count ->
    [one] other deadline stands in a record
   *[other] other deadlines stand in records
} that you do not read.
days-unseen_past = { $count } { $count ->
    [one] other deadline stands in a record that you do not read; it stays as it is.
   *[other] other deadlines stand in records that you do not read; they stay as they are.
}
days-cut = Only the first { $shown } are named.
days-none_moves = No running deadline has to move.
days-settled = { $count } { $count ->
    [one] deadline keeps its day and is
   *[other] deadlines keep their day and are
} reckoned by the changed days.
days-was = As it is
days-now = As it will be
days-same = No day is other than it was.
days-year_settled = The other days of the year become confirmed or provisional; none is off or worked otherwise.
days-record = Record
days-clock = Deadline
days-due = Due
days-handler = Handled by
days-move = Move
days-move_one = Move the past deadline of { $name }
days-twice = { $day } is entered twice. Leave one out
days-no_name = { $day }: no name or reason yet
days-off_anyhow = { $day } is a weekend and cannot be a day in lieu. Enter a weekday
days-none = No day has been entered
days-year_empty = { $year } has no day off yet. Enter the days off of the year along with its confirmation
days-no_decision = Number of the document: not filled in
days-no_reason = Reason: not filled in
days-no_kind = Kind: not chosen
days-line_day = “{ $text }” is no day. Write 16/02/2026 or 16/02/2026-20/02/2026, at most 31 days
days-line_kind = “{ $text }” is no kind of day. The kinds stand in the hint
record-did_calendar = Calendar changed by { $decision }: { $clock } from { $old } to { $new }
record-did_calendar_past = Calendar changed by { $decision }: { $clock } from { $old } to { $new }, though past, because { $reason }
record-did_calendar_settle = Calendar changed by { $decision }: { $clock } is still { $day }

## Watching
record-watch = Watch
record-unwatch = Stop watching
