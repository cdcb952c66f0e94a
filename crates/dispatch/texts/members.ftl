# Texts to members, in English. A code stands at the head, where there is one: she looks for it.
# Commands never use CANCEL, END, QUIT or REMOVE: carriers take those for an opt-out.

## The offer. Its pieces are put together in `offer.rs`, which shortens them to one segment.

offer-head = { $code }: { $pieces }
offer-head-again = { $code } (again): { $pieces }
offer-baby = Baby { $age }
offer-age-unknown = Age not given
offer-prenatal = PRENATAL
offer-today = TODAY
offer-more = { $concerns } +{ $count }
offer-via = Via { $role }
offer-plus = { $first } + { $last }
offer-or = { $first } or { $last }
offer-reply = Reply { $code } to claim, NO to pass.
offer-reply-link = Reply { $code } to claim, NO to pass, or tap { $link }
offer-place-unknown = Place not given
offer-visit-home = home
offer-visit-office = office
offer-visit-virtual = virtual
offer-visit-hospital = hospital
offer-visit-group = group
offer-visit-phone = phone

## Claims.

claimed = { $code }: place { $place } of 3. The family gets your card when we send the names; they will contact you. Can't do it? Reply DROP { $code }.
claimed-caveat = { $code }: place { $place } of 3. The family gets your card with "{ $caveat }" when we send the names; they will contact you. Can't do it? Reply DROP { $code }.
collected = { $code }: your claim is in. Places are given by { $by }, by the chapter's rule; we text you either way. Can't do it? Reply DROP { $code }.
confirm-turn = Claim { $code }? Reply { $code } to confirm, with your times if you have any, or NO to pass. We keep your turn { $minutes } min.
claim-place = { $code }: place { $place } of 3.
claim-standby = { $code }: standby.
claimed-many = Families contact you. Can't do one? Reply DROP and its code.
self-only = { $colleague } has to reply from their own phone to claim. Can't do it? Reply DROP { $code }.
colleague = Your colleague
confirm = Claim { $code }? Reply Y or { $code } to confirm, NO to pass. We hold your place { $minutes } min.
confirm-terms = { $code }: to claim, reply { $code } and your times, such as "{ $code } evenings only". The family sees that and decides. We hold your place { $minutes } min.
did-you-mean = Did you mean { $code }? Reply Y or { $code } to claim, NO to pass. We hold your place { $minutes } min.
which = { $count } are open: { $lines }. Reply the code, the number or BOTH. We hold your time { $minutes } min.
which-many = { $count } are open: { $lines }. Reply the code or the number. We hold your time { $minutes } min.
which-line = { $number }) { $code } { $about }
standby = { $code }: you are on standby. We text you only if a place opens. To leave standby reply DROP { $code }.
filled = { $code } just filled. You are on standby and we text you only if a place opens. To leave standby reply DROP { $code }.
already = { $code }: you have place { $place } of 3 already. Can't do it? Reply DROP { $code }.
already-standby = { $code }: you are on standby already. We text you only if a place opens. To leave standby reply DROP { $code }.
moved-up = { $code }: a place opened and it is yours, place { $place } of 3. The family gets your card; they will contact you. Can't do it? Reply DROP { $code }.
lapsed = { $code }: we did not hear back, so your place is open again. Reply { $code } to claim.
names-sent = { $code }: the family has your card now. They will contact you. Can't do it? Reply DROP { $code }.
dropped = { $code }: released. Thank you for telling us.
dropped-after-names = { $code }: noted. We tell the family and look for a replacement.
closed = { $code } is closed: the family no longer needs it.
closed-by-chapter = { $code } is closed.
none-open = Nothing is open for you right now.
none-open-last = Nothing is open for you right now. { $code } is filled.
how = Reply { $code } to claim, NO to pass, or ? for details.
how-plain = Reply the code of an offer to claim it, NO to pass, OPEN for what is open, HELP for more.

## How places are decided. Sentence by sentence, from the chapter's settings.

rule-asked = A referral is offered to every member who is active, in her hours, under her cap and fits what the family told: area, visit, language and payer. The order of sending is drawn by chance for each referral and kept.
rule-first_three = The first three to claim have the places, in the order in which their claims reach us.
rule-fair_start = Nobody has a place until every copy of the offer is out, at most { $minutes } minutes. Then the three who answered their own copy most quickly have the places: your clock starts when your copy reaches you. After that each claim is judged as it comes.
rule-waves = The { $size } who fit best are asked first, and the next { $size } every { $minutes } minutes while a place is free. The first three to claim have the places, in the order in which their claims reach us.
rule-window = Claims are collected for { $minutes } minutes. Then places go to those who fit best; among equals, to whoever was named to a family least recently; among those, in the order of the claims. After that each claim is judged as it comes.
rule-window-urgent = When a family needs help today nobody waits: the first three to claim have the places.
rule-second_try = When a family is asked for again, or a place comes free, each claim is judged as it comes.
rule-cap = Nobody is asked who holds { $cap } referrals already.
rule-standby = Whoever claims when three have places stands by and moves up in turn.
rule-unpaid = Nobody pays to be asked, to be named or to stand first, and the chapter takes nothing for a referral.
rule-trace = Every choice is kept with what decided it: ask the admin for the trace of a referral.

