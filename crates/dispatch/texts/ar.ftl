# Texts to families in Arabic.
#
# Awaiting a native reader: nobody whose language this is has read it yet. Whoever does so sets
# `reviewed` to the day.
reviewed = no

## How a text is put together.

# The chapter's name stands at the head.
head = { $name }: { $text }
between = { " " }
comma = { "، " }
and = { $first } و{ $last }
or = { $first } أو { $last }

## Times. `$clock` is made by `clock`, `$weekday` and `$month` by the messages below.

clock = { $at ->
    [noon] 12 ظهرًا
    [midnight] 12 ليلًا
    [whole] { $hour12 } { $half ->
        [am] صباحًا
       *[pm] مساءً
    }
   *[minutes] { $hour12 }:{ $minute } { $half ->
        [am] صباحًا
       *[pm] مساءً
    }
}
moment = { $day ->
    [today] الساعة { $clock }
    [tonight] الساعة { $clock } هذه الليلة
    [tomorrow] الساعة { $clock } غدًا
    [week] الساعة { $clock } يوم { $weekday }
   *[later] الساعة { $clock } يوم { $weekday } { $date }
}
date = { $number } { $month }
weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر

## The baby.

age-hour = { $count ->
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
   *[other] { $count } ساعة
}
age-day = { $count ->
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
   *[other] { $count } يومًا
}
age-week = { $count ->
    [one] أسبوع واحد
    [two] أسبوعان
    [few] { $count } أسابيع
   *[other] { $count } أسبوعًا
}
age-month = { $count ->
    [one] شهر واحد
    [two] شهران
    [few] { $count } أشهر
   *[other] { $count } شهرًا
}
age-year = { $count ->
    [one] سنة واحدة
    [two] سنتان
    [few] { $count } سنوات
   *[other] { $count } سنة
}
babies = { $count ->
    [2] توأم
    [3] ثلاثة توائم
   *[other] { $count } أطفال
}
due = { $part ->
    [early] الولادة أوائل { $month }
    [mid] الولادة منتصف { $month }
    [late] الولادة أواخر { $month }
   *[month] الولادة في { $month }
}
due-day = الولادة { $number } { $month }
due-unknown = لم يولد الطفل بعد
age-band-1 = أقل من أسبوعين
age-band-2 = من 2 إلى 6 أسابيع
age-band-3 = من 6 أسابيع إلى 3 أشهر
age-band-4 = من 3 إلى 6 أشهر
age-band-5 = من 6 إلى 12 شهرًا
age-band-6 = أكثر من سنة

## What help is about, as a family says it.

concern-latch_difficulty = التقام الثدي
concern-nipple_pain = ألم الحلمة
concern-low_supply = قلة الحليب
concern-oversupply = كثرة الحليب
concern-engorgement = احتقان الثدي
concern-plugged_duct = انسداد قناة
concern-mastitis = التهاب الثدي
concern-thrush = فطريات
concern-tongue_tie = ربط اللسان
concern-weight_gain = زيادة الوزن
concern-sleepy_baby = ينام أثناء الرضاعة
concern-jaundice_feeding = الرضاعة مع اليرقان
concern-newborn_feeding = رضاعة حديث الولادة
concern-nursing_strike = رفض الثدي
concern-bottle_refusal = رفض الزجاجة
concern-bottle_feeding = الرضاعة بالزجاجة
concern-combo_feeding = رضاعة مختلطة
concern-pumping = شفط الحليب
concern-flange_fitting = مقاس قمع المضخة
concern-exclusive_pumping = الشفط فقط
concern-return_to_work = العودة إلى العمل
concern-nicu_preterm = NICU أو ولادة مبكرة
concern-multiples = توائم
concern-induced_lactation = إدرار محفز
concern-relactation = استعادة الإدرار
concern-chestfeeding_trans = إرضاع لوالد عابر
concern-weaning = الفطام
concern-loss_lactation = الحليب بعد فقد
concern-donor_milk = حليب متبرع به
concern-starting_solids = بدء الطعام الصلب
concern-fussy_gassy = بكاء أو غازات
concern-food_allergy = حساسية طعام
concern-biting = العض
concern-tandem_pregnancy = الرضاعة أثناء الحمل
concern-medication_safety = سؤال عن دواء
concern-breast_surgery = جراحة في الثدي أو الصدر
concern-medical_complexity = احتياجات طبية
concern-prenatal_consult = استشارة قبل الولادة
concern-prenatal_class = دورة قبل الولادة
concern-postpartum_mood = المزاج
concern-second_opinion = رأي آخر
concern-general = مساعدة في الرضاعة

