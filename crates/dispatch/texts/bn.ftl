# Texts to families in Bengali.
#
# Awaiting a native reader: nobody whose language this is has read it yet. Whoever does so sets
# `reviewed` to the day.
reviewed = no

## How a text is put together.

# The chapter's name stands at the head.
head = { $name }: { $text }
between = { " " }
comma = { ", " }
and = { $first } ও { $last }
or = { $first } নাকি { $last }

## Times. `$clock` is made by `clock`, `$weekday` and `$month` by the messages below.

clock = { $at ->
    [noon] দুপুর 12টা
    [midnight] রাত 12টা
   *[other] { $part ->
        [night] রাত
        [morning] সকাল
        [afternoon] বিকাল
       *[evening] রাত
    } { $hour12 }{ $at ->
        [whole] টা
       *[minutes] :{ $minute }
    }
}
moment = { $day ->
    [today] { $clock }
    [tonight] আজ { $clock }
    [tomorrow] কাল { $clock }
    [week] { $weekday } { $clock }
   *[later] { $weekday } { $date } { $clock }
}
date = { $number } { $month }
weekday-1 = সোমবার
weekday-2 = মঙ্গলবার
weekday-3 = বুধবার
weekday-4 = বৃহস্পতিবার
weekday-5 = শুক্রবার
weekday-6 = শনিবার
weekday-7 = রবিবার
month-1 = জানুয়ারি
month-2 = ফেব্রুয়ারি
month-3 = মার্চ
month-4 = এপ্রিল
month-5 = মে
month-6 = জুন
month-7 = জুলাই
month-8 = আগস্ট
month-9 = সেপ্টেম্বর
month-10 = অক্টোবর
month-11 = নভেম্বর
month-12 = ডিসেম্বর

## The baby.

age-hour = { $count } ঘণ্টা
age-day = { $count } দিন
age-week = { $count } সপ্তাহ
age-month = { $count } মাস
age-year = { $count } বছর
babies = { $count ->
    [2] যমজ
    [3] তিন যমজ
   *[other] { $count } বাচ্চা
}
due = { $part ->
    [early] প্রসব { $month } শুরুতে
    [mid] প্রসব { $month } মাঝামাঝি
    [late] প্রসব { $month } শেষে
   *[month] প্রসব { $month }
}
due-day = প্রসব { $number } { $month }
due-unknown = বাচ্চা এখনো হয়নি
age-band-1 = 2 সপ্তাহের কম
age-band-2 = 2 থেকে 6 সপ্তাহ
age-band-3 = 6 সপ্তাহ থেকে 3 মাস
age-band-4 = 3 থেকে 6 মাস
age-band-5 = 6 থেকে 12 মাস
age-band-6 = 1 বছরের বেশি

## What help is about, as a family says it.

concern-latch_difficulty = স্তন ধরা
concern-nipple_pain = বোঁটায় ব্যথা
concern-low_supply = দুধ কম
concern-oversupply = দুধ বেশি
concern-engorgement = স্তন ফুলে যাওয়া
concern-plugged_duct = দুধের নালি বন্ধ
concern-mastitis = স্তনে প্রদাহ
concern-thrush = ছত্রাক
concern-tongue_tie = জিভ বাঁধা
concern-weight_gain = ওজন বাড়া
concern-sleepy_baby = খেতে খেতে ঘুম
concern-jaundice_feeding = জন্ডিসে খাওয়ানো
concern-newborn_feeding = নবজাতকের খাওয়া
concern-nursing_strike = স্তন নিতে চায় না
concern-bottle_refusal = বোতল নিতে চায় না
concern-bottle_feeding = বোতলে খাওয়ানো
concern-combo_feeding = মিশ্র খাওয়ানো
concern-pumping = দুধ পাম্প
concern-flange_fitting = পাম্পের মাপ
concern-exclusive_pumping = শুধু পাম্প
concern-return_to_work = কাজে ফেরা
concern-nicu_preterm = NICU বা আগে জন্ম
concern-multiples = যমজ
concern-induced_lactation = দুধ আনা
concern-relactation = আবার দুধ আনা
concern-chestfeeding_trans = ট্রান্স অভিভাবকের খাওয়ানো
concern-weaning = দুধ ছাড়ানো
concern-loss_lactation = সন্তান হারানোর পর দুধ
concern-donor_milk = দানের দুধ
concern-starting_solids = শক্ত খাবার শুরু
concern-fussy_gassy = কান্না বা গ্যাস
concern-food_allergy = খাবারে অ্যালার্জি
concern-biting = কামড়
concern-tandem_pregnancy = গর্ভাবস্থায় খাওয়ানো
concern-medication_safety = ওষুধের প্রশ্ন
concern-breast_surgery = স্তনে অস্ত্রোপচার
concern-medical_complexity = চিকিৎসার প্রয়োজন
concern-prenatal_consult = জন্মের আগে পরামর্শ
concern-prenatal_class = জন্মের আগে ক্লাস
concern-postpartum_mood = মন
concern-second_opinion = আরেকজনের মত
concern-general = খাওয়ানোয় সাহায্য

