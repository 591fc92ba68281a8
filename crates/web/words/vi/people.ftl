### Tài khoản, quyền, chức vụ

## Đăng nhập
people-sign_in = Đăng nhập
people-enter = Đăng nhập
people-login = Tên đăng nhập
people-password = Mật khẩu
people-not_known = Tên đăng nhập hoặc mật khẩu chưa đúng, hoặc tài khoản đã khóa. Gõ lại; nếu vẫn vậy, hỏi người quản trị của đơn vị
people-demo_accounts = Tài khoản dùng thử

## Đường dẫn đặt mật khẩu
people-choose_password = Đặt mật khẩu
people-choose_for = Tài khoản { $login }. Đường dẫn này dùng một lần.
people-invitation_over_title = Đường dẫn đã hết hạn
people-invitation_over = Đường dẫn đặt mật khẩu đã dùng hoặc đã quá ba ngày. Xin người quản trị của đơn vị một đường dẫn mới
people-invitation_for = Đường dẫn đặt mật khẩu của { $login }, dùng một lần trong ba ngày; chỉ hiện ở đây:

## Mật khẩu
people-old_password = Mật khẩu đang dùng
people-new_password = Mật khẩu mới
people-password_again = Gõ lại mật khẩu mới
people-password_hint = từ 12 ký tự; một câu ngắn dễ nhớ là được
people-password_short = Mật khẩu cần ít nhất { $min } ký tự. Ghi một câu ngắn dễ nhớ
people-password_long = Mật khẩu dài nhất { $max } ký tự
people-password_easy = Mật khẩu này dễ đoán: chủ yếu là từ thông dụng, tên đăng nhập hoặc chữ số. Thêm từ khác
people-passwords_differ = Hai lần gõ khác nhau. Gõ lại mật khẩu mới
people-wrong_password = Mật khẩu đang dùng chưa đúng. Gõ lại
people-save_password = Lưu mật khẩu
people-password_saved = Đã lưu mật khẩu. Đăng nhập lại bằng mật khẩu mới

## Tài khoản của mình
people-account = Tài khoản, phiên làm việc
people-seats = Vai
people-in_use = đang dùng
people-seat_taken = Đang làm việc tại { $unit }
people-change_password = Đổi mật khẩu
people-sessions = Phiên làm việc
people-this_session = phiên này
people-end_session = Kết thúc phiên
people-session_ended = Đã kết thúc phiên làm việc
people-session_gone = Phiên này đã kết thúc trước đó. Mở lại trang để xem các phiên đang mở

## Quản lý người dùng
people-people = Người dùng
people-name = Họ tên
people-state = Trạng thái
people-active = đang dùng
people-invited = chưa đặt mật khẩu
people-disabled = đã khóa
people-add = Thêm người dùng
people-paste = Dán danh sách
people-paste_hint = mỗi dòng một người: tên đăng nhập, họ tên, vai, đơn vị, từ ngày, đến hết ngày (hai ngày có thể để trống); chép từ bảng tính, hoặc cách nhau bằng dấu chấm phẩy
people-add_button = Thêm
people-role = Vai
people-unit = Đơn vị
people-unit_hint = mã hoặc tên kèm cấp, ví dụ 31/ubnd
people-give_seat = Giao vai
people-seat_given = Đã giao vai
people-end_seat = Thôi vai
people-seat_ended = Vai kết thúc từ { $day }
people-access = Đăng nhập
people-new_link = Lập đường dẫn đặt mật khẩu
people-disable = Khóa tài khoản
people-enable = Mở khóa tài khoản
people-login_missing = Tên đăng nhập: chưa ghi. Dùng chữ không dấu và chữ số
people-unknown_role = Không có vai “{ $value }”. Chọn một vai trong danh sách
people-not_your_unit = Đơn vị này không thuộc phạm vi quản lý của vai đang dùng. Chọn đơn vị mình hoặc cấp dưới
people-not_yourself = Không tự khóa tài khoản của mình. Nhờ người quản trị khác
people-no_such_login = Không có tài khoản { $login }. Thêm bằng danvan user add
people-no_seat = Tài khoản { $login } không có vai nào đang dùng. Giao vai bằng danvan user add