## Visits, payment, wishes, languages.

visit-home = في البيت
visit-office = في العيادة
visit-virtual = فيديو
visit-hospital = في المستشفى
visit-group = مجموعة
visit-phone = هاتف
payer-self_pay = دفع ذاتي
payer-class = { $class } ({ $payer })
wish-lgbtq_affirming = احترام LGBTQ+
lang-am = الأمهرية
lang-ar = العربية
lang-ase = لغة الإشارة
lang-bn = البنغالية
lang-en = الإنجليزية
lang-es = الإسبانية
lang-fa = الفارسية
lang-fr = الفرنسية
lang-ff = الفولانية
lang-he = العبرية
lang-hi = الهندية
lang-ht = الكريولية الهايتية
lang-it = الإيطالية
lang-ja = اليابانية
lang-ko = الكورية
lang-pa = البنجابية
lang-pl = البولندية
lang-pt = البرتغالية
lang-ru = الروسية
lang-sq = الألبانية
lang-tl = التاغالوغية
lang-uk = الأوكرانية
lang-ur = الأردية
lang-uz = الأوزبكية
lang-vi = الفيتنامية
lang-wo = الولوف
lang-yi = اليديشية
lang-zh = الصينية
lang-yue = الكانتونية
lang-cmn = الماندرين

## Sentences that several texts share.

emergency = الطوارئ: { -tel-emergency }.
stop = للإيقاف أرسل STOP.
reference = الرمز { $code }.
support = دعم مجاني في أي وقت: { -tel-support }.
support-harm = دعم مجاني في أي وقت: { -tel-support }. عند أفكار بالأذى اتصل أو أرسل إلى { -tel-crisis }.
watch = إذا صعب إيقاظ الطفل أو لم يرضع أو قلّت الحفاضات المبللة فاتصل بالطبيب فورًا.
tell-us = أرسل الرمز البريدي (ZIP) أو الحي وعمر الطفل وما يحدث.
person = سيراسلك شخص من فريقنا.

## Care: what comes before everything else.

care-now-baby = هذا يحتاج طبيبًا الآن. اتصل بطبيب الطفل فورًا أو اذهب إلى أقرب طوارئ. اتصل بـ { -tel-emergency } إذا كان الطفل مرتخيًا أو أزرق أو يتنفس بصعوبة أو لا يستيقظ. هذا أولًا.
care-now-parent = هذا يحتاج طبيبًا الآن. اتصل فورًا بطبيب النساء أو القابلة واذكر الحمل أو الولادة. إن لم تصل إليهم فاذهب إلى الطوارئ أو اتصل بـ { -tel-emergency }. هذا أولًا.
care-now-both = الوالدة والطفل يحتاجان طبيبًا الآن. اتصل فورًا بالطبيبين أو اذهب إلى أقرب طوارئ. اتصل بـ { -tel-emergency } إذا لم يستيقظ أحدهما أو تنفس بصعوبة. هذا أولًا.
care-poison = اتصل فورًا بـ Poison Help { -tel-poison } ثم بالطبيب. اتصل بـ { -tel-emergency } إذا كان أحد مرتخيًا أو يتشنج أو يتنفس بصعوبة أو لا يستيقظ. هذا أولًا.
care-today-baby = اتصل بطبيب الطفل اليوم. إذا صعب إيقاظ الطفل أو لم يرضع أو قلّت الحفاضات المبللة فاتصل الآن.
care-today-weight = اتصل بطبيب الطفل اليوم بشأن الوزن. إذا صعب إيقاظ الطفل أو قلّت الحفاضات المبللة فاتصل الآن.
care-today-parent = اتصل اليوم بطبيبك أو القابلة.

## The first answer.

