# Texts to families in Russian.
#
# Awaiting a native reader: nobody whose language this is has read it yet. Whoever does so sets
# `reviewed` to the day.
reviewed = no

## How a text is put together.

# The chapter's name stands at the head.
head = { $name }: { $text }
between = { " " }
comma = { ", " }
and = { $first } и { $last }
or = { $first } или { $last }

## Times. `$clock` is made by `clock`, `$weekday` and `$month` by the messages below.

clock = { $hour24 }:{ $minute }
moment = { $day ->
    [today] { $clock }
    [tonight] { $clock } этой ночью
    [tomorrow] { $clock } завтра
    [week] { $clock } ({ $weekday })
   *[later] { $clock } ({ $weekday }, { $date })
}
date = { $number } { $month }
weekday-1 = пн
weekday-2 = вт
weekday-3 = ср
weekday-4 = чт
weekday-5 = пт
weekday-6 = сб
weekday-7 = вс
month-1 = января
month-2 = февраля
month-3 = марта
month-4 = апреля
month-5 = мая
month-6 = июня
month-7 = июля
month-8 = августа
month-9 = сентября
month-10 = октября
month-11 = ноября
month-12 = декабря

## The baby.

age-hour = { $count ->
    [one] { $count } час
    [few] { $count } часа
   *[other] { $count } часов
}
age-day = { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[other] { $count } дней
}
age-week = { $count ->
    [one] { $count } неделя
    [few] { $count } недели
   *[other] { $count } недель
}
age-month = { $count ->
    [one] { $count } месяц
    [few] { $count } месяца
   *[other] { $count } месяцев
}
age-year = { $count ->
    [one] { $count } год
    [few] { $count } года
   *[other] { $count } лет
}
babies = { $count ->
    [2] двойня
    [3] тройня
   *[other] детей: { $count }
}
due = { $part ->
    [early] роды в начале { $month }
    [mid] роды в середине { $month }
    [late] роды в конце { $month }
   *[month] роды в { $month_number ->
        [1] январе
        [2] феврале
        [3] марте
        [4] апреле
        [5] мае
        [6] июне
        [7] июле
        [8] августе
        [9] сентябре
        [10] октябре
        [11] ноябре
       *[12] декабре
    }
}
due-day = роды { $number } { $month }
due-unknown = малыш еще не родился
age-band-1 = меньше 2 недель
age-band-2 = от 2 до 6 недель
age-band-3 = от 6 недель до 3 месяцев
age-band-4 = от 3 до 6 месяцев
age-band-5 = от 6 до 12 месяцев
age-band-6 = больше года

## What help is about, as a family says it.

concern-latch_difficulty = захват груди
concern-nipple_pain = боль в сосках
concern-low_supply = мало молока
concern-oversupply = много молока
concern-engorgement = нагрубание груди
concern-plugged_duct = закупорка протока
concern-mastitis = мастит
concern-thrush = молочница
concern-tongue_tie = уздечка языка
concern-weight_gain = набор веса
concern-sleepy_baby = засыпает при кормлении
concern-jaundice_feeding = кормление при желтушке
concern-newborn_feeding = кормление новорожденного
concern-nursing_strike = отказ от груди
concern-bottle_refusal = отказ от бутылочки
concern-bottle_feeding = кормление из бутылочки
concern-combo_feeding = смешанное кормление
concern-pumping = сцеживание
concern-flange_fitting = размер воронки
concern-exclusive_pumping = только сцеживание
concern-return_to_work = выход на работу
concern-nicu_preterm = NICU или недоношенность
concern-multiples = двойня или больше
concern-induced_lactation = вызванная лактация
concern-relactation = возвращение лактации
concern-chestfeeding_trans = грудное кормление, транс-родитель
concern-weaning = отлучение
concern-loss_lactation = молоко после утраты
concern-donor_milk = донорское молоко
concern-starting_solids = прикорм
concern-fussy_gassy = беспокойство или газы
concern-food_allergy = пищевая аллергия
concern-biting = кусает грудь
concern-tandem_pregnancy = кормление при беременности
concern-medication_safety = вопрос о лекарствах
concern-breast_surgery = операция на груди
concern-medical_complexity = особые медицинские нужды
concern-prenatal_consult = консультация до родов
concern-prenatal_class = курс до родов
concern-postpartum_mood = настроение
concern-second_opinion = второе мнение
concern-general = помощь с кормлением

## Visits, payment, wishes, languages.

