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

## Dòng không nhận: lý do; cách sửa nói riêng
import-changed_meanwhile = Người khác vừa sửa hồ sơ này
import-handle_twice = Mã hồ sơ { $value } đã có ở một dòng trên
import-no_such_row = Trang đầu không có hồ sơ nào ở dòng hoặc mã “{ $value }”
import-no_unit = Đơn vị: chưa ghi
import-not_its_book = { $value } không giữ sổ “{ $register }”
import-not_your_unit = Vai đang dùng không ghi được vào sổ của { $value }
import-of_another_register = Hồ sơ { $value } thuộc sổ “{ $register }”
import-unit_is_for_life = Hồ sơ đứng trong sổ của { $unit }, không chuyển sang đơn vị khác

## Nhập từ tệp: cách sửa, ghi chú của tệp mẫu

import-applying = Đang ghi vào sổ
import-checking = Đang kiểm tra các dòng
import-no_error_file = Chưa lập được tệp lỗi của { $file }
import-set_right = Sửa ô này rồi nhập lại tệp; những dòng đã vào sổ sẽ không nhập trùng.
import-fill_it_in = Điền ô này rồi nhập lại.
import-add_child_rows = Thêm dòng ở trang con, hoặc điền các cột của trang con ngay trên dòng này.
import-import_target_first = Nhập hồ sơ được dẫn đến trước, hoặc để trống ô này.
import-clear_handle = Xóa mã ở dòng này để lập hồ sơ mới, hoặc bỏ dòng.
import-choose_listed = Ghi đúng một giá trị của danh mục, như trong tệp mẫu.
import-write_post = Ghi mã đơn vị, dấu hai chấm, chức vụ: 31/ubnd:chu-tich-ubnd.
import-write_day = Ghi ngày kiểu 05/08/2026.
import-write_number = Ghi số kiểu 1.052 hoặc 4,1, không kèm chữ.
import-write_unit = Ghi mã đơn vị, hoặc tên kèm cấp: xã Kiền Bái.
import-write_unit_code = Ghi mã đơn vị, hoặc thêm tên đơn vị cấp trên: xã Bình Chánh, huyện Thăng Bình.
import-write_unit_of_then = Ghi đơn vị còn tồn tại vào ngày của hồ sơ.
import-fill_before_step = Điền ô này, hoặc để trống ngày của bước.
import-leave_step_blank = Bước chưa diễn ra thì để trống ngày.
import-order_step_days = Kiểm tra ngày của các bước: bước sau không sớm hơn bước trước.
import-say_unit = Điền cột Đơn vị, hoặc chọn một đơn vị cho cả tệp.
import-ask_unit = Bỏ dòng này, hoặc nhờ đơn vị giữ sổ nhập.
import-one_row_each = Gộp các dòng cùng mã thành một.
import-try_again = Nhập lại tệp này sau ít phút.
import-tie_again = Ghi đúng mã hồ sơ, hoặc số dòng của hồ sơ ở trang đầu.
import-fault_column = Lỗi
import-note_handle = Để trống khi lập hồ sơ mới. Có mã: sửa hồ sơ ấy.
import-note_unit = Mã đơn vị (31, 11443/ubnd) hoặc tên kèm cấp.
import-note_tie = Số dòng của hồ sơ ở trang đầu. Không cần nếu đã ghi mã hồ sơ.
import-note_step = Ngày thực hiện bước. Để trống nếu chưa thực hiện. Nhiều lần thì cách nhau bằng dấu chấm phẩy.
import-note_required = Bắt buộc.
import-note_choices = Một hoặc nhiều giá trị, cách nhau bằng dấu chấm phẩy:
import-note_day = Ngày kiểu 05/08/2026.
import-note_month = Tháng kiểu 08/2026.
import-note_post = Mã đơn vị, dấu hai chấm, chức vụ: 31/ubnd:chu-tich-ubnd.
import-note_link = Mã của hồ sơ được dẫn đến.
import-note_many = Nhiều giá trị thì cách nhau bằng dấu chấm phẩy.

