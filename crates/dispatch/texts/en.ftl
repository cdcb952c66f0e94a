# Texts to families in English. A family is tired and reads on a phone: short words, one idea a
# sentence, no advice, no promise that we cannot keep.
#
# Every other language has the same messages with the same arguments; a test compares them.
# `reviewed` says whether a native reader has read the file: the day on which one did, or `no`.
# This is the language that the others are translated from.
reviewed = source

## How a text is put together.

# The chapter's name stands at the head.
head = { $name }: { $text }
between = { " " }
comma = { ", " }
and = { $first } and { $last }
or = { $first } or { $last }

## Times. `$clock` is made by `clock`, `$weekday` and `$month` by the messages below.

clock = { $at ->
    [noon] noon
    [midnight] midnight
    [whole] { $hour12 } { $half }
   *[minutes] { $hour12 }:{ $minute } { $half }
}
moment = { $day ->
    [today] { $clock }
    [tonight] { $clock } tonight
    [tomorrow] { $clock } tomorrow
    [week] { $clock } { $weekday }
   *[later] { $clock } { $weekday } { $date }
}
date = { $month } { $number }
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
month-1 = Jan
month-2 = Feb
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = Aug
month-9 = Sept
month-10 = Oct
month-11 = Nov
month-12 = Dec

## The baby.

age-hour = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
age-day = { $count ->
    [one] 1 day
   *[other] { $count } days
}
age-week = { $count ->
    [one] 1 week
   *[other] { $count } weeks
}
age-month = { $count ->
    [one] 1 month
   *[other] { $count } months
}
age-year = { $count ->
    [one] 1 year
   *[other] { $count } years
}
babies = { $count ->
    [2] twins
    [3] triplets
   *[other] { $count } babies
}
due = { $part ->
    [early] due early { $month }
    [mid] due mid-{ $month }
    [late] due late { $month }
   *[month] due { $month }
}
due-day = due { $month_number }/{ $number }
due-unknown = baby on the way
age-band-1 = under 2 weeks
age-band-2 = 2 to 6 weeks
age-band-3 = 6 weeks to 3 months
age-band-4 = 3 to 6 months
age-band-5 = 6 to 12 months
age-band-6 = over 1 year

## What help is about, as a family says it.

concern-latch_difficulty = latch
concern-nipple_pain = nipple pain
concern-low_supply = low supply
concern-oversupply = oversupply
concern-engorgement = engorgement
concern-plugged_duct = plugged duct
concern-mastitis = mastitis
concern-thrush = thrush
concern-tongue_tie = tongue tie
concern-weight_gain = weight gain
concern-sleepy_baby = sleepy when feeding
concern-jaundice_feeding = feeding with jaundice
concern-newborn_feeding = newborn feeding
concern-nursing_strike = refuses to nurse
concern-bottle_refusal = refuses the bottle
concern-bottle_feeding = bottle feeding
concern-combo_feeding = combo feeding
concern-pumping = pumping
concern-flange_fitting = flange fit
concern-exclusive_pumping = exclusive pumping
concern-return_to_work = back to work
concern-nicu_preterm = NICU
concern-multiples = multiples
concern-induced_lactation = induced lactation
concern-relactation = relactation
concern-chestfeeding_trans = chestfeeding
concern-weaning = weaning
concern-loss_lactation = milk after a loss
concern-donor_milk = donor milk
concern-starting_solids = starting solids
concern-fussy_gassy = fussy or gassy
concern-food_allergy = food allergy
concern-biting = biting
concern-tandem_pregnancy = nursing while pregnant
concern-medication_safety = medicine question
concern-breast_surgery = breast or chest surgery
concern-medical_complexity = medical needs
concern-prenatal_consult = prenatal visit
concern-prenatal_class = prenatal class
concern-postpartum_mood = mood
concern-second_opinion = second opinion
concern-general = feeding help

## Visits, payment, wishes, languages.

visit-home = home
visit-office = office
visit-virtual = video
visit-hospital = hospital
visit-group = group
visit-phone = phone
payer-self_pay = self-pay
payer-class = { $class } ({ $payer })
wish-lgbtq_affirming = LGBTQ+-affirming
lang-am = Amharic
lang-ar = Arabic
lang-ase = sign language
lang-bn = Bengali
lang-en = English
lang-es = Spanish
lang-fa = Farsi
lang-fr = French
lang-ff = Fulani
lang-he = Hebrew
lang-hi = Hindi
lang-ht = Haitian Creole
lang-it = Italian
lang-ja = Japanese
lang-ko = Korean
lang-pa = Punjabi
lang-pl = Polish
lang-pt = Portuguese
lang-ru = Russian
lang-sq = Albanian
lang-tl = Tagalog
lang-uk = Ukrainian
lang-ur = Urdu
lang-uz = Uzbek
lang-vi = Vietnamese
lang-wo = Wolof
lang-yi = Yiddish
lang-zh = Chinese
lang-yue = Cantonese
lang-cmn = Mandarin

## Sentences that several texts share.