## Answers.

answer = { $code }, all we know: { $facts } To claim, reply { $code } and your note; the family sees it and decides.
no-family-contact = We don't share a family's number. Reply { $code } to claim; they get your card and contact you.
status = { $code }: { $taken } of 3 places taken. Reply { $code } to claim.
status-full = { $code }: 3 of 3 places taken, it is filled. Reply { $code } for standby.
status-mine = { $code }: { $taken } of 3 places taken; yours is place { $place }. Can't do it? Reply DROP { $code }.
status-standby = { $code }: { $taken } of 3 places taken; you are on standby. To leave it reply DROP { $code }.
open = Open: { $lines }. Reply a code to claim it.
open-none = Nothing is open for you right now.
mine = Yours: { $lines }. Can't do one? Reply DROP and its code.
mine-none = You have no place right now.
mine-none-open = You have no place right now. Reply { $code } to claim it.
family-call = { $code }: the family asks you to call { $phone }. They agreed in writing that you get this number, for this request only.
family-deleted = { $code }: the family asked us to delete what we have of it. Please delete its number too.
changed = { $code }, changed by the family: { $facts } Can't do it now? Reply DROP { $code }.
line = { $code } { $about }
line-place = { $code } place { $place } of 3 { $about }
line-standby = { $code } standby { $about }
no-clinical = { $code }: noted. Thank you. Please keep clinical details out of texts.
outcome-booked = { $code }: booked. Thank you for telling us.
outcome-noted = { $code }: noted. Thank you for telling us.
prior = We can't say who a family is. If you want to claim, reply { $code }.
not-group = This number only handles referrals; other members do not see replies here. Try the members' group.
ethics = Places go by the chapter's rule only: no payment or swap for referrals.
ethics-code = Places go by the chapter's rule only: no payment or swap for referrals. Reply { $code } to claim.
which-need = Is this about a referral, or do you need help yourself? Reply REFERRAL or MYSELF.

## Coming and going.

away = No referrals until you text BACK.
away-until = No referrals until { $date }. Text BACK any time to return sooner.
back = You are back: referrals come again. Please check that your areas and plans are current.
preference-days = No referrals on { $days } from now on? Reply Y.
preference-areas = Leave out { $areas } referrals from now on? Reply Y. (STOP alone stops all texts.)
preference-set = Done: your listing is changed.
preference-noted = Noted. The admin will set that on your listing.
day-mon = Mondays
day-tue = Tuesdays
day-wed = Wednesdays
day-thu = Thursdays
day-fri = Fridays
day-sat = Saturdays
day-sun = Sundays
member-help = Reply a code to claim, NO to pass, DROP + code, AWAY + date, BACK, OPEN, MINE, PAGE, ? for status. Contact: { $contact }. STOP ends all texts.
member-help-plain = Reply a code to claim, NO to pass, DROP + code, AWAY + date, BACK, OPEN, MINE, PAGE, ? for status. STOP ends all texts.
welcome = Referral requests that fit you, how many varies by day. Msg & data rates may apply. HELP for commands. STOP ends all texts.
member-stopped = You are unsubscribed from referral texts. Text START to return.
member-restarted = You are back: referral texts come again. HELP for commands. STOP ends all texts.

## Joining.

approved = You are on the roster now: requests that fit you come by text. Reply PRACTICE to try one. HELP for commands. STOP ends all texts.
turned-down = We could not take your application to the roster. What you sent is erased in { $days } days. You may apply again at any time.
confirm-number = Is this your number for referral texts? Reply YES and we send you a practice one. Msg & data rates may apply. HELP for commands. STOP ends all texts.
practice = { $code } PRACTICE, no family waits: Park Slope, baby 5 days, latch, home, Aetna. Reply { $code } to claim it as you would a real one.
practised = { $code }: place 1 of 3. That was practice and it is done. A real offer has its own code: reply it to claim, NO to pass, DROP and the code to give it back.

## Her own pages.

page-kept = Your page was kept on a phone for { $days } days. Not you? Text PAGE, open the link and close all links.

## Standing.

not-active = Your listing is paused, so we can't record this claim. Please contact the admin.
not-eligible = We can't record claims for you now. Please contact the admin.
not-eligible-paper = We can't record claims: your { $paper } on file is not current. Send the new one to the admin and you are back at once.
not-eligible-expired = We can't record claims: your { $paper } on file expired { $date }. Send the new one to the admin and you are back at once.
proxy = { $colleague } has to claim from their own phone, or the admin can add them. We have told the admin.
stranger = We don't know this number here. Families: text your ZIP code and baby's age to { $line }. Consultants: text from your registered phone.
stranger-plain = We don't know this number here. Families: text your ZIP code and baby's age to the families' line. Consultants: text from your registered phone.
