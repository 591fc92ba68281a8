### Nhập từ tệp

## Tệp không đọc được
import-no_file = Không đọc được tệp { $file }. Kiểm tra đường dẫn và quyền đọc
import-not_a_sheet = { $file } không phải bảng tính. Dùng tệp .xlsx hoặc .csv
import-old_workbook = Tệp kiểu Excel 97–2003 (.xls) hoặc có mật khẩu chưa đọc được. Bỏ mật khẩu, lưu lại thành .xlsx
import-unreadable_workbook = Tệp bảng tính bị hỏng hoặc không đúng kiểu .xlsx. Mở bằng phần mềm bảng tính, lưu lại thành .xlsx
import-entities = Tệp bảng tính có khai báo mà phần mềm bảng tính không bao giờ ghi ra, nên không đọc. Mở tệp, lưu lại thành .xlsx
import-not_utf8 = Chữ trong tệp { $file } không theo bảng mã UTF-8. Lưu lại kiểu “CSV UTF-8” hoặc .xlsx
import-broken_csv = Dòng { $row }{ HAS($file) ->
    [yes] { " " }của tệp { $file }
   *[no] { "" }
} chưa tách được thành ô. Kiểm tra dấu ngoặc kép ở dòng đó
import-nothing_in_it = Tệp không có dòng nào. Ghi tên cột ở dòng đầu, mỗi hồ sơ một dòng bên dưới
import-file_too_large = Tệp lớn hơn { $most } MB. Chia thành nhiều tệp, nhập từng tệp
import-inflates_too_far = Nội dung bảng tính lớn hơn { $most } MB sau khi giải nén. Bỏ hình ảnh, định dạng thừa, hoặc chia thành nhiều tệp
import-too_many_rows = Nhiều hơn { $most } dòng. Chia thành nhiều tệp, nhập từng tệp
import-too_much_content = Nhiều hơn { $most } ô có chữ, hoặc chữ quá dài. Chia thành nhiều tệp, nhập từng tệp

## Cột
import-no_header = Không thấy dòng tên cột. Ghi tên cột ở dòng đầu, như: { $columns }
import-no_child_header = Không thấy dòng tên cột ở trang tính “{ $sheet }”. Ghi tên cột như trong tệp xuất ra từ sổ này
import-no_tie = Trang tính “{ $sheet }” thiếu cột “Mã hồ sơ” hoặc “Dòng”, nên chưa biết dòng nào thuộc hồ sơ nào. Thêm một trong hai cột
import-unknown_column = Sổ này không có cột “{ $value }”{ nearest-known }

## Dòng không nhận
import-changed_meanwhile = Hồ sơ vừa được người khác sửa trong lúc nhập. Nhập lại dòng này
import-handle_twice = Mã hồ sơ { $value } có ở hai dòng. Giữ một dòng
import-no_such_row = Không có dòng “{ $value }” ở trang tính chính. Ghi số dòng của hồ sơ mà dòng này thuộc về
import-no_unit = Đơn vị: chưa ghi. Thêm cột “Đơn vị”, hoặc chọn đơn vị cho cả tệp
import-not_its_book = { $value } không lập sổ “{ $register }”. Ghi cơ quan giữ sổ này
import-not_your_unit = Vai đang dùng không ghi được vào sổ của { $value }. Bỏ dòng này, hoặc đề nghị đơn vị đó nhập
import-of_another_register = Hồ sơ { $value } thuộc sổ “{ $register }”. Nhập dòng này vào sổ đó, hoặc bỏ mã hồ sơ
import-unit_is_for_life = Hồ sơ đã có giữ nguyên đơn vị { $unit }. Ghi lại đơn vị đó, hoặc để trống cột “Đơn vị”