emergency = Emergency: { -tel-emergency }.
stop = STOP to opt out.
reference = Ref { $code }.
support = Free support any hour: { -tel-support }.
support-harm = Free support any hour: { -tel-support }. If there are thoughts of harm, call or text { -tel-crisis }.
watch = If baby is hard to wake, not feeding or has few wet diapers, call the doctor now.
tell-us = Please text your ZIP code or neighborhood, baby's age and what is going on.
person = A person from our team will text you.

## Care: what comes before everything else.

care-now-baby = This needs a doctor now. Call baby's doctor right away or go to the nearest ER. Call { -tel-emergency } if baby is limp, blue, struggling to breathe or will not wake. Do this first.
care-now-parent = This needs a doctor now. Call the OB or midwife right away and tell them about the pregnancy or birth. If you cannot reach them, go to the ER or call { -tel-emergency }. Do this first.
care-now-both = Parent and baby need a doctor now. Call both doctors right away or go to the nearest ER. Call { -tel-emergency } if anyone is hard to wake or struggles to breathe. Do this first.
care-poison = Call Poison Help { -tel-poison } right now, then the doctor. Call { -tel-emergency } if somebody is limp, has a seizure, struggles to breathe or will not wake. Do this first.
care-today-baby = Please call baby's doctor today. If baby is hard to wake, not feeding or has few wet diapers, call now.
care-today-weight = Please call baby's doctor today about the weight. If baby is hard to wake or has few wet diapers, call now.
care-today-parent = Please call your doctor or midwife today.

## The first answer.

got = Got it - { $facts }.
got-plain = Got it.
got-proxy = Thank you - { $facts }.
asking = { $asked ->
    [0] We are asking our consultants.
    [one] We are asking 1 consultant.
   *[other] We are asking { $asked } consultants.
}
asking-from = We ask our consultants from { $starts }.
names-by = You get up to 3 names by { $by }.
names-by-few = You get up to 3 names by { $by }, even if fewer than three answer.
names-here = You get up to 3 names at this number by { $by }.
shared = They see place, age and what you need, never your name or number.
shared-prenatal = They see place, due month and what you need, never your name or number.
shared-short = They see no name and no number.
shared-proxy = They see place, age and what is needed, never a name or number.
private-details = Please leave out patient names, birth dates and rooms: we pass none on.
ask-age = How old is the baby? (helps, not required)
held = A person from our team reads this first and will text you.

## Questions that were put to us.

answer-cost = This line is free; each consultant sets a fee.
answer-home_visits = Many of our consultants do home visits.
answer-insurance = Each consultant says if { $payer } is taken or gives a superbill.
answer-insurance_or_superbill = Some bill plans, others give a superbill.
answer-medication = We can't advise on medicines. Your pharmacist or doctor can, or InfantRisk { -tel-medicines } (weekdays). Too much taken, or by a child? Poison Help { -tel-poison }.
answer-advice = We can't give medical advice.

## The one question.

hello = We can help you find a lactation consultant.
hello-night = We ask our consultants from { $starts }.
ask-place = What is your ZIP code or neighborhood?
ask-place-age = What is your ZIP code or neighborhood, and how old is your baby?
then-place = Then text us your ZIP code and we look for feeding help.
ask-zip = What is the ZIP code in { $borough ->
    [Bronx] the Bronx
   *[other] { $borough }
}?
ask-zip-age = What is the ZIP code in { $borough ->
    [Bronx] the Bronx
   *[other] { $borough }
}, and how old is the baby?
ask-which = Which place is it: { $places }? Or text your ZIP code.
ask-zip-again = { $raw } is not a ZIP code we know. What is your ZIP code or neighborhood?
out-of-area = { $place } is outside the area we visit. Some of our consultants see families by video. Shall we ask them? Reply YES.
wants-referral = Would you like a lactation consultant? Reply YES.
wants-referral-place = Would you like a lactation consultant in { $place }? Reply YES and we ask.
photo = We can't see photos here and do not keep them.
emoji = We are here.

## Danger, crisis, loss.

danger = CALL { -tel-emergency } NOW. Say what happened and where you are. They tell you what to do until help comes. Do not wait for us: this line is not for emergencies.
crisis = Thank you for telling us. You do not have to handle this alone. Call or text { -tel-crisis } now (free, any hour), or the Maternal Mental Health Hotline { -tel-support }. If you might act on it, call { -tel-emergency }. A person from our team will text you too.
crisis-baby = Thank you for telling us. If you might act on this, put baby down somewhere safe, get another adult and call { -tel-emergency }. Call or text { -tel-crisis } any time, or { -tel-support }. A person from our team will text you too.
safe-to-text = We got your text. Is it safe to text you on this phone? Reply YES or NO.
loss = We are so sorry about your { $child ->
    [son] son
    [daughter] daughter
    [twins] twins
   *[baby] baby
}. A person from our team is reading this and will text you soon. To talk to someone now: { -tel-support }, any hour.
loss-plain = We are so sorry. A person from our team is reading this and will text you soon. To talk to someone now: { -tel-support }, any hour.

## Answers that ask nothing.