## Visits, payment, wishes, languages.

visit-home = বাসায়
visit-office = অফিসে
visit-virtual = ভিডিও
visit-hospital = হাসপাতালে
visit-group = দলে
visit-phone = ফোনে
payer-self_pay = নিজের খরচে
payer-class = { $class } ({ $payer })
wish-lgbtq_affirming = LGBTQ+ সম্মান
lang-am = আমহারিক
lang-ar = আরবি
lang-ase = ইশারা ভাষা
lang-bn = বাংলা
lang-en = ইংরেজি
lang-es = স্প্যানিশ
lang-fa = ফারসি
lang-fr = ফরাসি
lang-ff = ফুলা
lang-he = হিব্রু
lang-hi = হিন্দি
lang-ht = হাইতির ক্রেওল
lang-it = ইতালীয়
lang-ja = জাপানি
lang-ko = কোরীয়
lang-pa = পাঞ্জাবি
lang-pl = পোলিশ
lang-pt = পর্তুগিজ
lang-ru = রুশ
lang-sq = আলবেনীয়
lang-tl = তাগালোগ
lang-uk = ইউক্রেনীয়
lang-ur = উর্দু
lang-uz = উজবেক
lang-vi = ভিয়েতনামি
lang-wo = উলফ
lang-yi = ইদ্দিশ
lang-zh = চীনা
lang-yue = ক্যান্টনিজ
lang-cmn = ম্যান্ডারিন

## Sentences that several texts share.

emergency = জরুরি: { -tel-emergency }।
stop = বন্ধ করতে STOP লিখুন।
reference = কোড { $code }।
support = বিনামূল্যে সহায়তা, সব সময়: { -tel-support }।
support-harm = বিনামূল্যে সহায়তা, সব সময়: { -tel-support }। ক্ষতি করার চিন্তা এলে { -tel-crisis }-এ কল বা টেক্সট করুন।
watch = বাচ্চাকে জাগানো কঠিন হলে, না খেলে বা ভেজা ডায়াপার কম হলে এখনই ডাক্তারকে কল করুন।
tell-us = আপনার ZIP কোড বা এলাকা, বাচ্চার বয়স আর কী হচ্ছে লিখুন।
person = আমাদের একজন আপনাকে লিখবেন।

## Care: what comes before everything else.

