### Hồ sơ, bước, giá trị

## Hồ sơ
record-check = { $vi }
record-required = { $label }: chưa ghi
record-too_few_rows = { $label }: cần ít nhất { $min } dòng
record-too_many_rows = { $label }: nhiều nhất { $max } dòng, bỏ bớt dòng thừa
record-unknown_field = Sổ này không có trường “{ $field }”. Bỏ trường đó, hoặc ghi đúng mã trường
record-unknown_register = Không có sổ “{ $value }”{ nearest-known }
record-no_such_link = Không có hồ sơ mã { $value }. Chép lại mã của hồ sơ cần liên kết
record-is_void = Hồ sơ { $number } đã hủy nên không sửa được. Lập hồ sơ mới nếu vẫn cần
record-void_needs_a_reason = Lý do hủy: chưa ghi
record-empty_comment = Ý kiến trao đổi: chưa ghi

## Bước
step-unknown = Sổ này không có bước “{ $step }”. Mở lại hồ sơ để xem các bước làm được
step-not_from_here = Hồ sơ đang ở trạng thái “{ $state }”, chưa làm được bước “{ $step }”
step-needs = { $label }: chưa ghi, cần có trước bước “{ $step }”
step-needs_condition = Bước “{ $step }” chưa đủ điều kiện: { $condition }
step-in_the_future = Ngày { $day } chưa đến. Ghi ngày đã diễn ra, muộn nhất là hôm nay
step-before_the_last = Ngày { $day } trước bước “{ $before }” ngày { $last }. Ghi từ ngày { $last } trở đi
step-effect_on = Bước này kéo theo hồ sơ { $number }, { $title }, nhưng hồ sơ đó chưa nhận được bước vì lý do trên. Mở hồ sơ đó, ghi cho đủ rồi làm lại
step-nothing_to_undo = Hồ sơ chưa làm bước nào nên không có gì để hoàn tác
step-undo_its_cause = Bước này do một hồ sơ liên kết kéo theo. Hoàn tác bước ở hồ sơ đó
step-made_records = Bước “{ $step }” đã lập hồ sơ khác nên không hoàn tác được. Sửa hoặc hủy từng hồ sơ đã lập

## Giá trị
value-unknown_choice = Không có lựa chọn “{ $value }”. Ghi một trong: { $choices }
value-unknown_topic = Không có lĩnh vực “{ $value }”. Chọn trong cây lĩnh vực
value-unknown_figure = Không có số liệu “{ $value }”{ nearest-known }
value-unknown_target = Không có chỉ tiêu “{ $value }”. Ghi mã của một chỉ tiêu trong chương trình
value-unknown_post = “{ $value }” chưa đọc được là chức vụ. Ghi cơ quan rồi chức vụ, như 31/ubnd:chu-tich
value-wrong_kind_of_unit = “{ $value }” không thuộc loại ghi được ở đây. Loại ghi được: { $kinds }
value-not_yes_or_no = “{ $value }” chưa rõ là có hay không. Ghi “có” hoặc “không”
value-not_a_year = “{ $value }” chưa đọc được là năm. Ghi bốn chữ số, từ 1900 đến 2200
value-not_a_month = “{ $value }” chưa đọc được là tháng. Ghi kiểu 05/2021
value-not_a_rank = “{ $value }” chưa đọc được là thứ hạng. Ghi kiểu 12/63
value-not_a_phone = “{ $value }” chưa đọc được là số điện thoại. Ghi từ 8 đến 15 chữ số
value-too_short = Nội dung quá ngắn, cần ít nhất { $min } chữ cái và dấu
value-too_long = Nội dung quá dài, nhiều nhất { $max } chữ cái và dấu
value-too_small = Nhỏ hơn mức ghi được. Ghi từ { $min } trở lên
value-too_large = Lớn hơn mức ghi được. Ghi nhiều nhất { $max }

## Danh sách
record-too_many_filters = Lọc theo nhiều nhất { $most } trường một lúc. Bỏ bớt điều kiện lọc

