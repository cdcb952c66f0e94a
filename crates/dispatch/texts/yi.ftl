# Texts to families in Yiddish, in Hebrew letters.
#
# Awaiting a native reader: nobody whose language this is has read it yet. Whoever does so sets
# `reviewed` to the day.
reviewed = no

## How a text is put together.

# The chapter's name stands at the head.
head = { $name }: { $text }
between = { " " }
comma = { ", " }
and = { $first } און { $last }
or = { $first } אדער { $last }

## Times. `$clock` is made by `clock`, `$weekday` and `$month` by the messages below.

clock = { $at ->
    [noon] 12 בייטאג
    [midnight] 12 ביינאכט
    [whole] { $hour12 } { $half }
   *[minutes] { $hour12 }:{ $minute } { $half }
}
moment = { $day ->
    [today] { $clock }
    [tonight] { $clock } היינט ביינאכט
    [tomorrow] מארגן { $clock }
    [week] { $weekday } { $clock }
   *[later] { $weekday } { $date } { $clock }
}
date = { $number } { $month }
weekday-1 = מאנטאג
weekday-2 = דינסטאג
weekday-3 = מיטוואך
weekday-4 = דאנערשטאג
weekday-5 = פרייטאג
weekday-6 = שבת
weekday-7 = זונטאג
month-1 = יאנואר
month-2 = פעברואר
month-3 = מערץ
month-4 = אפריל
month-5 = מאי
month-6 = יוני
month-7 = יולי
month-8 = אויגוסט
month-9 = סעפטעמבער
month-10 = אקטאבער
month-11 = נאוועמבער
month-12 = דעצעמבער

## The baby.

age-hour = { $count } שעה
age-day = { $count ->
    [one] 1 טאג
   *[other] { $count } טעג
}
age-week = { $count ->
    [one] 1 וואך
   *[other] { $count } וואכן
}
age-month = { $count ->
    [one] 1 חודש
   *[other] { $count } חדשים
}
age-year = { $count } יאר
babies = { $count ->
    [2] א צווילינג
    [3] א דרילינג
   *[other] { $count } בעיביס
}
due = { $part ->
    [early] געבורט אנהייב { $month }
    [mid] געבורט מיטן { $month }
    [late] געבורט סוף { $month }
   *[month] געבורט אין { $month }
}
due-day = געבורט { $number } { $month }
due-unknown = די בעיבי איז נאך נישט געבוירן
age-band-1 = ווייניגער פון 2 וואכן
age-band-2 = 2 ביז 6 וואכן
age-band-3 = 6 וואכן ביז 3 חדשים
age-band-4 = 3 ביז 6 חדשים
age-band-5 = 6 ביז 12 חדשים
age-band-6 = מער פון א יאר

## What help is about, as a family says it.

concern-latch_difficulty = אננעמען די ברוסט
concern-nipple_pain = ווייטאג
concern-low_supply = צו ווייניג מילך
concern-oversupply = צו פיל מילך
concern-engorgement = אנגעשוואלן
concern-plugged_duct = פארשטאפטער קאנאל
concern-mastitis = ברוסט אנצינדונג
concern-thrush = טראש
concern-tongue_tie = צוגעבונדענע צונג
concern-weight_gain = צונעמען אין וואג
concern-sleepy_baby = שלאפט איין ביים עסן
concern-jaundice_feeding = עסן מיט געלזוכט
concern-newborn_feeding = עסן פון א נייגעבוירן קינד
concern-nursing_strike = וויל נישט די ברוסט
concern-bottle_refusal = וויל נישט דאס פלעשל
concern-bottle_feeding = פלעשל
concern-combo_feeding = ברוסט און פלעשל
concern-pumping = פאמפן
concern-flange_fitting = גרייס פון דער פאמפ
concern-exclusive_pumping = בלויז פאמפן
concern-return_to_work = צוריק צו דער ארבעט
concern-nicu_preterm = NICU אדער צו פרי
concern-multiples = צווילינג אדער מער
concern-induced_lactation = ברענגען מילך
concern-relactation = צוריק ברענגען מילך
concern-chestfeeding_trans = זייגן, טראנס
concern-weaning = אפגעוואוינען
concern-loss_lactation = מילך נאך א פארלוסט
concern-donor_milk = געשאנקענע מילך
concern-starting_solids = אנהייבן עסן
concern-fussy_gassy = וויינען אדער גאזן
concern-food_allergy = עסן אלערגיע
concern-biting = בייסן
concern-tandem_pregnancy = זייגן אין שוואנגערשאפט
concern-medication_safety = פראגע איבער מעדיצין
concern-breast_surgery = אפעראציע
concern-medical_complexity = מעדיצינישע באדערפענישן
concern-prenatal_consult = באראטונג פארן געבורט
concern-prenatal_class = קלאס פארן געבורט
concern-postpartum_mood = געמיט
concern-second_opinion = צווייטע מיינונג
concern-general = הילף מיט זייגן

