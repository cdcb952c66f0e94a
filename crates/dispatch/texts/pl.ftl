# Texts to families in Polish.
#
# Awaiting a native reader: nobody whose language this is has read it yet. Whoever does so sets
# `reviewed` to the day.
reviewed = no

## How a text is put together.

# The chapter's name stands at the head.
head = { $name }: { $text }
between = { " " }
comma = { ", " }
and = { $first } i { $last }
or = { $first } czy { $last }

## Times. `$clock` is made by `clock`, `$weekday` and `$month` by the messages below.

clock = { $hour24 }:{ $minute }
moment = { $day ->
    [today] { $clock }
    [tonight] { $clock } dziś w nocy
    [tomorrow] { $clock } jutro
    [week] { $clock } ({ $weekday })
   *[later] { $clock } ({ $weekday }, { $date })
}
date = { $number } { $month }
weekday-1 = pon.
weekday-2 = wt.
weekday-3 = śr.
weekday-4 = czw.
weekday-5 = pt.
weekday-6 = sob.
weekday-7 = niedz.
month-1 = stycznia
month-2 = lutego
month-3 = marca
month-4 = kwietnia
month-5 = maja
month-6 = czerwca
month-7 = lipca
month-8 = sierpnia
month-9 = września
month-10 = października
month-11 = listopada
month-12 = grudnia

## The baby.

age-hour = { $count ->
    [one] { $count } godzina
    [few] { $count } godziny
   *[other] { $count } godzin
}
age-day = { $count ->
    [one] { $count } dzień
   *[other] { $count } dni
}
age-week = { $count ->
    [one] { $count } tydzień
    [few] { $count } tygodnie
   *[other] { $count } tygodni
}
age-month = { $count ->
    [one] { $count } miesiąc
    [few] { $count } miesiące
   *[other] { $count } miesięcy
}
age-year = { $count ->
    [one] { $count } rok
    [few] { $count } lata
   *[other] { $count } lat
}
babies = { $count ->
    [2] bliźnięta
    [3] trojaczki
   *[other] dzieci: { $count }
}
due = { $part ->
    [early] poród na początku { $month }
    [mid] poród w połowie { $month }
    [late] poród pod koniec { $month }
   *[month] poród w { $month_number ->
        [1] styczniu
        [2] lutym
        [3] marcu
        [4] kwietniu
        [5] maju
        [6] czerwcu
        [7] lipcu
        [8] sierpniu
        [9] wrześniu
        [10] październiku
        [11] listopadzie
       *[12] grudniu
    }
}
due-day = poród { $number } { $month }
due-unknown = dziecko w drodze
age-band-1 = poniżej 2 tygodni
age-band-2 = 2 do 6 tygodni
age-band-3 = 6 tygodni do 3 miesięcy
age-band-4 = 3 do 6 miesięcy
age-band-5 = 6 do 12 miesięcy
age-band-6 = powyżej roku

## What help is about, as a family says it.

concern-latch_difficulty = przystawianie
concern-nipple_pain = ból brodawki
concern-low_supply = mało mleka
concern-oversupply = za dużo mleka
concern-engorgement = obrzęk piersi
concern-plugged_duct = zatkany kanalik
concern-mastitis = zapalenie piersi
concern-thrush = pleśniawki
concern-tongue_tie = wędzidełko
concern-weight_gain = przyrost wagi
concern-sleepy_baby = zasypia przy karmieniu
concern-jaundice_feeding = karmienie przy żółtaczce
concern-newborn_feeding = karmienie noworodka
concern-nursing_strike = odmawia piersi
concern-bottle_refusal = odmawia butelki
concern-bottle_feeding = karmienie butelką
concern-combo_feeding = karmienie mieszane
concern-pumping = odciąganie mleka
concern-flange_fitting = rozmiar lejka
concern-exclusive_pumping = tylko odciąganie
concern-return_to_work = powrót do pracy
concern-nicu_preterm = NICU lub wcześniak
concern-multiples = bliźnięta lub więcej
concern-induced_lactation = laktacja wywołana
concern-relactation = relaktacja
concern-chestfeeding_trans = karmienie, osoba trans
concern-weaning = odstawianie
concern-loss_lactation = mleko po stracie
concern-donor_milk = mleko od dawczyni
concern-starting_solids = pierwsze stałe pokarmy
concern-fussy_gassy = niepokój lub gazy
concern-food_allergy = alergia pokarmowa
concern-biting = gryzienie
concern-tandem_pregnancy = karmienie w ciąży
concern-medication_safety = pytanie o leki
concern-breast_surgery = operacja piersi
concern-medical_complexity = potrzeby medyczne
concern-prenatal_consult = konsultacja przed porodem
concern-prenatal_class = kurs przed porodem
concern-postpartum_mood = nastrój
concern-second_opinion = druga opinia
concern-general = pomoc w karmieniu

