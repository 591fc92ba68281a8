### Số liệu, chỉ tiêu

figure-unknown = Không có số liệu “{ $value }”{ nearest-known }