care-now-baby = এখনই ডাক্তার দরকার। এখনই বাচ্চার ডাক্তারকে কল করুন বা কাছের ER-এ যান। বাচ্চা নেতিয়ে পড়লে, নীল হলে, শ্বাসকষ্ট হলে বা না জাগলে { -tel-emergency }-এ কল করুন। আগে এটা করুন।
care-now-parent = এখনই ডাক্তার দরকার। এখনই প্রসূতি ডাক্তার বা ধাত্রীকে কল করে গর্ভ বা প্রসবের কথা বলুন। না পেলে ER-এ যান বা { -tel-emergency }-এ কল করুন। আগে এটা করুন।
care-now-both = মা-বাবা ও বাচ্চা দুজনেরই এখন ডাক্তার দরকার। দুই ডাক্তারকে এখনই কল করুন বা ER-এ যান। কেউ না জাগলে বা শ্বাসকষ্ট হলে { -tel-emergency }-এ কল করুন। আগে এটা করুন।
care-poison = এখনই Poison Help { -tel-poison }-এ কল করুন, তারপর ডাক্তারকে। কেউ নেতিয়ে পড়লে, খিঁচুনি বা শ্বাসকষ্ট হলে বা না জাগলে { -tel-emergency }-এ কল করুন। আগে এটা করুন।
care-today-baby = আজই বাচ্চার ডাক্তারকে কল করুন। জাগানো কঠিন হলে, না খেলে বা ভেজা ডায়াপার কম হলে এখনই কল করুন।
care-today-weight = ওজনের জন্য আজই বাচ্চার ডাক্তারকে কল করুন। জাগানো কঠিন হলে বা ভেজা ডায়াপার কম হলে এখনই কল করুন।
care-today-parent = আজই আপনার ডাক্তার বা ধাত্রীকে কল করুন।

## The first answer.

got = পেয়েছি: { $facts }।
got-plain = আপনার বার্তা পেয়েছি।
got-proxy = ধন্যবাদ: { $facts }।
asking = { $asked ->
    [0] আমরা পরামর্শকদের জিজ্ঞেস করছি।
   *[other] আমরা { $asked } জন পরামর্শককে জিজ্ঞেস করছি।
}
asking-from = { $starts } থেকে পরামর্শকদের জিজ্ঞেস করব।
names-by = { $by } এর মধ্যে সর্বোচ্চ 3 জনের নাম পাঠাব।
names-by-few = { $by } এর মধ্যে সর্বোচ্চ 3 জনের নাম পাঠাব, কম হলেও।
names-here = { $by } এর মধ্যে এই নম্বরে সর্বোচ্চ 3 জনের নাম পাঠাব।
shared = তারা জায়গা, বয়স ও প্রয়োজন দেখেন, আপনার নাম বা নম্বর নয়।
shared-prenatal = তারা জায়গা, প্রসবের মাস ও প্রয়োজন দেখেন, আপনার নাম বা নম্বর নয়।
shared-short = তারা নাম বা নম্বর দেখেন না।
shared-proxy = তারা জায়গা, বয়স ও প্রয়োজন দেখেন, কারো নাম বা নম্বর নয়।
private-details = রোগীর নাম, জন্মতারিখ বা রুম লিখবেন না: আমরা কাউকে দিই না।
ask-age = বাচ্চার বয়স কত? (বললে ভালো, জরুরি নয়)
held = আমাদের একজন আগে এটা পড়ে আপনাকে লিখবেন।

## Questions that were put to us.

answer-cost = এই লাইন বিনামূল্যে; ফি প্রত্যেকে নিজে ঠিক করেন।
answer-home_visits = অনেকে বাসায় আসেন।
answer-insurance = { $payer } নেন কি না বা superbill দেন কি না প্রত্যেকে জানাবেন।
answer-insurance_or_superbill = কেউ বীমা নেন, কেউ superbill দেন।
answer-medication = ওষুধ নিয়ে আমরা পরামর্শ দিই না। ফার্মাসিস্ট, ডাক্তার বা InfantRisk { -tel-medicines } (কাজের দিনে)। বেশি খাওয়া হয়েছে বা শিশু খেয়েছে? Poison Help { -tel-poison }।
answer-advice = আমরা চিকিৎসা পরামর্শ দিই না।

## The one question.