## Visits, payment, wishes, languages.

visit-home = אין שטוב
visit-office = אין אפיס
visit-virtual = ווידעא
visit-hospital = אין שפיטאל
visit-group = גרופע
visit-phone = טעלעפאן
payer-self_pay = אליין באצאלן
payer-class = { $class } ({ $payer })
wish-lgbtq_affirming = LGBTQ+
lang-am = אמהאריש
lang-ar = אראביש
lang-ase = שטומע שפראך
lang-bn = בענגאליש
lang-en = ענגליש
lang-es = שפאניש
lang-fa = פערסיש
lang-fr = פראנצויזיש
lang-ff = פולאני
lang-he = העברעאיש
lang-hi = הינדי
lang-ht = האיטיש קרעאליש
lang-it = איטאליעניש
lang-ja = יאפאניש
lang-ko = קארעאיש
lang-pa = פונדזשאביש
lang-pl = פויליש
lang-pt = פארטוגעזיש
lang-ru = רוסיש
lang-sq = אלבאניש
lang-tl = טאגאלאג
lang-uk = אוקראיניש
lang-ur = אורדו
lang-uz = אוזבעקיש
lang-vi = וויעטנאמיש
lang-wo = וואלאף
lang-yi = אידיש
lang-zh = כינעזיש
lang-yue = קאנטאנעזיש
lang-cmn = מאנדארין

## Sentences that several texts share.

emergency = נויטפאל: { -tel-emergency }.
stop = STOP צו אויפהערן.
reference = קאוד { $code }.
support = אומזיסטע שטיצע סיי ווען: { -tel-support }.
support-harm = אומזיסטע שטיצע סיי ווען: { -tel-support }. ביי מחשבות פון שאטן רופט אדער שרייבט { -tel-crisis }.
watch = אויב די בעיבי איז שווער אויפצוועקן, עסט נישט אדער האט ווייניג נאסע וויקעלעך, רופט גלייך דעם דאקטאר.
tell-us = שרייבט אייער ZIP אדער געגנט, ווי אלט די בעיבי איז און וואס גייט פאר.
person = איינער פון אונזער טיעם וועט אייך שרייבן.

## Care: what comes before everything else.

