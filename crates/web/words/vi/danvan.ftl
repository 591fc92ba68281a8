### Lập và mở hệ thống

instance-none_here = Chưa có hệ thống ở { $dir }. Chạy danvan init --data { $dir }, hoặc chỉ đúng thư mục bằng --data
instance-here_already = Đã có hệ thống ở { $dir }, được giữ nguyên. Chạy danvan serve --data { $dir }, hoặc lập ở thư mục khác
instance-no_such_file = Không đọc được tệp địa bàn { $file }. Kiểm tra đường dẫn và quyền đọc
instance-cannot_listen = Không mở được địa chỉ { $address }: { $reason }. Chọn địa chỉ hoặc cổng khác bằng --listen

## Danh mục bên trái
danvan-registers = Các sổ
danvan-at_work = Sổ đang có việc
danvan-numbers = Số liệu
danvan-targets = Chỉ tiêu
danvan-duties = Việc của người đứng đầu
danvan-reports = Báo cáo
danvan-figures = Số liệu theo kỳ
danvan-units = Địa bàn, cơ quan
danvan-jobs = Việc chạy nền
danvan-house = Hệ thống

## Dòng lệnh
danvan-ending_unknown = Đuôi tệp của { $file } chưa rõ. Dùng một trong: { $known }
danvan-today = Hôm nay

## Lời của dòng lệnh
shell-window = { $unit }, { $from } đến { $to }
shell-silent = { $count } đơn vị chưa có số liệu
shell-missing = còn thiếu: { $unit } ({ $code })
shell-rebuilt = Đã dựng lại chứng cứ của { $count } hồ sơ, { $changed } hồ sơ khác trước.
shell-imported = Đọc { $read } dòng: thêm { $added }, sửa { $changed }, không đổi { $same }, bị trả lại { $rejected }.
shell-rejected = dòng { $row }, cột “{ $column }”, “{ $value }”
shell-written = Đã ghi { $files }.
shell-made = Đã lập hệ thống tại { $dir } với { $count } địa bàn. Tiếp theo: danvan user add TÊN --role administrator --unit MÃ, rồi danvan serve.
shell-units_read = Đọc { $read } đơn vị: { $changed } mới hoặc đổi, { $same } như cũ.
shell-verified = Nhật ký: { $entries } mục, { $seals } dấu niêm phong, { $open } mục chưa niêm phong.
shell-cell_off = Tổng theo tháng lệch với chứng cứ: số liệu { $figure }, đơn vị { $unit }.
shell-sound = Nguyên vẹn.
shell-backed_up = Đã sao lưu { $rows } dòng của { $tables } bảng và { $files } tệp vào { $file }. Tệp khóa instance.key không nằm trong bản sao: cất riêng.
shell-restored = Đã khôi phục { $rows } dòng và { $files } tệp. Kiểm tra lại: danvan verify.
shell-views = Đã tạo khung nhìn: { $views }.
shell-no_fault = Gói không có lỗi.
shell-registers = Sổ
shell-figures = Số liệu
shell-targets = Chỉ tiêu
shell-outlines = Đề cương
shell-rebuild_failed = Việc tính lại số liệu (mã { $job }) chưa xong. Số liệu vẫn theo định nghĩa cũ; máy chủ sẽ tự làm lại
shell-laid = Đã đặt lớp phủ: { $files } tệp, { $figures } số liệu đổi định nghĩa.
shell-user_added = Đã thêm { $login }. Mở đường dẫn này trên địa chỉ của hệ thống để đặt mật khẩu, dùng một lần trong ba ngày:
shell-seat_added = { $login } đã có tài khoản; đã thêm vai.
shell-serving = danvan phục vụ tại http://{ $address }

## danvan vault
shell-vault_key_made = Đã lập cặp khóa tiếp nhận, khóa công khai ghi ở { $file }. Dấu của khóa: { $mark }. Mang tệp này sang máy tiếp nhận và đối chiếu dấu
shell-vault_key_taken = Đã nhận khóa tiếp nhận. Dấu của khóa: { $mark }
shell-vault_sender = Khóa của hệ thống này, để máy độc lập đối chiếu: { $key }
shell-vault_exported = Đã ghi { $letters } đơn vào { $file }
shell-vault_imported = Đã nhận { $new } đơn mới, { $here } đơn có từ trước
shell-vault_nothing_waits = Không có đơn nào chờ vào sổ
shell-vault_entered = Đơn { $reference } đã vào sổ: số { $number }, danh tính niêm phong cho người được chỉ định
shell-vault_subject = Đơn tố cáo từ hộp tiếp nhận niêm phong, mã { $reference }
shell-vault_escrow = Khóa dự phòng: cần { $need } trong { $shares } mảnh sau đây. In mỗi mảnh một tờ, giao mỗi người giữ một tờ; các mảnh không được lưu
shell-vault_recovered = Đã trao { $keys } khóa hồ sơ cho { $login }
shell-checked = { $figures } số liệu: { $equal } khớp, { $different } khác, { $not_computed } hệ thống không tính, { $unclear } chưa rõ; { $slips } chỗ tính sai
shell-checked_line = dòng { $line }