hello = দুধ খাওয়ানোর পরামর্শক পেতে সাহায্য করি।
hello-night = { $starts } থেকে পরামর্শকদের জিজ্ঞেস করব।
ask-place = আপনার ZIP কোড বা এলাকা কী?
ask-place-age = আপনার ZIP কোড বা এলাকা কী, আর বাচ্চার বয়স কত?
then-place = তারপর ZIP কোড লিখুন, আমরা খাওয়ানোর সাহায্য খুঁজব।
ask-zip = { $borough } এর কোন ZIP কোড?
ask-zip-age = { $borough } এর কোন ZIP কোড, আর বাচ্চার বয়স কত?
ask-which = কোন জায়গা: { $places }? অথবা ZIP কোড লিখুন।
ask-zip-again = { $raw } আমাদের জানা ZIP কোড নয়। আপনার ZIP কোড বা এলাকা কী?
out-of-area = { $place } আমাদের যাওয়ার এলাকার বাইরে। কিছু পরামর্শক ভিডিওতে দেখেন। জিজ্ঞেস করব? YES (হ্যাঁ) লিখুন।
wants-referral = দুধ খাওয়ানোর পরামর্শক চান? YES (হ্যাঁ) লিখুন।
wants-referral-place = { $place } এ দুধ খাওয়ানোর পরামর্শক চান? YES (হ্যাঁ) লিখুন।
photo = আমরা এখানে ছবি দেখতে পাই না ও রাখি না।
emoji = আমরা আছি।

## Danger, crisis, loss.

danger = এখনই { -tel-emergency }-এ কল করুন। কী হয়েছে আর কোথায় আছেন বলুন। সাহায্য আসা পর্যন্ত কী করবেন তারা বলবেন। আমাদের জন্য অপেক্ষা করবেন না: এই লাইন জরুরি সেবার নয়।
crisis = জানানোর জন্য ধন্যবাদ। আপনাকে একা সামলাতে হবে না। এখনই { -tel-crisis }-এ (বিনামূল্যে, সব সময়) বা মাতৃ মানসিক স্বাস্থ্য লাইনে { -tel-support } কল বা টেক্সট করুন। করে ফেলার ভয় হলে { -tel-emergency }-এ কল করুন। আমাদের একজনও লিখবেন।
crisis-baby = জানানোর জন্য ধন্যবাদ। করে ফেলার ভয় হলে বাচ্চাকে নিরাপদ জায়গায় রাখুন, আরেকজন বড় মানুষকে ডাকুন ও { -tel-emergency }-এ কল করুন। সব সময় { -tel-crisis } বা { -tel-support }-এ কল বা টেক্সট করুন। আমাদের একজনও লিখবেন।
safe-to-text = আপনার বার্তা পেয়েছি। এই ফোনে লেখা কি নিরাপদ? YES (হ্যাঁ) বা NO (না) লিখুন।
loss = { $child ->
    [son] আপনার ছেলের জন্য আমরা খুব দুঃখিত।
    [daughter] আপনার মেয়ের জন্য আমরা খুব দুঃখিত।
    [twins] আপনার যমজ সন্তানদের জন্য আমরা খুব দুঃখিত।
   *[baby] আপনার বাচ্চার জন্য আমরা খুব দুঃখিত।
} আমাদের একজন এটা পড়ছেন ও শিগগির লিখবেন। এখন কারো সঙ্গে কথা বলতে: { -tel-support }, সব সময়।
loss-plain = আমরা খুব দুঃখিত। আমাদের একজন এটা পড়ছেন ও শিগগির লিখবেন। এখন কারো সঙ্গে কথা বলতে: { -tel-support }, সব সময়।

## Answers that ask nothing.

