# Texts to families in Haitian Creole.
#
# Awaiting a native reader: nobody whose language this is has read it yet. Whoever does so sets
# `reviewed` to the day.
reviewed = no

## How a text is put together.

# The chapter's name stands at the head.
head = { $name }: { $text }
between = { " " }
comma = { ", " }
and = { $first } ak { $last }
or = { $first } oswa { $last }

## Times. `$clock` is made by `clock`, `$weekday` and `$month` by the messages below.

clock = { $at ->
    [noon] midi
    [midnight] minwi
    [whole] { $hour12 } { $half }
   *[minutes] { $hour12 }:{ $minute } { $half }
}
moment = { $day ->
    [today] { $clock }
    [tonight] { $clock } aswè a
    [tomorrow] { $clock } demen
    [week] { $weekday } { $clock }
   *[later] { $weekday } { $date } { $clock }
}
date = { $number } { $month }
weekday-1 = lendi
weekday-2 = madi
weekday-3 = mèkredi
weekday-4 = jedi
weekday-5 = vandredi
weekday-6 = samdi
weekday-7 = dimanch
month-1 = janvye
month-2 = fevriye
month-3 = mas
month-4 = avril
month-5 = me
month-6 = jen
month-7 = jiyè
month-8 = out
month-9 = septanm
month-10 = oktòb
month-11 = novanm
month-12 = desanm

## The baby.

age-hour = { $count } èdtan
age-day = { $count } jou
age-week = { $count } semèn
age-month = { $count } mwa
age-year = { $count } an
babies = { $count ->
    [2] marasa
    [3] twa marasa
   *[other] { $count } tibebe
}
due = { $part ->
    [early] akouchman kòmansman { $month }
    [mid] akouchman mitan { $month }
    [late] akouchman fen { $month }
   *[month] akouchman nan { $month }
}
due-day = akouchman { $number } { $month }
due-unknown = tibebe a poko fèt
age-band-1 = mwens pase 2 semèn
age-band-2 = 2 a 6 semèn
age-band-3 = 6 semèn a 3 mwa
age-band-4 = 3 a 6 mwa
age-band-5 = 6 a 12 mwa
age-band-6 = plis pase 1 an

## What help is about, as a family says it.

concern-latch_difficulty = pran tete
concern-nipple_pain = pwent tete fè mal
concern-low_supply = pa gen ase lèt
concern-oversupply = twòp lèt
concern-engorgement = tete anfle
concern-plugged_duct = kanal lèt bouche
concern-mastitis = mastit
concern-thrush = chanpiyon
concern-tongue_tie = fil anba lang
concern-weight_gain = pran pwa
concern-sleepy_baby = dòmi pandan l ap tete
concern-jaundice_feeding = manje ak lajonis
concern-newborn_feeding = manje tibebe ki fenk fèt
concern-nursing_strike = refize tete
concern-bottle_refusal = refize bibwon
concern-bottle_feeding = bibwon
concern-combo_feeding = tete ak bibwon
concern-pumping = ponpe lèt
concern-flange_fitting = gwosè antonwa ponp lan
concern-exclusive_pumping = ponpe sèlman
concern-return_to_work = tounen travay
concern-nicu_preterm = NICU oswa fèt bonè
concern-multiples = marasa
concern-induced_lactation = fè lèt san gwosès
concern-relactation = remete lèt
concern-chestfeeding_trans = bay tete, paran trans
concern-weaning = sevre
concern-loss_lactation = lèt apre yon lanmò
concern-donor_milk = lèt donè
concern-starting_solids = premye manje
concern-fussy_gassy = kriye oswa gaz
concern-food_allergy = alèji manje
concern-biting = mòde
concern-tandem_pregnancy = bay tete pandan gwosès
concern-medication_safety = kesyon sou medikaman
concern-breast_surgery = operasyon nan tete
concern-medical_complexity = bezwen medikal
concern-prenatal_consult = konsiltasyon anvan akouchman
concern-prenatal_class = kou anvan akouchman
concern-postpartum_mood = moral
concern-second_opinion = dezyèm avi
concern-general = èd pou bay tete

## Visits, payment, wishes, languages.

visit-home = lakay
visit-office = nan biwo
visit-virtual = videyo
visit-hospital = lopital
visit-group = an gwoup
visit-phone = telefòn
payer-self_pay = peye poukont
payer-class = { $class } ({ $payer })
wish-lgbtq_affirming = respè LGBTQ+
lang-am = amarik
lang-ar = arab
lang-ase = lang siy
lang-bn = bengali
lang-en = angle
lang-es = panyòl
lang-fa = farsi
lang-fr = franse
lang-ff = foula
lang-he = ebre
lang-hi = endi
lang-ht = kreyòl
lang-it = italyen
lang-ja = japonè
lang-ko = koreyen
lang-pa = penjabi
lang-pl = polonè
lang-pt = pòtigè
lang-ru = ris
lang-sq = albanè
lang-tl = tagalòg
lang-uk = ikrenyen
lang-ur = oudou
lang-uz = ouzbèk
lang-vi = vyetnamyen
lang-wo = wolof
lang-yi = yidich
lang-zh = chinwa
lang-yue = kantonè
lang-cmn = mandaren