callback = We ask a person on our team to call.
callback-after = We ask a person on our team to call after { $after }.
sorry = We are sorry. You should have heard from us. A person on our team is on it now and will text you soon.
who = This is the text line of { $name }. We write only to people who have texted us. Reply STOP for no more texts, or tell us if you still need help.
wrong-number = This is a free text line for families. You seem to have the wrong number.
vendors = This line is for families. The admin has your note. We take no gifts and pay or accept no commission for referrals.
thanks = Thank you for telling us. Text any time you need us again.
help = A free text line that finds you up to 3 lactation consultants. Text your ZIP code, baby's age and what is going on. Not for emergencies: call { -tel-emergency }. Support any hour: { -tel-support }. Contact: { $contact }. Msg & data rates may apply. STOP to opt out.
help-plain = A free text line that finds you up to 3 lactation consultants. Text your ZIP code, baby's age and what is going on. Not for emergencies: call { -tel-emergency }. Support any hour: { -tel-support }. Msg & data rates may apply. STOP to opt out.
stopped = You are unsubscribed and get no more texts. Text START if you need us again. Emergency: { -tel-emergency }.
restarted = Texts are on again.
missed-call = You called, but this line works by text only.
unclear = We did not understand that.
gone-soon = We delete what you texted and your number within 2 days.
deleting = { gone-soon } STOP ends all texts.
stopped-deleting = { stopped } { gone-soon }
spoken = This is { $name }. This line works by text message only. Please text your ZIP code, your baby's age and what is going on to this number. If it is an emergency, hang up and call { -tel-emergency }. Goodbye.

## The names.

names = { $count ->
    [one] Here is 1 consultant (ref { $code }). Please contact them:
   *[other] Here are { $count } consultants (ref { $code }). Please contact them:
}
names-again = { $count ->
    [one] 1 new name (ref { $code }). Please contact them:
   *[other] { $count } new names (ref { $code }). Please contact them:
}
names-top-up = { $count ->
    [one] 1 more name (ref { $code }):
   *[other] { $count } more names (ref { $code }):
}
names-more = We keep asking and text you if more answer.
names-page = Save them: { $page }
names-help = Nobody free? Reply here. Emergency: { -tel-emergency }.
replaced = { $gone } can't take new families now (ref { $code }). Instead:
replacing = { $gone } can't take new families now (ref { $code }). We are asking for another name.

## Later.

still-looking = { $asked ->
    [0] Nobody has answered yet (ref { $code }). We are asking more widely, and a person on our team knows. You hear from us by { $until }.
    [one] Nobody has answered yet (ref { $code }). We are asking more widely, and a person on our team knows. You hear from us by { $until }.
   *[other] Nobody has answered yet (ref { $code }). We are now asking { $asked } consultants, and a person on our team knows. You hear from us by { $until }.
}
none-found = We are sorry: nobody could take your request in a day (ref { $code }). A person on our team will text you. Free help meanwhile: feeding questions { -tel-helpline } (Mon-Fri 9-6), Baby Cafes { -tel-city }, support any hour { -tel-support }.
follow-up = Did you reach someone (ref { $code })? Reply { $choices } or 0 none yet.
rate = Thank you for telling us. How was this line for you, from 1 (bad) to 5 (good)? Reply the number, with a line if you like.
follow-up-again = Thank you for telling us. We are asking again, without those names. New names by { $by } (ref { $code }).
withdrawn = We have stopped asking (ref { $code }). Text any time you need us again.
noted = Noted and passed on (ref { $code }).
reopened = We are sorry. We are asking again now, without those names, and a person on our team knows. New names by { $by } (ref { $code }).
call-ask = { $names } can call you, if we may give your number (ref { $code }). Reply YES and we do. Nobody gets it otherwise.
call-agreed = { $names } now have your number and can call you (ref { $code }).
more = We are asking for more names (ref { $code }). You get them by { $by }.
already-asking = We are asking for you already (ref { $code }). You get names by { $by }.

## The page of the names.

page-area = Area
page-visits = Visits
page-payers = Insurance and payment
page-confirmed = confirmed { $date }
page-languages = Languages
page-note = Says
page-call = Call
page-text = Text
page-book = Book
page-save = Save contact
page-chosen = How these names were chosen: we asked every consultant of { $name } who fits what you told us, all at once and in random order. The first to answer are here, three at most, in the order of their answers.
page-chosen-fair_start = How these names were chosen: we asked every consultant of { $name } who fits what you told us, in random order. Each one's time was counted from when our text reached them. The quickest are here, three at most.
page-chosen-waves = How these names were chosen: we asked the consultants of { $name } who fit best first, { $size } at a time, and more every { $minutes } minutes while a name was missing. The first to answer are here, three at most, in the order of their answers.
page-chosen-window = How these names were chosen: we asked every consultant of { $name } who fits what you told us, in random order, and waited { $minutes } minutes. Of those who answered, the ones who fit best are here, three at most; among equals, those whose name was given longest ago.
page-unpaid = Nobody pays to be asked, to be named or to stand first, and we get nothing from whoever you choose.
page-until = This page works until { $date }.