callback = আমাদের একজনকে কল করতে বলছি।
callback-after = আমাদের একজনকে { $after } এর পরে কল করতে বলছি।
sorry = আমরা দুঃখিত। আমাদের উত্তর দেওয়া উচিত ছিল। আমাদের একজন এখন দেখছেন ও শিগগির লিখবেন।
who = এটা { $name } এর টেক্সট লাইন। যারা আমাদের লিখেছেন শুধু তাদের লিখি। আর না চাইলে STOP লিখুন, এখনো সাহায্য দরকার হলে জানান।
wrong-number = এটা পরিবারের জন্য বিনামূল্যের টেক্সট লাইন। মনে হয় ভুল নম্বর।
vendors = এই লাইন পরিবারের জন্য। প্রশাসক আপনার বার্তা পেয়েছেন। আমরা উপহার বা কমিশন নিই না।
thanks = জানানোর জন্য ধন্যবাদ। দরকার হলে লিখুন।
help = বিনামূল্যের টেক্সট লাইন: সর্বোচ্চ 3 জন দুধ খাওয়ানোর পরামর্শক খুঁজে দেয়। ZIP, বাচ্চার বয়স ও কী হচ্ছে লিখুন। জরুরি হলে { -tel-emergency }। সহায়তা: { -tel-support }। যোগাযোগ: { $contact }। টেক্সটের খরচ লাগতে পারে। বন্ধ করতে STOP।
help-plain = বিনামূল্যের টেক্সট লাইন: সর্বোচ্চ 3 জন দুধ খাওয়ানোর পরামর্শক খুঁজে দেয়। ZIP, বাচ্চার বয়স ও কী হচ্ছে লিখুন। জরুরি হলে { -tel-emergency }। সহায়তা: { -tel-support }। টেক্সটের খরচ লাগতে পারে। বন্ধ করতে STOP।
stopped = আর কোনো বার্তা পাবেন না। আবার দরকার হলে START লিখুন। জরুরি: { -tel-emergency }।
restarted = বার্তা আবার চালু।
missed-call = আপনি কল করেছিলেন, কিন্তু এই লাইন শুধু টেক্সটের।
unclear = আমরা বুঝতে পারিনি।
gone-soon = আপনি যা লিখেছেন তা আর আপনার নম্বর আমরা ২ দিনের মধ্যে মুছে ফেলি।
deleting = { gone-soon } বার্তা বন্ধ করতে STOP লিখুন।
stopped-deleting = { stopped } { gone-soon }
spoken = এটা { $name }। এই লাইন শুধু টেক্সট বার্তার। এই নম্বরে আপনার জিপ কোড, বাচ্চার বয়স আর কী হচ্ছে লিখে পাঠান। জরুরি হলে ফোন রেখে { -tel-emergency }-এ কল করুন। বিদায়।

## The names.

names = { $count } জন পরামর্শক (কোড { $code })। যোগাযোগ করুন:
names-again = { $count } জন নতুন (কোড { $code })। যোগাযোগ করুন:
names-top-up = আরও { $count } জন (কোড { $code }):
names-more = আমরা জিজ্ঞেস করছি, আরও উত্তর এলে লিখব।
names-page = রেখে দিতে: { $page }
names-help = কেউ ফাঁকা নেই? এখানে লিখুন। জরুরি: { -tel-emergency }।
replaced = { $gone } এখন নতুন পরিবার নিতে পারছেন না (কোড { $code })। বদলে:
replacing = { $gone } এখন নতুন পরিবার নিতে পারছেন না (কোড { $code })। আরেকজন খুঁজছি।

## Later.

still-looking = { $asked ->
    [0] এখনো কেউ উত্তর দেননি (কোড { $code })। আরও অনেককে জিজ্ঞেস করছি, আমাদের একজন জানেন। { $until } এর মধ্যে লিখব।
    [1] এখনো কেউ উত্তর দেননি (কোড { $code })। আরও অনেককে জিজ্ঞেস করছি, আমাদের একজন জানেন। { $until } এর মধ্যে লিখব।
   *[other] এখনো কেউ উত্তর দেননি (কোড { $code })। এখন { $asked } জনকে জিজ্ঞেস করছি, আমাদের একজন জানেন। { $until } এর মধ্যে লিখব।
}
none-found = দুঃখিত: এক দিনে কেউ পারেননি (কোড { $code })। আমাদের একজন লিখবেন। ততক্ষণ বিনামূল্যে সাহায্য: খাওয়ানোর প্রশ্ন { -tel-helpline } (সোম-শুক্র 9-6), Baby Cafe { -tel-city }, সহায়তা সব সময় { -tel-support }।
follow-up = কারো সঙ্গে যোগাযোগ হয়েছে (কোড { $code })? লিখুন { $choices } বা 0 এখনো না।
rate = জানানোর জন্য ধন্যবাদ। এই লাইন কেমন লেগেছে, 1 (খারাপ) থেকে 5 (ভালো)? সংখ্যাটি লিখুন, চাইলে এক লাইনও।
follow-up-again = জানানোর জন্য ধন্যবাদ। তাদের বাদ দিয়ে আবার জিজ্ঞেস করছি। { $by } এর মধ্যে নতুন নাম (কোড { $code })।
withdrawn = আমরা জিজ্ঞেস করা বন্ধ করেছি (কোড { $code })। দরকার হলে লিখুন।
noted = লিখে রেখেছি ও জানিয়েছি (কোড { $code })।
reopened = আমরা দুঃখিত। তাদের বাদ দিয়ে এখন আবার জিজ্ঞেস করছি, আমাদের একজন জানেন। { $by } এর মধ্যে নতুন নাম (কোড { $code })।
call-ask = { $names } আপনাকে কল করতে পারেন, যদি আমরা আপনার নম্বর দিই (কোড { $code })। YES লিখলে দেব। না হলে কেউ পাবেন না।
call-agreed = { $names } এখন আপনার নম্বর পেয়েছেন, কল করতে পারেন (কোড { $code })।
more = আরও নামের জন্য জিজ্ঞেস করছি (কোড { $code })। { $by } এর মধ্যে পাবেন।
already-asking = আপনার জন্য জিজ্ঞেস করছি (কোড { $code })। { $by } এর মধ্যে নাম পাবেন।