## Chức vụ
people-posts = Chức vụ
people-post = Chức vụ
people-body = Cơ quan
people-from = Từ ngày
people-enter_holder = Ghi người giữ chức vụ
people-enter_button = Ghi
people-end_post = Thôi giữ từ hôm nay
people-which_post = Chức vụ: chưa chọn
people-name_missing = Họ tên: chưa ghi

## Quản trị, phiên, chức vụ
people-forgotten = Quên mật khẩu: người quản trị của đơn vị lập đường dẫn đặt lại, không qua thư điện tử.
people-demo_note = Dữ liệu minh họa. Bấm một vai để vào thẳng; bản thật không có mục này.
people-session_begun = Đăng nhập lúc
people-session_seen = Gần nhất
people-count = { $count } người
people-login_hint = chữ không dấu và chữ số, ví dụ nguyen-van-an
people-paste_rows = Các dòng chép từ bảng tính
people-paste_button = Thêm các dòng đã dán
people-without_seat = chưa có vai
people-seat_administrator = Quản trị
people-seat_leader = Lãnh đạo
people-seat_clerk = Cán bộ ghi sổ
people-seat_approver = Người duyệt
people-seat_inspector = Kiểm tra
people-seat_auditor = Chỉ xem
people-role_administrator = quản lý người dùng, chức vụ, danh mục
people-role_leader = ký, kết luận, duyệt
people-role_clerk = ghi sổ của đơn vị
people-role_approver = nhận, trả lại báo cáo cấp dưới
people-role_inspector = xem đơn vị và cấp dưới, ghi kết quả kiểm tra
people-role_auditor = xem, không sửa
people-from_hint = để trống là từ hôm nay
people-last_day = Đến hết ngày
people-acts = Việc
people-nothing_pasted = Chưa dán dòng nào. Chép các dòng từ bảng tính rồi dán vào ô
people-not_all_yours = Người này còn giữ vai ở đơn vị khác. Khóa hoặc lập đường dẫn đặt mật khẩu do người quản trị cấp trên chung làm
people-new_link_hint = Mật khẩu đang dùng còn hiệu lực cho đến khi đặt mật khẩu mới. Đường dẫn cũ hết giá trị.
people-absent = Thay cho
people-absent_hint = tên đăng nhập của người vắng mặt; người thay được đúng vai, đúng đơn vị của người ấy, đến hết ngày đã ghi
people-give_button = Giao
people-for = thay { $name }
people-shut = Đã khóa tài khoản; mọi phiên làm việc đã kết thúc
people-opened = Đã mở khóa tài khoản
people-ends_before_it_begins = Ngày kết thúc đứng trước ngày bắt đầu. Ghi ngày sau ngày bắt đầu
people-not_their_seat = Người được thay không giữ vai này ở đơn vị này trong ngày bắt đầu. Chọn đúng vai và đơn vị của người ấy
people-stand_in_needs_an_end = Thay mặt phải có ngày kết thúc. Ghi ngày cuối cùng thay mặt
people-on_day = Tại ngày
people-on_day_hint = để trống là mọi lượt giữ chức vụ; ghi ngày thì thấy ai giữ ngày ấy, chức vụ đứng đầu nào còn trống
people-vacant = chưa có người giữ
people-vacant_posts = Chức vụ đứng đầu còn trống: { $count }
people-in_place = Trong địa bàn
people-decision = Quyết định
people-decision_hint = số, ngày, ví dụ 12-QĐ/TU ngày 05/01/2021
people-holders_shown = { $shown } trong { $count } lượt giữ chức vụ
people-holder_entered = Đã ghi { $name } giữ chức vụ
people-holder_ended = Đã ghi { $name } thôi giữ chức vụ
people-post_elsewhere = Chức vụ { $post } không thuộc cơ quan này. Chọn đúng cơ quan
people-unknown_role_of = Không có vai “{ $value }”. Ghi một trong: { $known }
