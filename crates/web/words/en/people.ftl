### Accounts, rights and posts

## Signing in
people-sign_in = Sign in
people-enter = Sign in
people-login = Login
people-password = Password
people-not_known = The login or password is wrong, or the account is locked. Type them again; if that fails, ask your unit’s administrator
people-demo_accounts = Demo accounts

## Invitations
people-choose_password = Choose a password
people-choose_for = Account { $login }. This link works once.
people-invitation_over_title = The link has expired
people-invitation_over = The link was used, or is more than three days old. Ask your unit’s administrator for a new one
people-invitation_for = The link for { $login } to choose a password, once and within three days; shown only here:

## Passwords
people-old_password = Current password
people-new_password = New password
people-password_again = New password again
people-password_hint = at least 12 characters; a short sentence will do
people-password_short = A password needs at least { $min } characters. Write a short sentence
people-password_long = A password has { $max } characters at most
people-password_easy = This password is easy to guess: mostly common words, the login or digits. Add other words
people-passwords_differ = The two differ. Type the new password again
people-wrong_password = The current password is wrong. Type it again
people-save_password = Save the password
people-password_saved = The password was saved. Sign in with it

## One’s own account
people-account = Account and sessions
people-seats = Seats
people-in_use = in use
people-seat_taken = Now working at { $unit }
people-change_password = Change the password
people-sessions = Sessions
people-session = Signed in { $begun }, last seen { $seen }
people-this_session = this one
people-end_session = End it
people-session_ended = The session was ended
people-session_gone = That session had ended before. Open the page again for those still open

## Managing people
people-people = People
people-name = Name
people-state = State
people-active = active
people-invited = no password yet
people-disabled = locked
people-add = Add people
people-paste = Paste a list
people-paste_hint = one person a line: login, name, role, unit; copied from a spreadsheet or parted by semicolons
people-add_button = Add
people-role = Role
people-unit = Unit
people-unit_hint = code or name with its kind, such as 31/ubnd
people-give_seat = Give the seat
people-seat_given = The seat was given
people-end_seat = End the seat
people-seat_ended = The seat ends on { $day }
people-access = Access
people-new_link = New link to choose a password
people-disable = Lock the account
people-enable = Unlock the account
people-saved = Saved
people-login_missing = Login: nothing entered yet. Use letters and digits
people-unknown_role = There is no role “{ $value }”. Choose one of the list
people-unknown_role_of = There is no role “{ $value }”. Write one of: { $known }
people-not_your_unit = This unit is not for the seat in use to manage. Choose your own or one under it
people-not_yourself = Nobody locks their own account. Ask another administrator
people-no_such_login = There is no account { $login }. Add it with danvan user add
people-no_seat = The account { $login } holds no seat. Give it one with danvan user add

## Posts
people-posts = Posts
people-post = Post
people-body = Body
people-from = From
people-to = To
people-enter_holder = Enter who holds a post
people-enter_button = Enter
people-end_post = Ends today
people-which_post = Post: nothing chosen yet
people-name_missing = Name: nothing entered yet
people-ends_before_it_begins = The last day must come after the first. Correct one of them
people-not_their_seat = The person stood in for does not hold this seat. Choose the person, role and unit again
people-stand_in_needs_an_end = Standing in for someone needs a last day. Enter it

## Seats
people-count = { $count ->
    [one] 1 person
   *[other] { $count } people
}
people-acts = Acts
people-last_day = Last day
people-from_hint = empty means from today
people-login_hint = letters without accents, digits, hyphens
people-without_seat = no seat
people-paste_rows = Rows
people-paste_button = Add the list
people-nothing_pasted = List: nothing pasted yet
people-give_button = Give the seat
people-absent = Stands in for
people-absent_hint = login of the person stood in for; needs a last day
people-for = (for { $name })
people-new_link_hint = Earlier links stop working; open sessions end when the new password is set.
people-not_all_yours = This person also holds a seat beyond your units, so the account cannot be locked or invited here. Ask an administrator above
people-opened = The account was unlocked
people-shut = The account was locked, its sessions ended
people-role_administrator = units, people, lists
people-role_leader = overdue work, signing, conclusions
people-role_clerk = entering, classifying, forwarding
people-role_approver = receiving and returning reports
people-role_inspector = seeing by inspection, entering findings
people-role_auditor = seeing all, changing nothing