## Sentences that several texts share.

emergency = Ijans: { -tel-emergency }.
stop = STOP pou sispann.
reference = Kòd { $code }.
support = Sipò gratis tout lè: { -tel-support }.
support-harm = Sipò gratis tout lè: { -tel-support }. Si gen lide fè mal, rele oswa ekri { -tel-crisis }.
watch = Si tibebe a di pou leve, li pa manje oswa kouchèt li pa mouye souvan, rele doktè kounye a.
tell-us = Ekri ZIP ou oswa katye ou, laj tibebe a ak sa k ap pase.
person = Yon moun nan ekip nou an ap ekri ou.

## Care: what comes before everything else.

care-now-baby = Sa bezwen yon doktè kounye a. Rele doktè tibebe a touswit oswa ale nan ijans (ER). Rele { -tel-emergency } si tibebe a mou, ble, respire mal oswa pa leve. Fè sa anvan.
care-now-parent = Sa bezwen yon doktè kounye a. Rele doktè oswa fanm saj touswit, pale de gwosès la oswa akouchman an. Si ou pa jwenn yo, ale nan ijans (ER) oswa rele { -tel-emergency }. Fè sa anvan.
care-now-both = Paran an ak tibebe a bezwen yon doktè kounye a. Rele tou de doktè yo touswit oswa ale nan ijans (ER). Rele { -tel-emergency } si yon moun pa leve oswa respire mal. Fè sa anvan.
care-poison = Rele Poison Help { -tel-poison } touswit, apre sa doktè a. Rele { -tel-emergency } si yon moun mou, gen kriz, respire mal oswa pa leve. Fè sa anvan.
care-today-baby = Rele doktè tibebe a jodi a. Si tibebe a di pou leve, li pa manje oswa kouchèt li pa mouye souvan, rele kounye a.
care-today-weight = Rele doktè tibebe a jodi a pou pwa li. Si tibebe a di pou leve oswa kouchèt li pa mouye souvan, rele kounye a.
care-today-parent = Rele doktè ou oswa fanm saj ou jodi a.

## The first answer.

got = Nou resevwa: { $facts }.
got-plain = Nou resevwa mesaj ou.
got-proxy = Mèsi: { $facts }.
asking = { $asked ->
    [0] N ap mande konsiltan nou yo.
   *[other] N ap mande { $asked } konsiltan.
}
asking-from = N ap mande konsiltan yo apati { $starts }.
names-by = N ap voye jiska 3 non anvan { $by }.
names-by-few = N ap voye jiska 3 non anvan { $by }, menm si mwens pase twa reponn.
names-here = N ap voye jiska 3 non nan nimewo sa a anvan { $by }.
shared = Yo wè kote, laj ak bezwen, pa janm non ou ni nimewo ou.
shared-prenatal = Yo wè kote, mwa akouchman ak bezwen, pa janm non ou ni nimewo ou.
shared-short = Yo pa wè ni non ni nimewo.
shared-proxy = Yo wè kote, laj ak bezwen, pa janm non ni nimewo.
private-details = Pa ekri non, dat nesans oswa chanm pasyan: nou pa pase yo bay pèsòn.
ask-age = Ki laj tibebe a? (sa ede, ou pa oblije)
held = Yon moun nan ekip nou an ap li sa anvan, apre l ap ekri ou.

## Questions that were put to us.

answer-cost = Liy sa a gratis; chak konsiltan fikse pri li.
answer-home_visits = Anpil ladan yo vin lakay.
answer-insurance = Chak konsiltan di si { $payer } bon oswa li bay yon superbill.
answer-insurance_or_superbill = Gen ki pran asirans, gen ki bay yon superbill.
answer-medication = Nou pa bay konsèy sou medikaman. Mande famasyen oswa doktè ou, oswa InfantRisk { -tel-medicines } (lasemèn). Yo pran twòp, oswa yon timoun pran l? Poison Help { -tel-poison }.
answer-advice = Nou pa bay konsèy medikal.

## The one question.

