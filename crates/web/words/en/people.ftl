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
people-login_missing = Login: nothing entered yet. Use letters and digits
people-unknown_role = There is no role “{ $value }”. Choose one of the list
people-not_your_unit = This unit is not for the seat in use to manage. Choose your own or one under it
people-not_yourself = Nobody locks their own account. Ask another administrator
people-no_such_login = There is no account { $login }. Add it with danvan user add
people-no_seat = The account { $login } holds no seat. Give it one with danvan user add

## Posts
people-posts = Posts
people-post = Post
people-body = Body
people-from = From
people-enter_holder = Enter who holds a post
people-enter_button = Enter
people-end_post = Ends today
people-which_post = Post: nothing chosen yet
people-name_missing = Name: nothing entered yet

## Administration, sessions, posts
people-forgotten = Forgotten password: the administrator of your unit makes a link to set a new one; it is not sent by email.
people-demo_note = Illustrative data. Press a role to enter at once; a real instance has no such list.
people-session_begun = Signed in
people-session_seen = Last used
people-count = { $count ->
    [one] one person
   *[other] { $count } people
 }
people-login_hint = plain letters and digits, such as nguyen-van-an
people-paste_rows = Lines copied from a spreadsheet
people-paste_button = Add the pasted lines
people-without_seat = no role yet
people-seat_administrator = Administrator
people-seat_leader = Leader
people-seat_clerk = Clerk
people-seat_approver = Approver
people-seat_inspector = Inspector
people-seat_auditor = Auditor
people-role_administrator = manages people, posts, definitions
people-role_leader = signs, concludes, approves
people-role_clerk = keeps the books of the unit
people-role_approver = accepts and returns reports from below
people-role_inspector = sees the unit and those under it, records inspections
people-role_auditor = sees, changes nothing
people-from_hint = empty: from today
people-last_day = Last day
people-acts = Act
people-nothing_pasted = Nothing was pasted. Copy lines from a spreadsheet into the box
people-not_all_yours = This person also holds a role at another unit. An administrator above both units can lock the account or make a link
people-new_link_hint = The present password works until a new one is chosen. Older links no longer work.
people-absent = Stands in for
people-absent_hint = sign-in name of who is away; the stand-in gets that very role at that very unit, until the last day given
people-give_button = Give
people-for = for { $name }
people-shut = The account is locked; all its sessions have ended
people-opened = The account is open again
people-ends_before_it_begins = It ends before it begins. Give a later last day
people-not_their_seat = The person away does not hold this role at this unit on the first day. Choose their very role and unit
people-stand_in_needs_an_end = Standing in needs a last day. Give it
people-on_day = On the day
people-on_day_hint = left empty: all tenures; with a day: who held what, and which posts of head nobody held
people-vacant = nobody holds it
people-vacant_posts = Posts of head that nobody held: { $count }
people-in_place = In the area of
people-decision = Decision
people-decision_hint = number and date, such as 12-QĐ/TU of 05/01/2021
people-holders_shown = { $shown } of { $count } tenures
people-holder_entered = { $name } was entered as holder of the post
people-holder_ended = { $name } no longer holds the post
people-post_elsewhere = { $post } is no post of this body. Choose the body it belongs to
people-unknown_role_of = There is no role “{ $value }”. Write one of: { $known }
