### Cơ sở dữ liệu, sao lưu

## Từ chối
db-unknown_scheme = Chưa biết loại cơ sở dữ liệu “{ $scheme }”. Dùng postgres://… hoặc bỏ trống để dùng SQLite
backup-no_file = Không mở được tệp sao lưu { $file }. Kiểm tra đường dẫn và quyền đọc
backup-not_ours = { $file } không phải bản sao lưu của danvan. Dùng tệp do lệnh danvan backup ghi ra
backup-damaged_file = Tệp đính kèm { $file } trong bản sao lưu đã hỏng. Dùng bản sao lưu khác
backup-not_empty = Hệ thống này đã có { $rows } hồ sơ nên không khôi phục đè lên. Khôi phục vào một hệ thống mới lập