hello = Nou ka ede ou jwenn yon konsiltan pou bay tete.
hello-night = N ap mande konsiltan yo apati { $starts }.
ask-place = Ki ZIP ou oswa katye ou?
ask-place-age = Ki ZIP ou oswa katye ou, e ki laj tibebe a?
then-place = Apre sa, ekri ZIP ou epi n ap chèche èd pou bay tete.
ask-zip = Ki ZIP nan { $borough ->
    [Bronx] Bronx la
   *[other] { $borough }
}?
ask-zip-age = Ki ZIP nan { $borough ->
    [Bronx] Bronx la
   *[other] { $borough }
}, e ki laj tibebe a?
ask-which = Ki kote li ye: { $places }? Oswa ekri ZIP ou.
ask-zip-again = { $raw } se pa yon ZIP nou konnen. Ki ZIP ou oswa katye ou?
out-of-area = { $place } pa nan zòn nou vizite. Gen konsiltan ki travay sou videyo. N ap mande yo? Reponn YES (wi).
wants-referral = Ou vle yon konsiltan pou bay tete? Reponn YES (wi).
wants-referral-place = Ou vle yon konsiltan pou bay tete nan { $place }? Reponn YES (wi).
photo = Nou pa ka wè foto isit la e nou pa kenbe yo.
emoji = Nou la.

## Danger, crisis, loss.

danger = RELE { -tel-emergency } KOUNYE A. Di sa ki rive ak kote ou ye. Y ap di ou sa pou fè jiskaske èd rive. Pa tann nou: liy sa a pa pou ijans.
crisis = Mèsi paske ou di nou sa. Ou pa oblije fè fas ak sa poukont ou. Rele oswa ekri { -tel-crisis } kounye a (gratis, tout lè), oswa liy sante mantal pou paran { -tel-support }. Si ou ka fè sa, rele { -tel-emergency }. Yon moun nan ekip la ap ekri ou tou.
crisis-baby = Mèsi paske ou di nou sa. Si ou ka fè sa, mete tibebe a yon kote ki an sekirite, chèche yon lòt granmoun epi rele { -tel-emergency }. Rele oswa ekri { -tel-crisis } tout lè, oswa { -tel-support }. Yon moun nan ekip la ap ekri ou tou.
safe-to-text = Nou resevwa mesaj ou. Li an sekirite pou ekri ou sou telefòn sa a? Reponn YES (wi) oswa NO (non).
loss = Nou regrèt anpil pou { $child ->
    [son] pitit gason ou
    [daughter] pitit fi ou
    [twins] marasa ou yo
   *[baby] tibebe ou
}. Yon moun nan ekip nou an ap li sa epi l ap ekri ou talè. Pou pale ak yon moun kounye a: { -tel-support }, tout lè.
loss-plain = Nou regrèt sa anpil. Yon moun nan ekip nou an ap li sa epi l ap ekri ou talè. Pou pale ak yon moun kounye a: { -tel-support }, tout lè.

## Answers that ask nothing.

callback = N ap mande yon moun nan ekip la rele.
callback-after = N ap mande yon moun nan ekip la rele apre { $after }.
sorry = Padon. Nou te dwe reponn ou. Yon moun nan ekip la sou sa kounye a, l ap ekri ou talè.
who = Sa se liy mesaj { $name }. Nou ekri sèlman moun ki te ekri nou. Reponn STOP pou pa resevwa mesaj ankò, oswa di nou si ou toujou bezwen èd.
wrong-number = Sa se yon liy mesaj gratis pou fanmi. Sanble ou gen move nimewo.
vendors = Liy sa a pou fanmi. Administratè a gen nòt ou. Nou pa pran kado ni komisyon pou referans.
thanks = Mèsi paske ou fè nou konnen. Ekri lè ou bezwen nou.
help = Yon liy mesaj gratis ki jwenn jiska 3 konsiltan pou bay tete. Ekri ZIP ou, laj tibebe a ak sa k ap pase. Pa pou ijans: rele { -tel-emergency }. Sipò tout lè: { -tel-support }. Kontak: { $contact }. Ka gen frè mesaj. STOP pou sispann.
help-plain = Yon liy mesaj gratis ki jwenn jiska 3 konsiltan pou bay tete. Ekri ZIP ou, laj tibebe a ak sa k ap pase. Pa pou ijans: rele { -tel-emergency }. Sipò tout lè: { -tel-support }. Ka gen frè mesaj. STOP pou sispann.
stopped = Ou pap resevwa mesaj ankò. Ekri START si ou bezwen nou ankò. Ijans: { -tel-emergency }.
restarted = Mesaj yo tounen.
missed-call = Ou te rele, men liy sa a se pou mesaj sèlman.
unclear = Nou pa konprann.
gone-soon = N ap efase sa ou te ekri ak nimewo ou nan 2 jou.
deleting = { gone-soon } STOP pou pa resevwa mesaj ankò.
stopped-deleting = { stopped } { gone-soon }
spoken = Sa se { $name }. Liy sa a se pou mesaj tèks sèlman. Tanpri voye kòd postal ou, laj tibebe a ak sa k ap pase nan nimewo sa a. Si se yon ijans, rakwoche epi rele { -tel-emergency }. Orevwa.