## Sổ và danh sách
record-books = Các sổ
record-book = Sổ
record-all_books = Mọi sổ
record-by_book = Theo sổ
record-records = hồ sơ
record-count = { $count } { $noun }
record-count_more = hơn { $count } { $noun }
record-views = Khung nhìn
record-view_open = Đang xử lý
record-view_overdue = Quá hạn
record-view_all = Tất cả
record-view_void = Đã hủy
record-number = Số
record-title = Nội dung
record-day = Ngày
record-due = Hạn
record-left = Còn lại
record-of_unit = Đơn vị
record-state = Trạng thái
record-working_days_note = Số ngày còn lại là ngày làm việc.
record-import = Nhập từ Excel
record-export = Xuất Excel
record-template = Tải tệp mẫu
record-new = Ghi mới
record-new_one = Ghi { $noun }
record-new_into = Ghi mới vào sổ

## Lọc danh sách
record-find_text = Tìm trong sổ này
record-under = Địa bàn, cơ quan
record-from_day = Từ ngày
record-to_day = Đến ngày
record-year = Năm của số
record-more_filters = Điều kiện khác, cột
record-columns = Cột hiện trong danh sách
record-any = Mọi giá trị
record-at_least = { $label } từ
record-at_most = { $label } đến
record-without = Bỏ “{ $condition }”:
record-none_match = Không có { $noun } nào khớp cả { $count } điều kiện
record-drop_all = Bỏ hết điều kiện
record-none_overdue = Không có { $noun } nào quá hạn
record-none_void = Không có { $noun } nào đã hủy
record-none_open = Không còn { $noun } nào đang xử lý
record-none_open_why = Những gì đã xong nằm ở khung nhìn “Tất cả”.
record-see_all = Xem tất cả
record-none_yet = Sổ “{ $label }” chưa có gì
record-view_new = Lưu khung nhìn
record-view_name = Tên khung nhìn
record-view_hint = ngắn, ví dụ: Đơn quá hạn của thôn
record-view_save = Lưu
record-view_saved_ones = Khung nhìn đã lưu
record-view_drop = Bỏ khung nhìn { $name }
record-view_needs_a_name = Tên khung nhìn: ghi từ 1 đến { $most } chữ cái. Nếu điều kiện lọc quá dài thì bỏ bớt
record-view_kept = Đã lưu khung nhìn “{ $name }”
record-view_dropped = Đã bỏ khung nhìn

## Làm với nhiều hồ sơ
record-bulk_act = Việc làm với các dòng đã chọn
record-bulk_choose = Chọn việc
record-bulk_steps = Bước
record-bulk_fields = Ghi một trường
record-bulk_go = Tiếp tục…
record-bulk_no_act = Việc cần làm: chưa chọn
record-bulk_none = Chưa chọn dòng nào. Đánh dấu các dòng cần làm
record-bulk_too_many = Chọn nhiều nhất { $most } dòng một lần. Bỏ bớt dòng, làm thành nhiều lần
record-bulk_not_yours = Vai đang dùng không làm được việc này với hồ sơ này
record-bulk_stale = Người khác vừa sửa hồ sơ này. Mở hồ sơ, xem rồi làm lại
record-bulk_step_title = { $step }: { $count } { $noun }
record-bulk_field_title = Ghi “{ $field }”: { $count } { $noun }
record-bulk_each = Từng hồ sơ được kiểm tra riêng; hồ sơ nào chưa đủ thì giữ nguyên và nói rõ lý do.
record-bulk_chosen = Các hồ sơ đã chọn
record-bulk_done = đã làm
record-bulk_refused = chưa làm được
record-bulk_result = Kết quả
record-bulk_why = Lý do, lưu ý
record-bulk_told = Đã làm { $done }, chưa làm được { $refused }.
record-bulk_back = Về danh sách

## Tìm trong mọi sổ
record-search = Tìm kiếm
record-search_title = Tìm “{ $text }”
record-search_how = Ghi điều cần tìm vào ô ở đầu trang
record-search_how_text = Không cần gõ dấu. Để trong ngoặc kép thì tìm đúng cụm từ; số hồ sơ cũng tìm được.
record-search_none = Không tìm thấy “{ $text }”
record-search_none_do = Bớt từ, hoặc tìm theo số hồ sơ. Thông tin giữ kín không tìm được.
record-search_loose = Không có hồ sơ nào khớp đúng cụm từ; dưới đây là hồ sơ có các từ đó.