visit-home = на дому
visit-office = в кабинете
visit-virtual = видео
visit-hospital = в больнице
visit-group = группа
visit-phone = по телефону
payer-self_pay = своя оплата
payer-class = { $class } ({ $payer })
wish-lgbtq_affirming = уважение к ЛГБТК+
lang-am = амхарский
lang-ar = арабский
lang-ase = язык жестов
lang-bn = бенгальский
lang-en = английский
lang-es = испанский
lang-fa = фарси
lang-fr = французский
lang-ff = фула
lang-he = иврит
lang-hi = хинди
lang-ht = гаитянский креольский
lang-it = итальянский
lang-ja = японский
lang-ko = корейский
lang-pa = панджаби
lang-pl = польский
lang-pt = португальский
lang-ru = русский
lang-sq = албанский
lang-tl = тагальский
lang-uk = украинский
lang-ur = урду
lang-uz = узбекский
lang-vi = вьетнамский
lang-wo = волоф
lang-yi = идиш
lang-zh = китайский
lang-yue = кантонский
lang-cmn = мандаринский

## Sentences that several texts share.

emergency = Экстренно: { -tel-emergency }.
stop = STOP - отписаться.
reference = Код { $code }.
support = Бесплатная поддержка в любой час: { -tel-support }.
support-harm = Бесплатная поддержка в любой час: { -tel-support }. При мыслях о вреде звоните или пишите { -tel-crisis }.
watch = Если малыша трудно разбудить, он не ест или мало мокрых подгузников, сразу звоните врачу.
tell-us = Напишите ваш ZIP или район, возраст малыша и что происходит.
person = Наш сотрудник вам напишет.

## Care: what comes before everything else.

care-now-baby = Здесь нужен врач сейчас. Сразу звоните педиатру или езжайте в ER. Звоните { -tel-emergency }, если малыш обмяк, посинел, тяжело дышит или не просыпается. Сначала это.
care-now-parent = Здесь нужен врач сейчас. Сразу звоните гинекологу или акушерке, скажите о беременности или родах. Не отвечают - ER или { -tel-emergency }. Сначала это.
care-now-both = Врач нужен сейчас и родителю, и малышу. Сразу звоните обоим врачам или езжайте в ER. Звоните { -tel-emergency }, если кто-то не просыпается или тяжело дышит. Сначала это.
care-poison = Сразу звоните Poison Help { -tel-poison }, потом врачу. Звоните { -tel-emergency }, если кто-то обмяк, в судорогах, тяжело дышит или не просыпается. Сначала это.
care-today-baby = Позвоните педиатру сегодня. Если малыша трудно разбудить, он не ест или мало мокрых подгузников, звоните сразу.
care-today-weight = Позвоните педиатру сегодня о весе. Если малыша трудно разбудить или мало мокрых подгузников, звоните сразу.
care-today-parent = Позвоните сегодня своему врачу или акушерке.

## The first answer.

got = Получили: { $facts }.
got-plain = Получили.
got-proxy = Спасибо: { $facts }.
asking = { $asked ->
    [0] Спрашиваем наших консультантов.
    [one] Спрашиваем { $asked } консультанта.
   *[other] Спрашиваем { $asked } консультантов.
}
asking-from = Спрашиваем консультантов с { $starts }.
names-by = Пришлем до 3 имен до { $by }.
names-by-few = Пришлем до 3 имен до { $by }, даже если ответят не трое.
names-here = Пришлем до 3 имен на этот номер до { $by }.
shared = Они видят место, возраст и что нужно, но не ваше имя и номер.
shared-prenatal = Они видят место, месяц родов и что нужно, но не ваше имя и номер.
shared-short = Имя и номер они не видят.
shared-proxy = Они видят место, возраст и что нужно, но не имя и номер.
private-details = Не пишите имен, дат рождения и палат пациентов: мы их не передаем.
ask-age = Сколько малышу? (помогает, можно не отвечать)
held = Сначала это прочтет наш сотрудник и напишет вам.

## Questions that were put to us.

answer-cost = Линия бесплатна, цену называет консультант.
answer-home_visits = Многие приходят на дом.
answer-insurance = Принимает ли { $payer } или дает superbill, скажет консультант.
answer-insurance_or_superbill = Одни берут страховку, другие дают superbill.
answer-medication = О лекарствах мы не советуем: спросите фармацевта, врача или InfantRisk { -tel-medicines } (будни). Принято слишком много или ребенком? Poison Help { -tel-poison }.
answer-advice = Медицинских советов мы не даем.

