### Thông tin kín và tệp khóa

## Từ chối
vault-key_missing = Không có tệp khóa { $file }. Chép lại tệp khóa của hệ thống này vào đó; nếu là hệ thống mới, chạy danvan init
vault-key_exists = Đã có tệp khóa { $file }. Tệp khóa đang có được giữ nguyên
vault-key_open_to_others = Người khác trên máy đọc được tệp khóa { $file } (quyền { $mode }). Chạy chmod 600 { $file } rồi khởi động lại
vault-key_unreadable = Tệp khóa { $file } bị hỏng hoặc không phải của danvan. Chép lại từ bản sao lưu
vault-key_of_another_instance = Tệp khóa { $file } là của hệ thống khác. Chép lại tệp khóa của chính cơ sở dữ liệu này
vault-forgotten = Thông tin kín của hồ sơ này đã hủy khi hết thời hạn lưu; không ghi thêm được
vault-keys_in_use = Còn { $left } hồ sơ dùng khóa cũ. Chạy đổi khóa đến hết rồi mới bỏ khóa cũ