## Hôm nay
record-today = Hôm nay
record-tally = Việc theo thời hạn
record-tally_over = việc quá hạn
record-tally_now = việc đến hạn hôm nay, ngày mai
record-tally_soon = việc còn từ 2 đến 5 ngày
record-tally_later = việc còn trên 5 ngày
record-over = Quá hạn
record-now = Hôm nay, ngày mai
record-soon = Còn từ 2 đến 5 ngày
record-later_on = Còn trên 5 ngày
record-waiting = Việc đang chờ
record-waiting_count = { $count } việc
record-waiting_more = hơn { $count } việc
record-shown_of = Hiện { $shown } trong { $whole } việc.
record-nothing_waits = Không có việc nào đang chờ
record-nothing_waits_why = Mọi thời hạn đã xong. Hồ sơ nằm trong các sổ.
record-work = Việc
record-belongs = Thuộc sổ
record-next_step = Bước tiếp
record-running = Đang chạy thời hạn
record-moved = Mới có thay đổi

## Biểu mẫu
record-content = Nội dung
record-parts = Các phần
record-new_title = { $label }: ghi mới
record-edit = Sửa
record-edit_title = Sửa: { $title }
record-book_hint = cơ quan giữ sổ; mã hoặc tên
record-not_your_book = Vai đang dùng không ghi được vào sổ của { $unit }. Chọn sổ của đơn vị mình
record-save = Lưu
record-save_and_new = Lưu và ghi tiếp
record-show_fields = Hiện các trường theo lựa chọn
record-leave = Không lưu
record-back = Về hồ sơ
record-wrong = { $count } chỗ cần sửa
record-created = Đã ghi { $label }
record-created_due = Đã ghi { $label }, hạn { $day }
record-created_warned = Đã ghi { $label }. Lưu ý: { $warning }
record-saved = Đã lưu
record-saved_warned = Đã lưu. Lưu ý: { $warning }
record-saved_without_file = Đã lưu hồ sơ, chưa lưu được tệp: { $reason }
record-dong = đồng
record-empty_row = (để trống nếu không có)
record-rank_hint = thứ hạng/tổng số, ví dụ 12/63
record-unit_hint = mã hoặc tên kèm cấp, ví dụ xã Kiền Bái
record-units_hint = mỗi dòng một đơn vị: mã hoặc tên kèm cấp
record-post_hint = chọn trong danh sách, hoặc ghi 31/ubnd:chu-tich
record-link_hint = số, tên hoặc mã của hồ sơ
record-links_hint = mỗi dòng một hồ sơ: số, tên hoặc mã
record-likely = Có thể là
record-link_unknown = Không tìm thấy hồ sơ “{ $value }”. Ghi số, tên hoặc mã như trong sổ
record-link_ambiguous = Có nhiều hồ sơ khớp “{ $value }”: { $candidates }. Ghi mã trong ngoặc của hồ sơ cần liên kết
record-private_kept = Đã có thông tin giữ kín; để trống thì giữ nguyên.
record-clear_private = Xóa “{ $label }” đang giữ kín

## Người khác sửa trước
record-stale = Người khác vừa sửa hồ sơ này
record-stale_kept = Phần đã gõ còn nguyên trong biểu mẫu; trường mà chỉ người khác sửa đã lấy theo bản mới. Xem bảng dưới đây rồi lưu lại.
record-stale_step = Đã làm bước “{ $step }”.
record-stale_changes = Thay đổi của người khác
record-field = Trường
record-stale_before = Trước
record-stale_now = Nay
record-stale_mine = Phần đã gõ
record-stale_untouched = không gõ
record-nothing = trống