## The one question.

hello = Поможем найти консультанта по грудному вскармливанию.
hello-night = Спрашиваем консультантов с { $starts }.
ask-place = Какой у вас ZIP или район?
ask-place-age = Какой у вас ZIP или район и сколько малышу?
then-place = Потом пришлите ваш ZIP, и мы поищем помощь с кормлением.
ask-zip = Какой ZIP ({ $borough })?
ask-zip-age = Какой ZIP ({ $borough }) и сколько малышу?
ask-which = Какое это место: { $places }? Или пришлите ZIP.
ask-zip-again = { $raw } - такого ZIP мы не знаем. Какой у вас ZIP или район?
out-of-area = { $place } вне района, куда мы приходим. Некоторые консультируют по видео. Спросить их? Ответьте YES (да).
wants-referral = Нужен консультант по кормлению? Ответьте YES (да).
wants-referral-place = Нужен консультант по кормлению, { $place }? Ответьте YES (да).
photo = Фото мы здесь не видим и не храним.
emoji = Мы здесь.

## Danger, crisis, loss.

danger = ЗВОНИТЕ { -tel-emergency } СЕЙЧАС. Скажите, что случилось и где вы. Вам скажут, что делать, пока едет помощь. Не ждите нас: эта линия не для экстренных случаев.
crisis = Спасибо, что сказали. Вам не нужно справляться в одиночку. Позвоните или напишите { -tel-crisis } сейчас (бесплатно, в любой час) или на линию для родителей { -tel-support }. Если вы можете это сделать, звоните { -tel-emergency }. Наш сотрудник тоже вам напишет.
crisis-baby = Спасибо, что сказали. Если вы можете это сделать, положите малыша в безопасное место, позовите другого взрослого и звоните { -tel-emergency }. Звоните или пишите { -tel-crisis } в любой час или { -tel-support }. Наш сотрудник тоже вам напишет.
safe-to-text = Мы получили сообщение. Безопасно писать на этот телефон? Ответьте YES (да) или NO (нет).
loss = { $child ->
    [son] Нам очень жаль вашего сына.
    [daughter] Нам очень жаль вашу дочь.
    [twins] Нам очень жаль ваших детей.
   *[baby] Нам очень жаль вашего малыша.
} Наш сотрудник читает это и скоро вам напишет. Поговорить с кем-то сейчас: { -tel-support }, в любой час.
loss-plain = Нам очень жаль. Наш сотрудник читает это и скоро вам напишет. Поговорить с кем-то сейчас: { -tel-support }, в любой час.

## Answers that ask nothing.

callback = Попросим сотрудника позвонить.
callback-after = Попросим сотрудника позвонить после { $after }.
sorry = Простите. Мы должны были ответить. Сотрудник уже занимается этим и скоро напишет.
who = Это линия сообщений { $name }. Мы пишем только тем, кто писал нам. Ответьте STOP, чтобы больше не получать, или напишите, если помощь еще нужна.
wrong-number = Это бесплатная линия сообщений для семей. Похоже, вы ошиблись номером.
vendors = Эта линия для семей. Администратор получил ваше сообщение. Мы не берем подарков и комиссий за направления.
thanks = Спасибо, что сообщили. Пишите, когда понадобится.
help = Бесплатная линия: найдем до 3 консультантов по грудному вскармливанию. Напишите ZIP, возраст малыша и что происходит. Не для экстренных случаев: { -tel-emergency }. Поддержка: { -tel-support }. Связь: { $contact }. Оператор может брать плату. STOP - отписаться.
help-plain = Бесплатная линия: найдем до 3 консультантов по грудному вскармливанию. Напишите ZIP, возраст малыша и что происходит. Не для экстренных случаев: { -tel-emergency }. Поддержка: { -tel-support }. Оператор может брать плату. STOP - отписаться.
stopped = Больше сообщений не будет. Напишите START, если снова понадобится. Экстренно: { -tel-emergency }.
restarted = Сообщения снова включены.
missed-call = Вы звонили, но эта линия только для сообщений.
unclear = Мы не поняли.
gone-soon = В течение 2 дней мы удалим то, что вы писали, и ваш номер.
deleting = { gone-soon } STOP - больше не получать.
stopped-deleting = { stopped } { gone-soon }
spoken = Это { $name }. Эта линия работает только по сообщениям. Отправьте на этот номер ваш почтовый индекс, возраст малыша и что происходит. Если это экстренный случай, положите трубку и звоните { -tel-emergency }. До свидания.