care-now-baby = דא דארף מען א דאקטאר יעצט. רופט גלייך דעם בעיבי'ס דאקטאר אדער גייט צום ER. רופט { -tel-emergency } אויב די בעיבי איז שלאף, בלוי, אטעמט שווער אדער וועקט זיך נישט אויף. טוט דאס קודם.
care-now-parent = דא דארף מען א דאקטאר יעצט. רופט גלייך דעם OB אדער די הייבאם און דערמאנט די שוואנגערשאפט אדער געבורט. אויב נישט, גייט צום ER אדער רופט { -tel-emergency }. טוט דאס קודם.
care-now-both = די יולדת און די בעיבי דארפן א דאקטאר יעצט. רופט גלייך ביידע דאקטוירים אדער גייט צום ER. רופט { -tel-emergency } אויב איינער וועקט זיך נישט אויף אדער אטעמט שווער. טוט דאס קודם.
care-poison = רופט גלייך Poison Help { -tel-poison }, דערנאך דעם דאקטאר. רופט { -tel-emergency } אויב איינער איז שלאף, ווארפט זיך, אטעמט שווער אדער וועקט זיך נישט אויף. טוט דאס קודם.
care-today-baby = רופט היינט דעם בעיבי'ס דאקטאר. אויב די בעיבי איז שווער אויפצוועקן, עסט נישט אדער האט ווייניג נאסע וויקעלעך, רופט גלייך.
care-today-weight = רופט היינט דעם בעיבי'ס דאקטאר וועגן די וואג. אויב די בעיבי איז שווער אויפצוועקן אדער האט ווייניג נאסע וויקעלעך, רופט גלייך.
care-today-parent = רופט היינט אייער דאקטאר אדער הייבאם.

## The first answer.

got = באקומען: { $facts }.
got-plain = באקומען.
got-proxy = א דאנק: { $facts }.
asking = { $asked ->
    [0] מיר פרעגן אונזערע קאנסולטאנטן.
    [one] מיר פרעגן 1 קאנסולטאנט.
   *[other] מיר פרעגן { $asked } קאנסולטאנטן.
}
asking-from = מיר פרעגן די קאנסולטאנטן פון { $starts }.
names-by = מיר שיקן ביז 3 נעמען פאר { $by }.
names-by-few = מיר שיקן ביז 3 נעמען פאר { $by }, אפילו אויב ווייניגער ענטפערן.
names-here = מיר שיקן ביז 3 נעמען צו דעם נומער פאר { $by }.
shared = זיי זעען ארט, עלטער און וואס מען דארף, קיינמאל נישט אייער נאמען אדער נומער.
shared-prenatal = זיי זעען ארט, חודש פון געבורט און וואס מען דארף, קיינמאל נישט אייער נאמען אדער נומער.
shared-short = זיי זעען נישט קיין נאמען און קיין נומער.
shared-proxy = זיי זעען ארט, עלטער און וואס מען דארף, קיינמאל נישט א נאמען אדער נומער.
private-details = שרייבט נישט קיין נעמען, געבורט-טעג אדער צימערן פון פאציענטן: מיר געבן עס נישט ווייטער.
ask-age = ווי אלט איז די בעיבי? (עס העלפט, מען מוז נישט)
held = איינער פון אונזער טיעם ליינט דאס קודם און וועט אייך שרייבן.

## Questions that were put to us.

answer-cost = די ליין איז אומזיסט; יעדע באשטימט איר פרייז.
answer-home_visits = אסאך קומען אין שטוב.
answer-insurance = יעדע זאגט צי { $payer } ווערט אנגענומען אדער זי גיט א superbill.
answer-insurance_or_superbill = טייל נעמען אינשורענס, טייל געבן א superbill.
answer-medication = מיר געבן נישט קיין עצות איבער מעדיצין. פרעגט דעם פארמאציסט, דאקטאר אדער InfantRisk { -tel-medicines } (וואכנטעג). צופיל גענומען, אדער א קינד? Poison Help { -tel-poison }.
answer-advice = מיר געבן נישט קיין מעדיצינישע עצות.

## The one question.

