### Lập và mở hệ thống

instance-none_here = Chưa có hệ thống ở { $dir }. Chạy danvan init --data { $dir }, hoặc chỉ đúng thư mục bằng --data
instance-here_already = Đã có hệ thống ở { $dir }, được giữ nguyên. Chạy danvan serve --data { $dir }, hoặc lập ở thư mục khác
instance-no_such_file = Không đọc được tệp địa bàn { $file }. Kiểm tra đường dẫn và quyền đọc
instance-cannot_listen = Không mở được địa chỉ { $address }: { $reason }. Chọn địa chỉ hoặc cổng khác bằng --listen

## Danh mục bên trái
danvan-numbers = Số liệu
danvan-targets = Chỉ tiêu
danvan-reports = Báo cáo
danvan-figures = Số liệu theo kỳ
danvan-units = Địa bàn, cơ quan
danvan-jobs = Việc chạy nền
danvan-house = Hệ thống

## Dòng lệnh
danvan-ending_unknown = Đuôi tệp của { $file } chưa rõ. Dùng một trong: { $known }
danvan-today = Hôm nay