got = وصلنا: { $facts }.
got-plain = وصلتنا رسالتك.
got-proxy = شكرًا: { $facts }.
asking = { $asked ->
    [0] نسأل الآن استشارياتنا.
    [one] نسأل الآن استشارية واحدة.
    [two] نسأل الآن استشاريتين.
    [few] نسأل الآن { $asked } استشاريات.
   *[other] نسأل الآن { $asked } استشارية.
}
asking-from = نسأل الاستشاريات ابتداءً من { $starts }.
names-by = نرسل حتى 3 أسماء قبل { $by }.
names-by-few = نرسل حتى 3 أسماء قبل { $by }، ولو ردّ أقل من ثلاث.
names-here = نرسل حتى 3 أسماء إلى هذا الرقم قبل { $by }.
shared = يرين المكان والعمر والحاجة، ولا يرين اسمك أو رقمك أبدًا.
shared-prenatal = يرين المكان وشهر الولادة والحاجة، ولا يرين اسمك أو رقمك أبدًا.
shared-short = لا يرين اسمًا ولا رقمًا.
shared-proxy = يرين المكان والعمر والحاجة، ولا يرين اسمًا أو رقمًا أبدًا.
private-details = لا ترسل أسماء المرضى أو تواريخ ميلادهم أو غرفهم: لا ننقلها إلى أحد.
ask-age = كم عمر الطفل؟ (يفيد، وليس واجبًا)
held = يقرأ هذا شخص من فريقنا أولًا ثم يراسلك.

## Questions that were put to us.

answer-cost = هذا الخط مجاني، وكل استشارية تحدد أجرها.
answer-home_visits = كثيرات يزرن البيوت.
answer-insurance = كل استشارية تقول إن كانت تقبل { $payer } أو تعطي superbill.
answer-insurance_or_superbill = بعضهن يأخذن التأمين وبعضهن يعطين superbill.
answer-medication = لا نقدم نصيحة عن الأدوية: اسأل الصيدلي أو الطبيب أو InfantRisk { -tel-medicines } (أيام العمل). جرعة زائدة أو تناولها طفل؟ Poison Help { -tel-poison }.
answer-advice = لا نقدم نصيحة طبية.

## The one question.

hello = نساعدك في إيجاد استشارية رضاعة.
hello-night = نسأل الاستشاريات ابتداءً من { $starts }.
ask-place = ما رمزك البريدي (ZIP) أو حيّك؟
ask-place-age = ما رمزك البريدي (ZIP) أو حيّك، وكم عمر الطفل؟
then-place = ثم أرسل رمزك البريدي (ZIP) ونبحث عن مساعدة في الرضاعة.
ask-zip = ما الرمز البريدي (ZIP) في { $borough }؟
ask-zip-age = ما الرمز البريدي (ZIP) في { $borough }، وكم عمر الطفل؟
ask-which = أي مكان: { $places }؟ أو أرسل رمزك البريدي (ZIP).
ask-zip-again = { $raw } ليس رمزًا بريديًا نعرفه. ما رمزك البريدي (ZIP) أو حيّك؟
out-of-area = { $place } خارج المنطقة التي نزورها. بعض الاستشاريات يعملن بالفيديو. هل نسألهن؟ أرسل YES (نعم).
wants-referral = هل تريد استشارية رضاعة؟ أرسل YES (نعم).
wants-referral-place = هل تريد استشارية رضاعة في { $place }؟ أرسل YES (نعم).
photo = لا نرى الصور هنا ولا نحتفظ بها.
emoji = نحن هنا.

## Danger, crisis, loss.

