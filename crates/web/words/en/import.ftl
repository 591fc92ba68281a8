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

## Rows that are rejected
import-changed_meanwhile = Someone else changed the record during the import. Import this row again
import-handle_twice = The handle { $value } stands in two rows. Keep one
import-no_such_row = The main sheet has no row “{ $value }”. Write the number of the row that this one belongs to
import-no_unit = Unit: nothing entered yet. Add a column “Unit”, or choose one for the whole file
import-not_its_book = { $value } keeps no book of “{ $register }”. Write a body that does
import-not_your_unit = The seat in use may not write in the book of { $value }. Leave this row out, or ask that unit to import it
import-of_another_register = Record { $value } is in the register “{ $register }”. Import this row there, or leave the handle out
import-unit_is_for_life = A record keeps its unit, { $unit }. Write that unit, or leave the column “Unit” empty