## Nhập, xuất bảng tính: các trang
record-sheet_title = Nhập vào sổ: { $label }
record-sheet_file = Tệp bảng tính
record-sheet_file_hint = XLSX, hoặc CSV (tệp dòng con chọn cùng lúc, tên kiểu x.opinion.csv)
record-sheet_block = Hoặc dán từ Excel
record-sheet_block_hint = Chép cả dòng tên cột trong Excel rồi dán vào đây
record-sheet_look = Xem thử
record-sheet_past = Các lần nhập trước
record-sheet_how = Cách nhập
record-sheet_how_1 = Dòng đầu là tên cột như trong tệp mẫu, hoặc mã trường. Dòng “Cộng”, dòng nhóm và cột STT được bỏ qua.
record-sheet_how_2 = Xem thử trước; chưa ghi gì vào sổ. Dòng sai được kể rõ cột nào, vì sao, sửa thế nào.
record-sheet_how_3 = Nhập lại đúng tệp cũ không làm thay đổi gì. Cả lần nhập lấy lại được.
record-sheet_pasted = Khối dán từ Excel
record-sheet_nothing = Tệp: chưa chọn, khối dán cũng để trống
record-sheet_staged = Mới xem thử, chưa ghi
record-sheet_begun = Mới ghi một phần
record-sheet_under_way = Đang chạy nền: xem tiến độ
record-sheet_done = Đã ghi vào sổ
record-sheet_refused = Không ghi, vì có dòng sai
record-sheet_taken_back = Đã lấy lại
record-sheet_some_wrong = { $count } dòng chưa nhập được. Sửa trong tệp rồi nhập lại, hoặc chỉ nhập các dòng đúng.
record-sheet_read = Dòng đã đọc
record-sheet_added = Ghi mới
record-sheet_changed = Sửa hồ sơ đã có
record-sheet_same = Đã có, không đổi
record-sheet_rejected = Chưa nhập được
record-sheet_result = Kết quả
record-sheet_skipped = Bỏ qua { $count } dòng cộng, dòng nhóm.
record-sheet_unknown = { $count } cột chưa rõ là gì
record-sheet_unknown_hint = Chọn cột tương ứng của sổ, hoặc để ngoài.
record-sheet_leave_out = Để ngoài
record-sheet_faults = Các chỗ cần sửa
record-sheet_row = Dòng
record-sheet_column = Cột
record-sheet_value = Giá trị
record-sheet_error_file = Tải tệp kèm cột “Lỗi”
record-sheet_which = Nhập dòng nào
record-sheet_good_only = Chỉ { $count } dòng đúng
record-sheet_all_or_nothing = Tất cả hoặc không dòng nào
record-sheet_ready = { $count } dòng sẵn sàng ghi vào sổ.
record-sheet_apply = Nhập { $count } dòng
record-sheet_other = Chọn tệp khác
record-sheet_queued = Đang ghi vào sổ. Rời trang này được; xong thì xem kết quả ở
record-sheet_take_back = Lấy lại cả lần nhập
record-sheet_take_back_hint = Hồ sơ đã ghi thành “hủy”, số giữ nguyên; hồ sơ đã sửa trở lại như trước.
record-sheet_book = Sổ ghi vào
record-sheet_book_hint = Mã hoặc tên cơ quan, cho những dòng không ghi đơn vị. Để trống: { $unit }
record-sheet_not_your_book = Không được ghi vào sổ của cơ quan này. Chọn cơ quan mình hoặc cơ quan cấp dưới
record-sheet_back_title = Lấy lại lần nhập { $file }
record-sheet_back_what = Lấy lại { $added } hồ sơ đã thêm và { $changed } hồ sơ đã sửa của lần nhập này.
record-sheet_back_queued = Đang lấy lại
import-sealed_column = Bảng có cột “{ $label }”, thuộc danh tính niêm phong. Bỏ cột này khỏi tệp rồi nhập lại; danh tính ghi từng hồ sơ