danger = اتصل بـ { -tel-emergency } الآن. قل ما حدث وأين أنت. سيقولون لك ماذا تفعل حتى تصل المساعدة. لا تنتظرنا: هذا الخط ليس للطوارئ.
crisis = شكرًا لأنك أخبرتنا. لست مضطرًا لمواجهة هذا وحدك. اتصل أو أرسل الآن إلى { -tel-crisis } (مجاني، في أي وقت) أو خط الصحة النفسية للأمومة { -tel-support }. إن كان قد يحدث ذلك فاتصل بـ { -tel-emergency }. سيراسلك أيضًا شخص من فريقنا.
crisis-baby = شكرًا لأنك أخبرتنا. إن كان قد يحدث ذلك فضع الطفل في مكان آمن واطلب شخصًا بالغًا آخر واتصل بـ { -tel-emergency }. اتصل أو أرسل في أي وقت إلى { -tel-crisis } أو { -tel-support }. سيراسلك أيضًا شخص من فريقنا.
safe-to-text = وصلتنا رسالتك. هل من الآمن أن نراسلك على هذا الهاتف؟ أرسل YES (نعم) أو NO (لا).
loss = نأسف كثيرًا لفقد { $child ->
    [son] ابنك
    [daughter] ابنتك
    [twins] توأمك
   *[baby] طفلك
}. شخص من فريقنا يقرأ هذا وسيراسلك قريبًا. للحديث مع أحد الآن: { -tel-support }، في أي وقت.
loss-plain = نأسف كثيرًا. شخص من فريقنا يقرأ هذا وسيراسلك قريبًا. للحديث مع أحد الآن: { -tel-support }، في أي وقت.

## Answers that ask nothing.

callback = نطلب من شخص في فريقنا أن يتصل.
callback-after = نطلب من شخص في فريقنا أن يتصل بعد { $after }.
sorry = نعتذر. كان علينا أن نرد. شخص من فريقنا يهتم بهذا الآن وسيراسلك قريبًا.
who = هذا خط رسائل { $name }. لا نراسل إلا من راسلنا. أرسل STOP لإيقاف الرسائل، أو أخبرنا إن كنت ما زلت بحاجة إلى مساعدة.
wrong-number = هذا خط رسائل مجاني للعائلات. يبدو أن الرقم خطأ.
vendors = هذا الخط للعائلات. وصلت رسالتك إلى الإدارة. لا نقبل هدايا ولا عمولات مقابل الإحالات.
thanks = شكرًا لأنك أخبرتنا. راسلنا عند الحاجة.
help = خط رسائل مجاني يجد لك حتى 3 استشاريات رضاعة. أرسل ZIP وعمر الطفل وما يحدث. ليس للطوارئ: { -tel-emergency }. دعم: { -tel-support }. للتواصل: { $contact }. قد تطبق رسوم الرسائل. للإيقاف أرسل STOP.
help-plain = خط رسائل مجاني يجد لك حتى 3 استشاريات رضاعة. أرسل ZIP وعمر الطفل وما يحدث. ليس للطوارئ: { -tel-emergency }. دعم: { -tel-support }. قد تطبق رسوم الرسائل. للإيقاف أرسل STOP.
stopped = لن تصلك رسائل بعد الآن. أرسل START إن احتجت إلينا. الطوارئ: { -tel-emergency }.
restarted = عادت الرسائل.
missed-call = اتصلت بنا، لكن هذا الخط للرسائل فقط.
unclear = لم نفهم.
gone-soon = سنحذف ما أرسلته ورقمك خلال يومين.
deleting = { gone-soon } لإيقاف الرسائل أرسل STOP.
stopped-deleting = { stopped } { gone-soon }
spoken = هذا { $name }. هذا الخط للرسائل النصية فقط. أرسل إلى هذا الرقم رمزك البريدي وعمر الطفل وما يحدث. في حالة طارئة أغلق واتصل بـ { -tel-emergency }. مع السلامة.

## The names.

names = { $count ->
    [one] هذه استشارية واحدة (الرمز { $code }). تواصل معها:
   *[other] هذه { $count } استشاريات (الرمز { $code }). تواصل معهن:
}
names-again = أسماء جديدة: { $count } (الرمز { $code }). تواصل معهن:
names-top-up = أسماء أخرى: { $count } (الرمز { $code }):
names-more = نواصل السؤال ونراسلك إذا ردّ غيرهن.
names-page = للحفظ: { $page }
names-help = لا أحد متاح؟ رد هنا. الطوارئ: { -tel-emergency }.
replaced = { $gone } لا تستقبل عائلات جديدة الآن (الرمز { $code }). بدلًا منها:
replacing = { $gone } لا تستقبل عائلات جديدة الآن (الرمز { $code }). نبحث عن اسم آخر.