## Visits, payment, wishes, languages.

visit-home = w domu
visit-office = w gabinecie
visit-virtual = wideo
visit-hospital = w szpitalu
visit-group = grupa
visit-phone = telefon
payer-self_pay = płatność własna
payer-class = { $class } ({ $payer })
wish-lgbtq_affirming = przyjazne LGBTQ+
lang-am = amharski
lang-ar = arabski
lang-ase = język migowy
lang-bn = bengalski
lang-en = angielski
lang-es = hiszpański
lang-fa = perski
lang-fr = francuski
lang-ff = fulani
lang-he = hebrajski
lang-hi = hindi
lang-ht = kreolski haitański
lang-it = włoski
lang-ja = japoński
lang-ko = koreański
lang-pa = pendżabski
lang-pl = polski
lang-pt = portugalski
lang-ru = rosyjski
lang-sq = albański
lang-tl = tagalski
lang-uk = ukraiński
lang-ur = urdu
lang-uz = uzbecki
lang-vi = wietnamski
lang-wo = wolof
lang-yi = jidysz
lang-zh = chiński
lang-yue = kantoński
lang-cmn = mandaryński

## Sentences that several texts share.

emergency = Nagły wypadek: { -tel-emergency }.
stop = STOP - rezygnacja.
reference = Kod { $code }.
support = Bezpłatne wsparcie o każdej porze: { -tel-support }.
support-harm = Bezpłatne wsparcie o każdej porze: { -tel-support }. Przy myślach o zrobieniu krzywdy zadzwoń lub napisz: { -tel-crisis }.
watch = Jeśli dziecko trudno obudzić, nie je lub ma mało mokrych pieluch, dzwoń od razu do lekarza.
tell-us = Napisz ZIP lub dzielnicę, wiek dziecka i co się dzieje.
person = Napisze osoba z naszego zespołu.

## Care: what comes before everything else.

care-now-baby = Tu potrzebny jest lekarz teraz. Dzwoń od razu do pediatry lub jedź na ER. Dzwoń { -tel-emergency }, jeśli dziecko jest wiotkie, sine, źle oddycha lub się nie budzi. Najpierw to.
care-now-parent = Tu potrzebny jest lekarz teraz. Dzwoń od razu do ginekologa lub położnej i powiedz o ciąży lub porodzie. Bez odpowiedzi: ER lub { -tel-emergency }. Najpierw to.
care-now-both = Rodzic i dziecko potrzebują lekarza teraz. Dzwoń od razu do obu lekarzy lub jedź na ER. Dzwoń { -tel-emergency }, jeśli ktoś się nie budzi lub źle oddycha. Najpierw to.
care-poison = Dzwoń od razu do Poison Help { -tel-poison }, potem do lekarza. Dzwoń { -tel-emergency }, jeśli ktoś jest wiotki, ma drgawki, źle oddycha lub się nie budzi. Najpierw to.
care-today-baby = Zadzwoń dziś do pediatry. Jeśli dziecko trudno obudzić, nie je lub ma mało mokrych pieluch, dzwoń od razu.
care-today-weight = Zadzwoń dziś do pediatry w sprawie wagi. Jeśli dziecko trudno obudzić lub ma mało mokrych pieluch, dzwoń od razu.
care-today-parent = Zadzwoń dziś do swojego lekarza lub położnej.