## Trang hồ sơ
record-why = Vì sao là ngày này
record-not_filled = Chưa ghi: { $fields }.
record-dropped = Trường không còn dùng
record-linked = Hồ sơ liên quan
record-link_elsewhere = hồ sơ của đơn vị khác
record-sealed = Đang giữ kín.
record-unseal = Mở xem
record-unseal_noted = Mỗi lần mở đều được ghi vào nhật ký.
record-unseal_title = Mở thông tin giữ kín của hồ sơ { $number }
record-unseal_text = Thông tin của công dân chỉ mở khi công việc cần. Ai mở, lúc nào, vì sao đều được ghi vào nhật ký trước khi hiện.
record-unseal_hint = ví dụ: gửi thông báo thụ lý
record-unseal_do = Mở xem
record-unseal_needs_a_reason = Lý do mở: chưa ghi
record-sealed_fields = Thông tin giữ kín
record-nothing_sealed = Không có thông tin giữ kín.
record-shown_once = Chỉ hiện một lần ở trang này; không chép vào chỗ khác trong hệ thống.
record-reason = Lý do
record-comment = Ý kiến trao đổi
record-comment_do = Ghi
record-commented = Đã ghi ý kiến
record-undo = Hoàn tác bước vừa làm
record-undone = Đã hoàn tác bước vừa làm
record-undo_too_late = Đã quá 10 phút, hoặc bước do người khác làm. Mở hồ sơ rồi hoàn tác ở đó
record-void_ask = Hủy hồ sơ…
record-void_title = Hủy hồ sơ { $number }
record-void_number = Số { $number } không dùng lại cho hồ sơ khác.
record-void_figures = Hồ sơ không còn được tính vào số liệu, kể cả kỳ trước; báo cáo đã ban hành giữ nguyên.
record-void_kept = Nội dung và nhật ký vẫn giữ, xem được ở khung nhìn “Đã hủy”.
record-void_yes = Hủy hồ sơ
record-void_no = Không hủy
record-voided = Đã hủy hồ sơ { $number }

## Các bước
record-steps = Các bước
record-steps_done = xong { $done } trong { $whole } bước
record-done_on = { $day }
record-from_old_book = nhập từ sổ cũ
record-or_this = hoặc
record-later = sau đó
record-step_needs = Còn cần: { $what }.
record-step_paper = Lập văn bản: { $paper }.
record-step_by = Người làm: { $who }.
record-step_to = Sau bước này hồ sơ ở trạng thái “{ $state }”.
record-on = Ngày thực hiện
record-stepped = Đã làm bước “{ $step }”
record-stepped_due = Đã làm bước “{ $step }”, hạn tiếp theo { $day }
record-stepped_warned = Đã làm bước “{ $step }”. Lưu ý: { $warning }
record-role_administrator = quản trị
record-role_leader = lãnh đạo
record-role_clerk = cán bộ
record-role_approver = người duyệt
record-role_inspector = thanh tra
record-role_auditor = kiểm toán
record-clocks = Thời hạn
record-other_clocks = Thời hạn khác
record-due_as_written = Ngày này do người ghi đặt, không tính theo quy định.

## Diễn biến
record-happened = Diễn biến
record-older = Xem các mục trước
record-waits_for = Chờ: { $step }
record-chain = { $count } mục, mã nối cuối { $code }
record-the_system = Hệ thống
record-took_place = Diễn ra ngày { $day }
record-did_create = Vào sổ, số { $number }
record-did_save = Sửa: { $fields }
record-did_undo = Hoàn tác bước “{ $step }”
record-did_void = Hủy hồ sơ: { $reason }
record-did_attach = Thêm tệp { $name }
record-did_detach = Bỏ tệp { $name }
record-did_copy = Lấy lại từ hồ sơ liên kết: { $fields }
record-did_unseal = Mở thông tin giữ kín: { $reason }

## Tệp đính kèm
record-files = Tệp đính kèm
record-files_count = { $count } tệp
record-no_files = Chưa có tệp nào.
record-attach = Thêm tệp
record-attach_do = Thêm tệp
record-attached = Đã thêm { $count } tệp
record-detach_one = Bỏ tệp { $name }
record-detached = Đã bỏ tệp { $name }
record-file_hint = PDF, DOCX, XLSX, JPG, PNG hoặc TXT, mỗi tệp không quá 10 MB
record-no_file = Tệp: chưa chọn
record-file_too_large = Tệp { $name } lớn hơn { $most }. Nén hoặc chia nhỏ rồi thêm lại
record-file_kind = Tệp { $name } thuộc loại không nhận. Dùng { $kinds }
record-file_unlike = Nội dung tệp { $name } khác với đuôi tên tệp, hoặc có macro. Lưu lại đúng loại, bỏ macro

## Cho phần mềm
record-if_match_needed = Thiếu phiên bản đã đọc. Gửi kèm If-Match với ETag của hồ sơ
record-json_unreadable = Nội dung gửi lên chưa đọc được: { $reason }
record-json_unlike = Giá trị ở { $field } không đúng kiểu của trường
record-export_too_many = Danh sách có hơn { $most } hồ sơ, quá lớn để xuất một lần. Lọc theo kỳ hoặc đơn vị rồi xuất từng phần, hoặc dùng danvan export.
