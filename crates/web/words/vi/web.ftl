### Khung trang, biểu mẫu, danh sách, thời hạn, lỗi

## Khung trang
web-product = Bàn làm việc dân vận
web-product_line = Công tác dân vận chính quyền
web-title_faults = Lỗi:
web-skip = Đến nội dung chính
web-menu = Danh mục
web-close_menu = Đóng danh mục
web-find = Tìm
web-find_label = Tìm trong mọi sổ
web-find_hint = Tìm trong mọi sổ, không cần gõ dấu
web-unread = thông báo chưa đọc
web-open_work = việc đang mở
web-working_as = Đang làm việc với tư cách
web-work_as = Chuyển sang
web-for_whom = { $role } (thay { $name })
web-account = Tài khoản, phiên làm việc
web-sign_out = Đăng xuất
web-undo = Hoàn tác được đến { $until }
web-home = Về Hôm nay
web-way = Vị trí

## Không làm được
web-nothing_changed = Chưa có gì bị thay đổi.
web-trouble_code = Mã tra cứu lỗi: { $code }.
web-sign_in_first = Cần đăng nhập
web-sign_in_first_do = Đăng nhập rồi làm lại.
web-forbidden = Không làm được việc này
web-forbidden_do = Vai đang dùng không có quyền, hoặc biểu mẫu không gửi từ trang của hệ thống. Mở lại trang rồi gửi lại; nếu vẫn vậy, hỏi người quản trị của đơn vị.
web-not_found = Không có trang này
web-not_found_do = Địa chỉ ghi sai, hoặc hồ sơ chưa được giao xem. Hai trường hợp được trả lời như nhau, để giữ kín người gửi.
web-method = Địa chỉ này không nhận yêu cầu như vậy
web-method_do = Mở lại trang trước rồi làm lại bằng nút trên trang.
web-stale = Người khác vừa sửa trước
web-stale_do = Mở lại trang để xem bản mới nhất, rồi ghi lại phần của mình.
web-refused = Chưa ghi được
web-refused_do = Sửa theo các điều nêu trên rồi làm lại.
web-unreadable = Chưa đọc được yêu cầu
web-unreadable_do = Dữ liệu gửi lên bị hỏng hoặc sai kiểu. Mở lại trang rồi gửi lại.
web-too_large = Gửi lên quá lớn
web-too_large_do = Chia nhỏ tệp hoặc bớt số dòng rồi gửi lại.
web-too_many = Gửi quá nhiều lần
web-too_many_do = Chờ { $count } giây rồi làm lại.
web-on_line = Dòng { $line }: { $said }
web-late = Chờ quá lâu
web-late_do = Đường truyền chậm hoặc máy chủ đang bận. Thử lại sau ít phút.
web-internal = Máy chủ gặp lỗi
web-internal_do = Lỗi đã được ghi lại. Thử lại; nếu vẫn vậy, báo người quản trị kèm mã dưới đây.

## Biểu mẫu
web-errors = Chưa thực hiện được: { $count } chỗ cần sửa
web-optional = (không bắt buộc)
web-private = giữ kín
web-choose = Chọn
web-yes = Có
web-no = Không
web-date_hint = ngày/tháng/năm, ví dụ 05/08/2026
web-month_hint = tháng/năm, ví dụ 08/2026
web-dong = đồng
web-measure_of = Đơn vị đo của { $label }
web-in_row = { $label }, dòng { $row }
web-find_in = Tìm { $label }
web-more_rows = Thêm 3 dòng

## Danh sách
web-select = Chọn
web-select_all = Chọn mọi dòng
web-select_one = Chọn { $name }
web-with_selected = Với các dòng đã chọn
web-filter = Lọc
web-filter_list = Lọc danh sách
web-filtered = Đang lọc
web-drop_filter = Bỏ điều kiện:
web-drop_filters = Bỏ hết
web-save_view = Lưu khung nhìn này
web-pages = Trang
web-page_of = { $from }–{ $to } trong { $whole }
web-page_of_more = { $from }–{ $to } trong hơn { $whole }
web-page_open = { $from }–{ $to }
web-first_page = Trang đầu
web-next_page = Trang sau
web-sum = Cộng

## Thời hạn
web-left = còn { $count } ngày
web-left_long = còn { $count } ngày làm việc
web-over = quá { $count } ngày
web-over_long = quá { $count } ngày làm việc
web-due_today = hết hạn hôm nay
web-paused = tạm dừng từ { $day }
web-done_early = xong, trước hạn { $count } ngày
web-done_in_time = xong, đúng hạn
web-done_late = xong, quá hạn { $count } ngày
web-ends_on = hết { $day }
web-due_uncertain = Ngày này còn phải kiểm tra lại; xem lý do dưới đây.
web-why_this_day = Vì sao là ngày này
web-counting_calendar = Lịch đếm ngày từ { $from } đến { $to }
web-today = Hôm nay
web-deadline = hạn
web-event_day = mốc
web-day_off = nghỉ

## Số liệu
web-met = đạt
web-missed = chưa đạt
web-missed_legend = chưa đạt, kèm phần còn thiếu
web-no_data = chưa có số liệu
web-outside = ngoài phạm vi
web-board_hint = Bấm một ô để mở các bản ghi làm ra số đó.
web-shape = Hình
web-chart_table = Bảng số của biểu đồ

## Việc dài, văn bản
web-progress = Tiến độ
web-slot = Phần đơn vị viết; số liệu tính lại không làm mất.
web-slot_edit = Sửa đoạn