hello = מיר העלפן געפינען א לאקטאציע קאנסולטאנט.
hello-night = מיר פרעגן די קאנסולטאנטן פון { $starts }.
ask-place = וואס איז אייער ZIP אדער געגנט?
ask-place-age = וואס איז אייער ZIP אדער געגנט, און ווי אלט איז די בעיבי?
then-place = דערנאך שיקט אייער ZIP און מיר זוכן הילף מיט זייגן.
ask-zip = וואס איז די ZIP אין { $borough }?
ask-zip-age = וואס איז די ZIP אין { $borough }, און ווי אלט איז די בעיבי?
ask-which = וועלכער ארט: { $places }? אדער שיקט אייער ZIP.
ask-zip-again = { $raw } איז נישט קיין ZIP וואס מיר קענען. וואס איז אייער ZIP אדער געגנט?
out-of-area = { $place } איז אינדרויסן פון אונזער געגנט. טייל קאנסולטאנטן ארבעטן דורך ווידעא. זאלן מיר זיי פרעגן? ענטפערט YES (יא).
wants-referral = ווילט איר א לאקטאציע קאנסולטאנט? ענטפערט YES (יא).
wants-referral-place = ווילט איר א לאקטאציע קאנסולטאנט אין { $place }? ענטפערט YES (יא).
photo = מיר זעען דא נישט קיין בילדער און האלטן זיי נישט.
emoji = מיר זענען דא.

## Danger, crisis, loss.

danger = רופט { -tel-emergency } יעצט. זאגט וואס איז געשען און וואו איר זענט. מען וועט אייך זאגן וואס צו טון ביז הילף קומט. ווארט נישט אויף אונז: די ליין איז נישט פאר נויטפאלן.
crisis = א דאנק אז איר האט אונז געזאגט. איר דארפט נישט דורכגיין דאס אליין. רופט אדער שרייבט יעצט { -tel-crisis } (אומזיסט, סיי ווען) אדער די ליין פאר עלטערן { -tel-support }. אויב עס קען געשען, רופט { -tel-emergency }. איינער פון אונזער טיעם וועט אייך אויך שרייבן.
crisis-baby = א דאנק אז איר האט אונז געזאגט. אויב עס קען געשען, לייגט די בעיבי אויף א זיכערן ארט, רופט אן אנדערן דערוואקסענעם און רופט { -tel-emergency }. רופט אדער שרייבט סיי ווען { -tel-crisis } אדער { -tel-support }. איינער פון אונזער טיעם וועט אייך אויך שרייבן.
safe-to-text = מיר האבן באקומען אייער מעסעדזש. איז זיכער צו שרייבן צו דעם טעלעפאן? ענטפערט YES (יא) אדער NO (ניין).
loss = עס טוט אונז זייער וויי אויף { $child ->
    [son] אייער זון
    [daughter] אייער טאכטער
    [twins] אייער צווילינג
   *[baby] אייער בעיבי
}. איינער פון אונזער טיעם ליינט דאס און וועט אייך באלד שרייבן. צו רעדן מיט איינעם יעצט: { -tel-support }, סיי ווען.
loss-plain = עס טוט אונז זייער וויי. איינער פון אונזער טיעם ליינט דאס און וועט אייך באלד שרייבן. צו רעדן מיט איינעם יעצט: { -tel-support }, סיי ווען.

## Answers that ask nothing.