## The page of the names.

page-area = এলাকা
page-visits = ভিজিট
page-payers = বীমা ও পেমেন্ট
page-confirmed = { $date } তারিখে নিশ্চিত
page-languages = ভাষা
page-note = জানিয়েছেন
page-call = কল করুন
page-text = মেসেজ করুন
page-book = বুক করুন
page-save = নম্বর সেভ করুন
page-chosen = এই নামগুলো কীভাবে বাছা হয়েছে: আপনি যা জানিয়েছেন তার সঙ্গে মেলে { $name }-এর এমন সব পরামর্শকের কাছে আমরা একসঙ্গে, এলোমেলো ক্রমে জানতে চেয়েছি। যারা আগে উত্তর দিয়েছেন, সর্বোচ্চ তিনজন, উত্তরের ক্রমে এখানে আছেন।
page-chosen-fair_start = এই নামগুলো কীভাবে বাছা হয়েছে: আপনি যা জানিয়েছেন তার সঙ্গে মেলে { $name }-এর এমন সব পরামর্শকের কাছে আমরা এলোমেলো ক্রমে জানতে চেয়েছি। প্রত্যেকের সময় গোনা হয়েছে আমাদের বার্তা পৌঁছানোর পর থেকে। যারা সবচেয়ে দ্রুত, সর্বোচ্চ তিনজন, এখানে আছেন।
page-chosen-waves = এই নামগুলো কীভাবে বাছা হয়েছে: { $name }-এর যে পরামর্শকেরা সবচেয়ে ভালো মেলে, আগে তাদের জিজ্ঞেস করেছি, একবারে { $size } জন, আর নাম বাকি থাকলে প্রতি { $minutes } মিনিটে আরও। যারা আগে উত্তর দিয়েছেন, সর্বোচ্চ তিনজন, উত্তরের ক্রমে এখানে আছেন।
page-chosen-window = এই নামগুলো কীভাবে বাছা হয়েছে: আপনি যা জানিয়েছেন তার সঙ্গে মেলে { $name }-এর এমন সব পরামর্শকের কাছে আমরা এলোমেলো ক্রমে জানতে চেয়ে { $minutes } মিনিট অপেক্ষা করেছি। যারা উত্তর দিয়েছেন তাদের মধ্যে যারা সবচেয়ে ভালো মেলে, সর্বোচ্চ তিনজন, এখানে আছেন; সমান হলে যার নাম সবচেয়ে আগে দেওয়া হয়েছিল।
page-unpaid = জিজ্ঞাসিত হতে, নাম দিতে বা প্রথমে থাকতে কেউ টাকা দেন না, আর আপনি যাকে বাছেন তার কাছ থেকে আমরা কিছুই পাই না।
page-until = এই পাতা { $date } পর্যন্ত চলবে।