## The first answer.

got = Mamy: { $facts }.
got-plain = Wiadomość dotarła.
got-proxy = Dziękujemy: { $facts }.
asking = { $asked ->
    [0] Pytamy nasze konsultantki.
    [one] Pytamy { $asked } konsultantkę.
    [few] Pytamy { $asked } konsultantki.
   *[other] Pytamy { $asked } konsultantek.
}
asking-from = Pytamy konsultantki od { $starts }.
names-by = Do 3 nazwisk przyślemy do { $by }.
names-by-few = Do 3 nazwisk przyślemy do { $by }, nawet jeśli odpowie mniej niż trzy.
names-here = Do 3 nazwisk przyślemy na ten numer do { $by }.
shared = Widzą miejsce, wiek i potrzebę, nigdy imię ani numer.
shared-prenatal = Widzą miejsce, miesiąc porodu i potrzebę, nigdy imię ani numer.
shared-short = Nie widzą imienia ani numeru.
shared-proxy = Widzą miejsce, wiek i potrzebę, nigdy niczyje imię ani numer.
private-details = Nie pisz nazwisk, dat urodzenia ani sal pacjentów: nie przekazujemy ich.
ask-age = Ile ma dziecko? (pomaga, nie trzeba)
held = Najpierw przeczyta to osoba z zespołu i napisze.

## Questions that were put to us.

answer-cost = Linia jest bezpłatna; każda ustala swoją cenę.
answer-home_visits = Wiele przychodzi do domu.
answer-insurance = Każda powie, czy przyjmuje { $payer } lub daje superbill.
answer-insurance_or_superbill = Jedne rozliczają ubezpieczenie, inne dają superbill.
answer-medication = Nie doradzamy o lekach: farmaceuta, lekarz lub InfantRisk { -tel-medicines } (dni robocze). Za dużo, albo wzięło dziecko? Poison Help { -tel-poison }.
answer-advice = Nie udzielamy porad medycznych.

## The one question.

hello = Pomożemy znaleźć konsultantkę laktacyjną.
hello-night = Pytamy konsultantki od { $starts }.
ask-place = Jaki jest ZIP lub dzielnica?
ask-place-age = Jaki jest ZIP lub dzielnica i ile ma dziecko?
then-place = Potem napisz ZIP, a poszukamy pomocy w karmieniu.
ask-zip = Jaki jest ZIP ({ $borough })?
ask-zip-age = Jaki jest ZIP ({ $borough }) i ile ma dziecko?
ask-which = Które to miejsce: { $places }? Albo napisz ZIP.
ask-zip-again = { $raw } - nie znamy takiego ZIP. Jaki jest ZIP lub dzielnica?
out-of-area = { $place } jest poza terenem, gdzie przychodzimy. Niektóre konsultują przez wideo. Zapytać je? Odpowiedz YES (tak).
wants-referral = Potrzebna konsultantka laktacyjna? Odpowiedz YES (tak).
wants-referral-place = Potrzebna konsultantka laktacyjna, { $place }? Odpowiedz YES (tak).
photo = Nie widzimy tu zdjęć i ich nie przechowujemy.
emoji = Jesteśmy tu.

## Danger, crisis, loss.

