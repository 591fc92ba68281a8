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
people-session = Đăng nhập { $begun }, gần nhất { $seen }
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
people-paste_hint = mỗi dòng một người: tên đăng nhập, họ tên, vai, đơn vị; chép từ bảng tính, hoặc cách nhau bằng dấu chấm phẩy
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
people-saved = Đã lưu
people-login_missing = Tên đăng nhập: chưa ghi. Dùng chữ không dấu và chữ số
people-unknown_role = Không có vai “{ $value }”. Chọn một vai trong danh sách
people-unknown_role_of = Không có vai “{ $value }”. Ghi một trong: { $known }
people-not_your_unit = Đơn vị này không thuộc phạm vi quản lý của vai đang dùng. Chọn đơn vị mình hoặc cấp dưới
people-not_yourself = Không tự khóa tài khoản của mình. Nhờ người quản trị khác
people-no_such_login = Không có tài khoản { $login }. Thêm bằng danvan user add
people-no_seat = Tài khoản { $login } không có vai nào đang dùng. Giao vai bằng danvan user add

## Chức vụ
people-posts = Chức vụ
people-post = Chức vụ
people-body = Cơ quan
people-from = Từ ngày
people-to = Đến ngày
people-enter_holder = Ghi người giữ chức vụ
people-enter_button = Ghi
people-end_post = Thôi giữ từ hôm nay
people-which_post = Chức vụ: chưa chọn
people-name_missing = Họ tên: chưa ghi
people-ends_before_it_begins = Ngày kết thúc phải sau ngày bắt đầu. Sửa một trong hai ngày
people-not_their_seat = Người được thay không giữ vai này tại đơn vị này. Chọn đúng người, vai và đơn vị
people-stand_in_needs_an_end = Thay người vắng thì cần ngày kết thúc. Ghi ngày cuối được thay

## Vai
people-count = { $count } người dùng
people-acts = Việc làm
people-last_day = Ngày cuối
people-from_hint = để trống là từ hôm nay
people-login_hint = chữ không dấu, chữ số, gạch nối
people-without_seat = chưa có vai
people-paste_rows = Các dòng
people-paste_button = Thêm theo danh sách
people-nothing_pasted = Danh sách: chưa dán dòng nào
people-give_button = Giao vai
people-absent = Thay người vắng
people-absent_hint = tên đăng nhập của người được thay; cần ngày cuối
people-for = (thay { $name })
people-new_link_hint = Đường dẫn cũ không dùng được nữa; mọi phiên đang mở kết thúc khi đặt mật khẩu mới.
people-not_all_yours = Người này còn giữ vai ở đơn vị ngoài phạm vi quản lý, nên không khóa và không lập đường dẫn ở đây. Nhờ người quản trị cấp trên
people-opened = Đã mở khóa tài khoản
people-shut = Đã khóa tài khoản, kết thúc mọi phiên
people-role_administrator = đơn vị, người dùng, danh mục
people-role_leader = việc quá hạn, ký, kết luận
people-role_clerk = ghi sổ, phân loại, chuyển
people-role_approver = nhận, trả lại báo cáo
people-role_inspector = xem theo đoàn, ghi kết luận
people-role_auditor = xem tất cả, không sửa