## The names.

names = Men { $count } konsiltan (kòd { $code }). Tanpri kontakte yo:
names-again = { $count } nouvo non (kòd { $code }). Tanpri kontakte yo:
names-top-up = { $count } lòt non (kòd { $code }):
names-more = N ap kontinye mande, n ap ekri ou si lòt reponn.
names-page = Pou kenbe yo: { $page }
names-help = Pa gen moun ki lib? Reponn isit la. Ijans: { -tel-emergency }.
replaced = { $gone } pa ka pran nouvo fanmi kounye a (kòd { $code }). Nan plas li:
replacing = { $gone } pa ka pran nouvo fanmi kounye a (kòd { $code }). N ap chèche yon lòt non.

## Later.

still-looking = { $asked ->
    [0] Pèsòn poko reponn (kòd { $code }). N ap mande plis moun, e yon moun nan ekip la konnen. N ap ekri ou anvan { $until }.
    [1] Pèsòn poko reponn (kòd { $code }). N ap mande plis moun, e yon moun nan ekip la konnen. N ap ekri ou anvan { $until }.
   *[other] Pèsòn poko reponn (kòd { $code }). Kounye a n ap mande { $asked } konsiltan, e yon moun nan ekip la konnen. N ap ekri ou anvan { $until }.
}
none-found = Padon: pèsòn pa t kapab nan yon jou (kòd { $code }). Yon moun nan ekip la ap ekri ou. Gen èd gratis pandan tan an: kesyon sou bay tete { -tel-helpline } (lendi-vandredi 9-6), Baby Cafe { -tel-city }, sipò tout lè { -tel-support }.
follow-up = Ou jwenn yon moun (kòd { $code })? Reponn { $choices } oswa 0 poko.
rate = Mèsi paske ou fè nou konnen. Kijan liy sa a te ye pou ou, 1 (pa bon) rive 5 (bon)? Reponn chif la, ak yon ti mo si ou vle.
follow-up-again = Mèsi paske ou fè nou konnen. N ap mande ankò, san non sa yo. Nouvo non anvan { $by } (kòd { $code }).
withdrawn = Nou sispann mande (kòd { $code }). Ekri lè ou bezwen nou.
noted = Nou note sa e nou pase l (kòd { $code }).
reopened = Padon. N ap mande ankò kounye a, san non sa yo, e yon moun nan ekip la konnen. Nouvo non anvan { $by } (kòd { $code }).
call-ask = { $names } ka rele ou, si nou bay nimewo ou (kòd { $code }). Reponn YES epi n ap bay li. San sa pèsonn p ap jwenn li.
call-agreed = { $names } gen nimewo ou kounye a, yo ka rele ou (kòd { $code }).
more = N ap mande plis non (kòd { $code }). W ap jwenn yo anvan { $by }.
already-asking = N ap mande pou ou deja (kòd { $code }). W ap gen non anvan { $by }.

## The page of the names.

page-area = Zòn
page-visits = Vizit
page-payers = Asirans ak peman
page-confirmed = konfime { $date }
page-languages = Lang
page-note = Presize
page-call = Rele
page-text = Voye mesaj
page-book = Pran randevou
page-save = Sere kontak la
page-chosen = Kijan nou chwazi non sa yo: nou mande tout konsiltan { $name } ki koresponn ak sa ou di nou, an menm tan epi nan lòd o aza. Men premye ki reponn yo, twa pou pi plis, nan lòd yo te reponn.
page-chosen-fair_start = Kijan nou chwazi non sa yo: nou mande tout konsiltan { $name } ki koresponn ak sa ou di nou, nan lòd o aza. Pou chak moun, nou konte tan an depi lè mesaj nou an rive. Men sa ki pi rapid yo, twa pou pi plis.
page-chosen-waves = Kijan nou chwazi non sa yo: nou mande konsiltan { $name } ki koresponn pi byen yo anvan, { $size } alafwa, epi lòt chak { $minutes } minit toutotan te manke yon non. Men premye ki reponn yo, twa pou pi plis, nan lòd yo te reponn.
page-chosen-window = Kijan nou chwazi non sa yo: nou mande tout konsiltan { $name } ki koresponn ak sa ou di nou, nan lòd o aza, epi nou tann { $minutes } minit. Pami sa ki reponn yo, men sa ki koresponn pi byen, twa pou pi plis; si yo egal, sa nou te bay non yo gen plis tan.
page-unpaid = Pèsonn pa peye pou nou mande li, pou nou bay non li oswa pou li premye, epi nou pa resevwa anyen nan men moun ou chwazi a.
page-until = Paj sa a ap mache jiska { $date }.