callback = מיר בעטן איינעם פון אונזער טיעם צו רופן.
callback-after = מיר בעטן איינעם פון אונזער טיעם צו רופן נאך { $after }.
sorry = אנטשולדיגט. מיר האבן געדארפט ענטפערן. איינער פון אונזער טיעם נעמט זיך דערמיט און וועט אייך באלד שרייבן.
who = דאס איז די מעסעדזש ליין פון { $name }. מיר שרייבן נאר צו די וואס האבן אונז געשריבן. ענטפערט STOP צו באקומען נישט מער, אדער זאגט אויב איר דארפט נאך הילף.
wrong-number = דאס איז אן אומזיסטע מעסעדזש ליין פאר משפחות. עס קוקט אויס ווי א פאלשער נומער.
vendors = די ליין איז פאר משפחות. די פארוואלטונג האט אייער מעסעדזש. מיר נעמען נישט קיין מתנות אדער פראצענטן.
thanks = א דאנק אז איר האט אונז געזאגט. שרייבט ווען איר דארפט.
help = אן אומזיסטע ליין וואס געפינט ביז 3 לאקטאציע קאנסולטאנטן. שרייבט ZIP, ווי אלט די בעיבי איז און וואס גייט פאר. נישט פאר נויטפאלן: { -tel-emergency }. שטיצע: { -tel-support }. קאנטאקט: { $contact }. עס קען קאסטן. STOP צו אויפהערן.
help-plain = אן אומזיסטע ליין וואס געפינט ביז 3 לאקטאציע קאנסולטאנטן. שרייבט ZIP, ווי אלט די בעיבי איז און וואס גייט פאר. נישט פאר נויטפאלן: { -tel-emergency }. שטיצע: { -tel-support }. עס קען קאסטן. STOP צו אויפהערן.
stopped = איר וועט נישט באקומען מער מעסעדזשעס. שרייבט START אויב איר דארפט אונז נאכאמאל. נויטפאל: { -tel-emergency }.
restarted = די מעסעדזשעס גייען ווידער.
missed-call = איר האט גערופן, אבער די ליין איז נאר פאר מעסעדזשעס.
unclear = מיר האבן נישט פארשטאנען.
gone-soon = מיר מעקן אויס אין 2 טעג וואס איר האט געשריבן און אייער נומער.
deleting = { gone-soon } STOP צו באקומען נישט מער.
stopped-deleting = { stopped } { gone-soon }
spoken = דאס איז { $name }. די ליין איז נאר פאר טעקסט מעסעדזשעס. שיקט צו דעם נומער אייער זיפ קאוד, ווי אלט די בעיבי איז און וואס גייט פאר. אין א נויטפאל לייגט אראפ און רופט { -tel-emergency }. א גוטן.

## The names.

names = { $count ->
    [one] דא איז 1 קאנסולטאנט (קאוד { $code }). ביטע רופט:
   *[other] דא זענען { $count } קאנסולטאנטן (קאוד { $code }). ביטע רופט:
}
names-again = נייע נעמען: { $count } (קאוד { $code }). ביטע רופט:
names-top-up = נאך נעמען: { $count } (קאוד { $code }):
names-more = מיר פרעגן ווייטער און שרייבן אייך אויב נאך ענטפערן.
names-page = צו האלטן: { $page }
names-help = קיינער קען נישט? ענטפערט דא. נויטפאל: { -tel-emergency }.
replaced = { $gone } קען יעצט נישט נעמען נייע משפחות (קאוד { $code }). אנשטאט:
replacing = { $gone } קען יעצט נישט נעמען נייע משפחות (קאוד { $code }). מיר זוכן אן אנדערן נאמען.

## Later.