danger = DZWOŃ { -tel-emergency } TERAZ. Powiedz, co się stało i gdzie jesteś. Powiedzą, co robić do przyjazdu pomocy. Nie czekaj na nas: ta linia nie jest na nagłe wypadki.
crisis = Dziękujemy za tę wiadomość. Nie trzeba radzić sobie bez pomocy. Zadzwoń lub napisz teraz: { -tel-crisis } (bezpłatnie, o każdej porze) albo { -tel-support } (linia dla rodziców). Jeśli może do tego dojść, dzwoń { -tel-emergency }. Napisze też osoba z naszego zespołu.
crisis-baby = Dziękujemy za tę wiadomość. Jeśli może do tego dojść, połóż dziecko w bezpiecznym miejscu, zawołaj innego dorosłego i dzwoń { -tel-emergency }. Dzwoń lub pisz o każdej porze: { -tel-crisis } albo { -tel-support }. Napisze też osoba z naszego zespołu.
safe-to-text = Wiadomość dotarła. Czy można bezpiecznie pisać na ten telefon? Odpowiedz YES (tak) lub NO (nie).
loss = Bardzo nam przykro z powodu { $child ->
    [son] straty syna
    [daughter] straty córki
    [twins] straty bliźniąt
   *[baby] straty dziecka
}. Osoba z zespołu czyta to i wkrótce napisze. Rozmowa z kimś teraz: { -tel-support }, o każdej porze.
loss-plain = Bardzo nam przykro. Osoba z zespołu czyta to i wkrótce napisze. Rozmowa z kimś teraz: { -tel-support }, o każdej porze.

## Answers that ask nothing.

callback = Prosimy osobę z zespołu, żeby zadzwoniła.
callback-after = Prosimy osobę z zespołu, żeby zadzwoniła po { $after }.
sorry = Przepraszamy. Powinniśmy byli odpisać. Osoba z zespołu już się tym zajmuje i wkrótce napisze.
who = To linia wiadomości { $name }. Piszemy tylko do tych, którzy napisali do nas. Odpowiedz STOP, żeby nie dostawać więcej, albo napisz, czy pomoc jest jeszcze potrzebna.
wrong-number = To bezpłatna linia wiadomości dla rodzin. To chyba pomyłka.
vendors = Ta linia jest dla rodzin. Administracja ma tę wiadomość. Nie przyjmujemy prezentów ani prowizji za polecenia.
thanks = Dziękujemy za wiadomość. Pisz, gdy będzie potrzeba.
help = Bezpłatna linia: znajdziemy do 3 konsultantek laktacyjnych. Napisz ZIP, wiek dziecka i co się dzieje. Nie na nagłe wypadki: { -tel-emergency }. Wsparcie: { -tel-support }. Kontakt: { $contact }. Możliwe opłaty operatora. STOP - rezygnacja.
help-plain = Bezpłatna linia: znajdziemy do 3 konsultantek laktacyjnych. Napisz ZIP, wiek dziecka i co się dzieje. Nie na nagłe wypadki: { -tel-emergency }. Wsparcie: { -tel-support }. Możliwe opłaty operatora. STOP - rezygnacja.
stopped = Nie będzie więcej wiadomości. Napisz START, gdy znów będzie potrzeba. Nagły wypadek: { -tel-emergency }.
restarted = Wiadomości znów są włączone.
missed-call = Było połączenie, ale ta linia działa tylko przez wiadomości.
unclear = Nie rozumiemy.
gone-soon = W ciągu 2 dni usuniemy to, co zostało napisane, i numer telefonu.
deleting = { gone-soon } STOP - koniec wiadomości.
stopped-deleting = { stopped } { gone-soon }
spoken = Tu { $name }. Ta linia działa tylko przez wiadomości tekstowe. Wyślij na ten numer kod pocztowy, wiek dziecka i co się dzieje. W nagłym wypadku rozłącz się i zadzwoń { -tel-emergency }. Do widzenia.

## The names.

names = { $count ->
    [one] Oto { $count } konsultantka (kod { $code }). Prosimy o kontakt:
    [few] Oto { $count } konsultantki (kod { $code }). Prosimy o kontakt:
   *[other] Oto { $count } konsultantek (kod { $code }). Prosimy o kontakt:
}
names-again = Nowe nazwiska: { $count } (kod { $code }). Prosimy o kontakt:
names-top-up = Kolejne nazwiska: { $count } (kod { $code }):
names-more = Pytamy dalej i napiszemy, jeśli odpowie więcej.
names-page = Do zapisania: { $page }
names-help = Nikt nie może? Odpowiedz tutaj. Nagły wypadek: { -tel-emergency }.
replaced = { $gone } nie może teraz przyjąć nowej rodziny (kod { $code }). Zamiast:
replacing = { $gone } nie może teraz przyjąć nowej rodziny (kod { $code }). Szukamy innego nazwiska.

