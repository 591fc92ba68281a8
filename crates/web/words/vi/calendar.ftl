### Thời hạn, kỳ, lịch

## Thời hạn
calendar-unknown_limit = Chưa biết thời hạn “{ $limit }”. Các thời hạn đang có nằm trong thư mục law của bộ định nghĩa
calendar-not_in_force = Ngày { $day }, thời hạn “{ $limit }” chưa có quy định nào có hiệu lực. Kiểm tra lại ngày bắt đầu
calendar-no_case = Ngày { $day }, thời hạn “{ $limit }” không có trường hợp nào khớp với dữ kiện của hồ sơ. Kiểm tra lại dữ kiện
calendar-unknown_fact = Thời hạn không dùng dữ kiện “{ $fact }”. Các dữ kiện đang có: { $known }
calendar-fact_unreadable = “{ $value }” không dùng được cho dữ kiện “{ $fact }”. Ghi một trong: { $right }
calendar-extension_not_allowed = Thời hạn “{ $limit }” được gia hạn nhiều nhất { $most } lần, ở đây ghi { $asked } lần
calendar-backward_never_stops = Thời hạn “{ $limit }” tính ngược từ ngày diễn ra nên không tạm dừng và không trừ ngày. Bỏ các khoảng tạm dừng, khoảng trừ
calendar-clock_stopped = Thời hạn tạm dừng từ { $since }, còn { $left } ngày, chưa chạy lại nên chưa có ngày hết hạn. Ghi ngày chạy lại
calendar-out_of_calendar = Đếm quá ngày { $day } thì hết lịch. Kiểm tra lại ngày bắt đầu và số ngày

## Kỳ
calendar-period_unreadable = “{ $value }” chưa đọc được là kỳ. Ghi kiểu 2021, 2021-H1, 2021-9M, 2021-Q1, 2021-05 hoặc 2021-01-15..2021-03-14
calendar-period_not_in_regime = Chế độ báo cáo “{ $regime }” không có kỳ { $period }. Chọn một kỳ của chế độ này
calendar-unknown_regime = Chưa biết chế độ báo cáo “{ $regime }”. Các chế độ đang có nằm trong law/regimes.toml
calendar-regime_not_in_force = Ngày { $day }, chế độ báo cáo “{ $regime }” không có hiệu lực. Chọn kỳ khác
calendar-window_unreadable = “{ $value }” chưa đọc được là khoảng ngày. Ghi kiểu 15/12/2020..14/12/2021
calendar-window_backwards = Ngày đầu { $from } sau ngày cuối { $to }. Ghi ngày đầu trước, ngày cuối sau
