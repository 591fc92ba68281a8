### Import of files

## Files that cannot be read
import-no_file = The file { $file } cannot be read. Check the path and who may read it
import-not_a_sheet = { $file } is no spreadsheet. Use a .xlsx or .csv file
import-old_workbook = Files of Excel 97–2003 (.xls) and files with a password cannot be read. Take the password off and save as .xlsx
import-unreadable_workbook = The workbook is damaged or not a .xlsx file. Open it in a spreadsheet program and save it as .xlsx
import-entities = The workbook declares what no spreadsheet program writes, so it is not read. Open it and save it as .xlsx
import-not_utf8 = The text of { $file } is not UTF-8. Save it as “CSV UTF-8” or .xlsx
import-broken_csv = Row { $row }{ HAS($file) ->
    [yes] { " " }of { $file }
   *[no] { "" }
} cannot be parted into cells. Check the quotes in that row
import-nothing_in_it = There is nothing in the file. Write the column names in the first row and a record in each row below
import-file_too_large = The file is larger than { $most } MB. Split it and import the parts one by one
import-inflates_too_far = The workbook holds more than { $most } MB when unpacked. Take out pictures and needless formats, or split it
import-too_many_rows = More than { $most } rows. Split the file and import the parts one by one
import-too_much_content = More than { $most } filled cells, or too much text in them. Split the file and import the parts one by one

## Columns
import-no_header = There is no row of column names. Write them in the first row, such as: { $columns }
import-no_child_header = There is no row of column names in the sheet “{ $sheet }”. Name them as in an export of this register
import-no_tie = The sheet “{ $sheet }” has neither a column “Handle” nor a column “Row”, so its rows belong to no record. Add one of the two
import-unknown_column = This register has no column “{ $value }”{ nearest-known }

## Rows that are rejected: the reason; what to do is said apart
import-changed_meanwhile = Someone else has just changed this record
import-handle_twice = The handle { $value } stands in a row above already
import-no_such_row = The first sheet has no record in row or with handle “{ $value }”
import-no_unit = Unit: nothing entered yet
import-not_its_book = { $value } keeps no book of “{ $register }”
import-not_your_unit = The seat in use may not write in the book of { $value }
import-of_another_register = Record { $value } is in the register “{ $register }”
import-unit_is_for_life = The record stands in the book of { $unit } and does not move to another unit

## Remedies, notes of the template

import-applying = Writing to the books
import-checking = Checking the rows
import-no_error_file = The error file of { $file } could not be made
import-set_right = Set this cell right and import the file again; rows already in the books are not entered twice.
import-fill_it_in = Fill in this cell and import again.
import-add_child_rows = Add rows on the child sheet, or fill its columns on this very row.
import-import_target_first = Import the record that is linked to first, or leave this cell empty.
import-clear_handle = Clear the handle to make a new record, or leave the row out.
import-choose_listed = Write one of the listed values, as in the template.
import-write_post = Write the unit's code, a colon, the post: 31/ubnd:chu-tich-ubnd.
import-write_day = Write the day as 05/08/2026.
import-write_number = Write the number as 1.052 or 4,1, without words.
import-write_unit = Write the unit's code, or its name with its kind: xã Kiền Bái.
import-write_unit_code = Write the unit's code, or add the unit above: xã Bình Chánh, huyện Thăng Bình.
import-write_unit_of_then = Write a unit that was there on the record's day.
import-fill_before_step = Fill in this cell, or leave the step's day empty.
import-leave_step_blank = Leave the day empty until the step has taken place.
import-order_step_days = Check the days of the steps: none is earlier than the one before it.
import-say_unit = Fill in the column Unit, or choose one unit for the whole file.
import-ask_unit = Leave this row out, or ask the unit that keeps the book to import it.
import-one_row_each = Merge the rows of one handle.
import-try_again = Import this file again in a few minutes.
import-tie_again = Write the record's handle, or the number of its row on the first sheet.
import-fault_column = Error
import-note_handle = Empty for a new record. With a handle: that record is changed.
import-note_unit = The unit's code (31, 11443/ubnd) or its name with its kind.
import-note_tie = The number of the record's row on the first sheet. Not needed with a handle.
import-note_step = The day on which the step took place; empty if it has not. Several days are parted by semicolons.
import-note_required = Required.
import-note_choices = One or more values, parted by semicolons:
import-note_day = A day such as 05/08/2026.
import-note_month = A month such as 08/2026.
import-note_post = The unit's code, a colon, the post: 31/ubnd:chu-tich-ubnd.
import-note_link = The handle of the record that is linked to.
import-note_many = Several values are parted by semicolons.

## Pages of import and export
record-sheet_title = Import: { $label }
record-sheet_file = Spreadsheet
record-sheet_file_hint = XLSX, or CSV (files of child rows together with it, named like x.opinion.csv)
record-sheet_block = Or paste from Excel
record-sheet_block_hint = Copy the rows with their header in Excel and paste them here
record-sheet_look = Look
record-sheet_past = Earlier imports
record-sheet_how = How it works
record-sheet_how_1 = The first row has the columns' names as in the template, or the fields' ids. Totals, group rows and running numbers are skipped.
record-sheet_how_2 = You look first; nothing is written. What is wrong is told by row and column, with the remedy.
record-sheet_how_3 = The same file again changes nothing. An import can be taken back whole.
record-sheet_pasted = A pasted block
record-sheet_nothing = No file is chosen and nothing is pasted
record-sheet_staged = Looked at, not written
record-sheet_begun = Written in part
record-sheet_under_way = Running in the background: see how far it is
record-sheet_done = Written
record-sheet_refused = Not written: some rows are wrong
record-sheet_taken_back = Taken back
record-sheet_some_wrong = { $count } rows cannot be imported. Mend the file and import it again, or import the good rows only.
record-sheet_read = Rows read
record-sheet_added = New
record-sheet_changed = Changed
record-sheet_same = Same as on record
record-sheet_rejected = Rejected
record-sheet_result = Result
record-sheet_skipped = { $count } totals and group rows were skipped.
record-sheet_unknown = { $count } unknown columns
record-sheet_unknown_hint = Choose the column of the register, or leave it out.
record-sheet_leave_out = Leave out
record-sheet_faults = What to mend
record-sheet_row = Row
record-sheet_column = Column
record-sheet_value = Value
record-sheet_error_file = The file with a column of errors
record-sheet_which = Which rows
record-sheet_good_only = Only the { $count } good rows
record-sheet_all_or_nothing = All or none
record-sheet_ready = { $count } rows are ready.
record-sheet_apply = Import { $count } rows
record-sheet_other = Another file
record-sheet_queued = Being written. You may leave this page; the result will be at
record-sheet_take_back = Take the whole import back
record-sheet_take_back_hint = What was added is void and keeps its number; what was changed is as before.
record-sheet_book = Into the book of
record-sheet_book_hint = Code or name of a body, for rows that name none. Empty: { $unit }
record-sheet_not_your_book = The book of this body is not yours to write in. Choose your own or one under it
record-sheet_back_title = Take back the import { $file }
record-sheet_back_what = { $added } records added and { $changed } records changed by this import are taken back.
record-sheet_back_queued = Being taken back
import-sealed_column = The sheet has the column “{ $label }”, which is under seal. Take it out and try again; identities are entered record by record