## Later.

still-looking = { $asked ->
    [0] Nikt jeszcze nie odpowiedział (kod { $code }). Pytamy szerzej, osoba z zespołu o tym wie. Napiszemy do { $until }.
    [1] Nikt jeszcze nie odpowiedział (kod { $code }). Pytamy szerzej, osoba z zespołu o tym wie. Napiszemy do { $until }.
   *[other] Nikt jeszcze nie odpowiedział (kod { $code }). Pytamy teraz więcej konsultantek ({ $asked }), osoba z zespołu o tym wie. Napiszemy do { $until }.
}
none-found = Przepraszamy: przez dzień nikt nie mógł (kod { $code }). Napisze osoba z zespołu. Bezpłatna pomoc: karmienie { -tel-helpline } (pon.-pt. 9-18), Baby Cafe { -tel-city }, wsparcie o każdej porze { -tel-support }.
follow-up = Udało się z kimś skontaktować (kod { $code })? Odpowiedz { $choices } lub 0 jeszcze nie.
rate = Dziękujemy za wiadomość. Jak oceniasz tę linię, od 1 (źle) do 5 (dobrze)? Odpowiedz liczbą, możesz dodać słowo.
follow-up-again = Dziękujemy za wiadomość. Pytamy znowu, bez tych nazwisk. Nowe nazwiska do { $by } (kod { $code }).
withdrawn = Już nie pytamy (kod { $code }). Pisz, gdy będzie potrzeba.
noted = Zapisane i przekazane (kod { $code }).
reopened = Przepraszamy. Pytamy teraz znowu, bez tych nazwisk, a osoba z zespołu o tym wie. Nowe nazwiska do { $by } (kod { $code }).
call-ask = { $names } mogą zadzwonić, jeśli podamy ten numer (kod { $code }). Odpowiedz YES, a podamy. Bez tego nikt go nie dostanie.
call-agreed = { $names } mają już ten numer i mogą zadzwonić (kod { $code }).
more = Pytamy o więcej nazwisk (kod { $code }). Będą do { $by }.
already-asking = Już pytamy (kod { $code }). Nazwiska będą do { $by }.

## The page of the names.

page-area = Okolica
page-visits = Wizyty
page-payers = Ubezpieczenie i płatność
page-confirmed = potwierdzone { $date }
page-languages = Języki
page-note = Zastrzega
page-call = Zadzwoń
page-text = Napisz
page-book = Zarezerwuj
page-save = Zapisz kontakt
page-chosen = Jak wybrano te nazwiska: zapytaliśmy wszystkie osoby z { $name }, które odpowiadają temu, co nam napisano, jednocześnie i w losowej kolejności. Tu są pierwsze, które odpowiedziały, najwyżej trzy, w kolejności odpowiedzi.
page-chosen-fair_start = Jak wybrano te nazwiska: zapytaliśmy wszystkie osoby z { $name }, które odpowiadają temu, co nam napisano, w losowej kolejności. Każdej czas liczono od chwili, gdy dotarła nasza wiadomość. Tu są najszybsze, najwyżej trzy.
page-chosen-waves = Jak wybrano te nazwiska: najpierw zapytaliśmy osoby z { $name }, które pasują najlepiej, po { $size }, a kolejne co { $minutes } min, dopóki brakowało nazwiska. Tu są pierwsze, które odpowiedziały, najwyżej trzy, w kolejności odpowiedzi.
page-chosen-window = Jak wybrano te nazwiska: zapytaliśmy wszystkie osoby z { $name }, które odpowiadają temu, co nam napisano, w losowej kolejności, i czekaliśmy { $minutes } min. Z tych, które odpowiedziały, tu są najlepiej pasujące, najwyżej trzy; przy równości te, których nazwisko podano najdawniej.
page-unpaid = Nikt nie płaci za to, że o niego pytamy, że go podajemy lub że stoi pierwszy, i nic nie dostajemy od wybranej osoby.
page-until = Ta strona działa do { $date }.