still-looking = { $asked ->
    [0] קיינער האט נאך נישט געענטפערט (קאוד { $code }). מיר פרעגן מער, און איינער פון אונזער טיעם ווייסט. מיר שרייבן אייך פאר { $until }.
    [1] קיינער האט נאך נישט געענטפערט (קאוד { $code }). מיר פרעגן מער, און איינער פון אונזער טיעם ווייסט. מיר שרייבן אייך פאר { $until }.
   *[other] קיינער האט נאך נישט געענטפערט (קאוד { $code }). יעצט פרעגן מיר { $asked } קאנסולטאנטן, און איינער פון אונזער טיעם ווייסט. מיר שרייבן אייך פאר { $until }.
}
none-found = אנטשולדיגט: קיינער האט נישט געקענט אין א טאג (קאוד { $code }). איינער פון אונזער טיעם וועט שרייבן. אומזיסטע הילף דערווייל: פראגן איבער זייגן { -tel-helpline } (מאנטאג-פרייטאג 9-6), Baby Cafe { -tel-city }, שטיצע סיי ווען { -tel-support }.
follow-up = האט איר געכאפט איינעם (קאוד { $code })? ענטפערט { $choices } אדער 0 נאך נישט.
rate = א דאנק אז איר האט אונז געזאגט. ווי איז געווען די ליין פאר אייך, פון 1 (שלעכט) ביז 5 (גוט)? ענטפערט דעם נומער, מיט א ווארט אויב איר ווילט.
follow-up-again = א דאנק אז איר האט אונז געזאגט. מיר פרעגן נאכאמאל, אן די נעמען. נייע נעמען פאר { $by } (קאוד { $code }).
withdrawn = מיר האבן אויפגעהערט פרעגן (קאוד { $code }). שרייבט ווען איר דארפט.
noted = פארשריבן און איבערגעגעבן (קאוד { $code }).
reopened = אנטשולדיגט. מיר פרעגן יעצט נאכאמאל, אן די נעמען, און איינער פון אונזער טיעם ווייסט. נייע נעמען פאר { $by } (קאוד { $code }).
call-ask = { $names } קענען אייך רופן, אויב מיר גיבן אייער נומער (קאוד { $code }). ענטפערט YES און מיר גיבן אים. אנדערש באקומט אים קיינער נישט.
call-agreed = { $names } האבן יעצט אייער נומער און קענען אייך רופן (קאוד { $code }).
more = מיר פרעגן פאר נאך נעמען (קאוד { $code }). איר באקומט זיי פאר { $by }.
already-asking = מיר פרעגן שוין פאר אייך (קאוד { $code }). נעמען פאר { $by }.

## The page of the names.

page-area = געגנט
page-visits = באזוכן
page-payers = אינשורענס און באצאלונג
page-confirmed = באשטעטיגט { $date }
page-languages = שפראכן
page-note = זאגט
page-call = רופן
page-text = שיקן א טעקסט
page-book = באשטעלן
page-save = היטן דעם קאנטאקט
page-chosen = ווי אזוי די נעמען זענען אויסגעקליבן געווארן: מיר האבן געפרעגט אלע קאנסולטאנטן פון { $name } וואס פאסן צו דעם וואס איר האט אונדז געזאגט, אלע אויפאמאל און אין א צופעליגער ארדענונג. דא זענען די ערשטע וואס האבן געענטפערט, ביז דריי, אין דער ארדענונג פון זייערע ענטפערס.
page-chosen-fair_start = ווי אזוי די נעמען זענען אויסגעקליבן געווארן: מיר האבן געפרעגט אלע קאנסולטאנטן פון { $name } וואס פאסן צו דעם וואס איר האט אונדז געזאגט, אין א צופעליגער ארדענונג. ביי יעדער איז די צייט גערעכנט פון ווען אונזער מעסעדזש איז אנגעקומען. דא זענען די שנעלסטע, ביז דריי.
page-chosen-waves = ווי אזוי די נעמען זענען אויסגעקליבן געווארן: מיר האבן ערשט געפרעגט די קאנסולטאנטן פון { $name } וואס פאסן צום בעסטן, { $size } אויפאמאל, און נאך יעדע { $minutes } מינוט ווי לאנג א נאמען האט געפעלט. דא זענען די ערשטע וואס האבן געענטפערט, ביז דריי, אין דער ארדענונג פון זייערע ענטפערס.
page-chosen-window = ווי אזוי די נעמען זענען אויסגעקליבן געווארן: מיר האבן געפרעגט אלע קאנסולטאנטן פון { $name } וואס פאסן צו דעם וואס איר האט אונדז געזאגט, אין א צופעליגער ארדענונג, און געווארט { $minutes } מינוט. פון די וואס האבן געענטפערט זענען דא די וואס פאסן צום בעסטן, ביז דריי; ביי גלייכע, די וועמענס נאמען איז געגעבן געווארן מיט דער לענגסטער צייט צוריק.
page-unpaid = קיינער באצאלט נישט צו ווערן געפרעגט, אנגערופן אדער געשטעלט ערשט, און מיר באקומען גארנישט פון דעם וואס איר קלייבט אויס.
page-until = די בלאט ארבעט ביז { $date }.