## Later.

still-looking = { $asked ->
    [0] لم يرد أحد بعد (الرمز { $code }). نسأل عددًا أكبر، وشخص من فريقنا يعلم. نراسلك قبل { $until }.
    [1] لم يرد أحد بعد (الرمز { $code }). نسأل عددًا أكبر، وشخص من فريقنا يعلم. نراسلك قبل { $until }.
   *[other] لم يرد أحد بعد (الرمز { $code }). نسأل الآن عددًا أكبر ({ $asked })، وشخص من فريقنا يعلم. نراسلك قبل { $until }.
}
none-found = نعتذر: لم يستطع أحد خلال يوم (الرمز { $code }). سيراسلك شخص من فريقنا. مساعدة مجانية حتى ذلك الحين: أسئلة الرضاعة { -tel-helpline } (الاثنين-الجمعة 9-6)، Baby Cafe { -tel-city }، دعم في أي وقت { -tel-support }.
follow-up = هل تواصلت مع إحداهن (الرمز { $code })؟ أرسل { $choices } أو 0 ليس بعد.
rate = شكرًا لأنك أخبرتنا. كيف كان هذا الخط معك، من 1 (سيئ) إلى 5 (جيد)؟ أرسل الرقم، ومعه سطر إن شئت.
follow-up-again = شكرًا لأنك أخبرتنا. نسأل من جديد، دون هذه الأسماء. أسماء جديدة قبل { $by } (الرمز { $code }).
withdrawn = توقفنا عن السؤال (الرمز { $code }). راسلنا عند الحاجة.
noted = سجلناه ونقلناه (الرمز { $code }).
reopened = نعتذر. نسأل الآن من جديد، دون هذه الأسماء، وشخص من فريقنا يعلم. أسماء جديدة قبل { $by } (الرمز { $code }).
call-ask = يمكن أن تتصل بكم { $names } إذا أعطينا رقمكم (الرمز { $code }). أرسل YES فنعطيه. وإلا فلن يحصل عليه أحد.
call-agreed = رقمكم الآن لدى { $names } ويمكن أن يتصلن بكم (الرمز { $code }).
more = نسأل عن أسماء أخرى (الرمز { $code }). تصلكم قبل { $by }.
already-asking = نسأل لك بالفعل (الرمز { $code }). الأسماء قبل { $by }.

## The page of the names.

page-area = المنطقة
page-visits = الزيارات
page-payers = التأمين والدفع
page-confirmed = تم التأكيد { $date }
page-languages = اللغات
page-note = ملاحظة
page-call = اتصال
page-text = رسالة
page-book = حجز
page-save = حفظ جهة الاتصال
page-chosen = كيف اختيرت هذه الأسماء: سألنا كل مستشارات { $name } المناسبات لما ذكرتموه، في وقت واحد وبترتيب عشوائي. هنا أول من أجاب، ثلاثة على الأكثر، بترتيب إجاباتهن.
page-chosen-fair_start = كيف اختيرت هذه الأسماء: سألنا كل مستشارات { $name } المناسبات لما ذكرتموه، بترتيب عشوائي. حُسب وقت كل واحدة منذ وصول رسالتنا إليها. هنا الأسرع، ثلاثة على الأكثر.
page-chosen-waves = كيف اختيرت هذه الأسماء: سألنا أولًا مستشارات { $name } الأنسب، { $size } في كل مرة، ثم غيرهن كل { $minutes } دقيقة ما دام اسم ناقصًا. هنا أول من أجاب، ثلاثة على الأكثر، بترتيب إجاباتهن.
page-chosen-window = كيف اختيرت هذه الأسماء: سألنا كل مستشارات { $name } المناسبات لما ذكرتموه، بترتيب عشوائي، وانتظرنا { $minutes } دقيقة. ممن أجبن هنا الأنسب، ثلاثة على الأكثر؛ وعند التساوي من مضى أطول وقت على ذكر اسمها.
page-unpaid = لا أحد يدفع مقابل أن نسأله أو نذكر اسمه أو نضعه أولاً، ولا نحصل على شيء ممن تختارونه.
page-until = تعمل هذه الصفحة حتى { $date }.