## The names.

names = { $count ->
    [one] Вот { $count } консультант (код { $code }). Свяжитесь, пожалуйста:
    [few] Вот { $count } консультанта (код { $code }). Свяжитесь, пожалуйста:
   *[other] Вот { $count } консультантов (код { $code }). Свяжитесь, пожалуйста:
}
names-again = Новых имен: { $count } (код { $code }). Свяжитесь, пожалуйста:
names-top-up = Еще имен: { $count } (код { $code }):
names-more = Спрашиваем дальше и напишем, если ответят еще.
names-page = Сохранить: { $page }
names-help = Никто не может? Ответьте сюда. Экстренно: { -tel-emergency }.
replaced = { $gone } сейчас не может взять новую семью (код { $code }). Вместо этого:
replacing = { $gone } сейчас не может взять новую семью (код { $code }). Ищем другое имя.

## Later.

still-looking = { $asked ->
    [0] Пока никто не ответил (код { $code }). Спрашиваем шире, наш сотрудник знает. Напишем до { $until }.
    [1] Пока никто не ответил (код { $code }). Спрашиваем шире, наш сотрудник знает. Напишем до { $until }.
   *[other] Пока никто не ответил (код { $code }). Теперь спрашиваем консультантов: { $asked }, наш сотрудник знает. Напишем до { $until }.
}
none-found = Простите: за день никто не смог (код { $code }). Наш сотрудник вам напишет. Пока бесплатная помощь: вопросы кормления { -tel-helpline } (пн-пт 9-18), Baby Cafe { -tel-city }, поддержка { -tel-support } в любой час.
follow-up = Удалось с кем-то связаться (код { $code })? Ответьте { $choices } или 0 пока нет.
rate = Спасибо, что сообщили. Как вам эта линия, от 1 (плохо) до 5 (хорошо)? Ответьте числом, можно добавить пару слов.
follow-up-again = Спасибо, что сообщили. Спрашиваем снова, без этих имен. Новые имена до { $by } (код { $code }).
withdrawn = Мы перестали спрашивать (код { $code }). Пишите, когда понадобится.
noted = Записали и передали (код { $code }).
reopened = Простите. Спрашиваем снова, без этих имен, и наш сотрудник знает. Новые имена до { $by } (код { $code }).
call-ask = { $names } могут вам позвонить, если мы дадим ваш номер (код { $code }). Ответьте YES, и мы дадим. Иначе его никто не получит.
call-agreed = { $names } теперь знают ваш номер и могут позвонить (код { $code }).
more = Спрашиваем о других именах (код { $code }). Вы получите их до { $by }.
already-asking = Мы уже спрашиваем для вас (код { $code }). Имена будут до { $by }.

## The page of the names.

page-area = Район
page-visits = Приёмы
page-payers = Страховка и оплата
page-confirmed = подтверждено { $date }
page-languages = Языки
page-note = Уточняет
page-call = Позвонить
page-text = Написать
page-book = Записаться
page-save = Сохранить контакт
page-chosen = Как выбраны эти имена: мы спросили всех консультантов { $name }, которые подходят к тому, что вы написали, одновременно и в случайном порядке. Здесь те, кто ответил первыми, не больше трёх, в порядке ответов.
page-chosen-fair_start = Как выбраны эти имена: мы спросили всех консультантов { $name }, которые подходят к тому, что вы написали, в случайном порядке. Время каждого считали с момента, когда пришло наше сообщение. Здесь самые быстрые, не больше трёх.
page-chosen-waves = Как выбраны эти имена: сначала мы спросили тех консультантов { $name }, кто подходит лучше всего, по { $size }, и ещё через каждые { $minutes } мин, пока не хватало имени. Здесь те, кто ответил первыми, не больше трёх, в порядке ответов.
page-chosen-window = Как выбраны эти имена: мы спросили всех консультантов { $name }, которые подходят к тому, что вы написали, в случайном порядке, и ждали { $minutes } мин. Из ответивших здесь те, кто подходит лучше, не больше трёх; при равенстве те, чьё имя называли давнее всего.
page-unpaid = Никто не платит за то, чтобы его спросили, назвали или поставили первым, и мы ничего не получаем от того, кого вы выберете.
page-until = Страница работает до { $date }.
