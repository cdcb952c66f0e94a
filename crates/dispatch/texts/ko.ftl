# Texts to families in Korean.
#
# Awaiting a native reader: nobody whose language this is has read it yet. Whoever does so sets
# `reviewed` to the day.
reviewed = no

## How a text is put together.

# The chapter's name stands at the head.
head = { $name }: { $text }
between = { " " }
comma = { ", " }
and = { $first }, { $last }
or = { $first } 또는 { $last }

## Times. `$clock` is made by `clock`, `$weekday` and `$month` by the messages below.

clock = { $at ->
    [noon] 낮 12시
    [midnight] 밤 12시
   *[other] { $half ->
        [am] 오전
       *[pm] 오후
    } { $hour12 }시{ $at ->
        [whole] { "" }
       *[minutes] { " " }{ $minute }분
    }
}
moment = { $day ->
    [today] { $clock }
    [tonight] 오늘 밤 { $clock }
    [tomorrow] 내일 { $clock }
    [week] { $weekday } { $clock }
   *[later] { $date } { $weekday } { $clock }
}
date = { $month } { $number }일
weekday-1 = 월요일
weekday-2 = 화요일
weekday-3 = 수요일
weekday-4 = 목요일
weekday-5 = 금요일
weekday-6 = 토요일
weekday-7 = 일요일
month-1 = 1월
month-2 = 2월
month-3 = 3월
month-4 = 4월
month-5 = 5월
month-6 = 6월
month-7 = 7월
month-8 = 8월
month-9 = 9월
month-10 = 10월
month-11 = 11월
month-12 = 12월

## The baby.

age-hour = 생후 { $count }시간
age-day = 생후 { $count }일
age-week = 생후 { $count }주
age-month = 생후 { $count }개월
age-year = { $count }살
babies = { $count ->
    [2] 쌍둥이
    [3] 세쌍둥이
   *[other] 아기 { $count }명
}
due = { $part ->
    [early] { $month } 초 출산 예정
    [mid] { $month } 중순 출산 예정
    [late] { $month } 말 출산 예정
   *[month] { $month } 출산 예정
}
due-day = { $month } { $number }일 출산 예정
due-unknown = 출산 전
age-band-1 = 2주 미만
age-band-2 = 2주에서 6주
age-band-3 = 6주에서 3개월
age-band-4 = 3개월에서 6개월
age-band-5 = 6개월에서 12개월
age-band-6 = 1살 이상

## What help is about, as a family says it.

concern-latch_difficulty = 젖 물리기
concern-nipple_pain = 유두 통증
concern-low_supply = 젖 부족
concern-oversupply = 젖 과다
concern-engorgement = 젖몸살
concern-plugged_duct = 유관 막힘
concern-mastitis = 유선염
concern-thrush = 아구창
concern-tongue_tie = 설소대
concern-weight_gain = 체중 증가
concern-sleepy_baby = 먹다가 잠듦
concern-jaundice_feeding = 황달과 수유
concern-newborn_feeding = 신생아 수유
concern-nursing_strike = 젖 거부
concern-bottle_refusal = 젖병 거부
concern-bottle_feeding = 젖병 수유
concern-combo_feeding = 혼합 수유
concern-pumping = 유축
concern-flange_fitting = 깔때기 크기
concern-exclusive_pumping = 유축만 함
concern-return_to_work = 직장 복귀
concern-nicu_preterm = NICU 또는 미숙아
concern-multiples = 다태아
concern-induced_lactation = 유도 수유
concern-relactation = 재수유
concern-chestfeeding_trans = 트랜스 부모 수유
concern-weaning = 단유
concern-loss_lactation = 아기를 잃은 뒤의 젖
concern-donor_milk = 기증 모유
concern-starting_solids = 이유식 시작
concern-fussy_gassy = 보챔 또는 가스
concern-food_allergy = 음식 알레르기
concern-biting = 깨물기
concern-tandem_pregnancy = 임신 중 수유
concern-medication_safety = 약 질문
concern-breast_surgery = 가슴 수술
concern-medical_complexity = 의료적 필요
concern-prenatal_consult = 출산 전 상담
concern-prenatal_class = 출산 전 교육
concern-postpartum_mood = 기분
concern-second_opinion = 다른 의견
concern-general = 수유 도움

## Visits, payment, wishes, languages.

visit-home = 방문
visit-office = 사무실
visit-virtual = 영상
visit-hospital = 병원
visit-group = 모임
visit-phone = 전화
payer-self_pay = 자비
payer-class = { $class }({ $payer })
wish-lgbtq_affirming = LGBTQ+ 존중
lang-am = 암하라어
lang-ar = 아랍어
lang-ase = 수어
lang-bn = 벵골어
lang-en = 영어
lang-es = 스페인어
lang-fa = 페르시아어
lang-fr = 프랑스어
lang-ff = 풀라어
lang-he = 히브리어
lang-hi = 힌디어
lang-ht = 아이티 크레올어
lang-it = 이탈리아어
lang-ja = 일본어
lang-ko = 한국어
lang-pa = 펀자브어
lang-pl = 폴란드어
lang-pt = 포르투갈어
lang-ru = 러시아어
lang-sq = 알바니아어
lang-tl = 타갈로그어
lang-uk = 우크라이나어
lang-ur = 우르두어
lang-uz = 우즈베크어
lang-vi = 베트남어
lang-wo = 월로프어
lang-yi = 이디시어
lang-zh = 중국어
lang-yue = 광둥어
lang-cmn = 표준 중국어

## Sentences that several texts share.

emergency = 응급: { -tel-emergency }.
stop = 그만 받으려면 STOP.
reference = 번호 { $code }.
support = 무료 상담, 언제든지: { -tel-support }.
support-harm = 무료 상담, 언제든지: { -tel-support }. 해치고 싶은 생각이 들면 { -tel-crisis }로 전화나 문자 하세요.
watch = 아기가 잘 깨지 않거나, 먹지 않거나, 젖은 기저귀가 적으면 바로 의사에게 전화하세요.
tell-us = ZIP 코드나 동네, 아기 나이, 어떤 일인지 보내 주세요.
person = 저희 직원이 문자 드립니다.

## Care: what comes before everything else.

care-now-baby = 지금 의사가 필요합니다. 바로 아기 의사에게 전화하거나 가까운 응급실로 가세요. 아기가 축 늘어지거나, 파랗거나, 숨쉬기 힘들거나, 깨지 않으면 { -tel-emergency }에 전화하세요. 이것부터 하세요.
care-now-parent = 지금 의사가 필요합니다. 바로 산부인과나 조산사에게 전화해서 임신이나 출산을 말하세요. 연락이 안 되면 응급실로 가거나 { -tel-emergency }에 전화하세요. 이것부터 하세요.
care-now-both = 산모와 아기 모두 지금 의사가 필요합니다. 바로 두 의사에게 전화하거나 응급실로 가세요. 누가 깨지 않거나 숨쉬기 힘들면 { -tel-emergency }에 전화하세요. 이것부터 하세요.
care-poison = 바로 Poison Help { -tel-poison }에 전화하고, 다음에 의사에게 전화하세요. 누가 축 늘어지거나, 경련하거나, 숨쉬기 힘들거나, 깨지 않으면 { -tel-emergency }에 전화하세요. 이것부터 하세요.
care-today-baby = 오늘 아기 의사에게 전화하세요. 아기가 잘 깨지 않거나, 먹지 않거나, 젖은 기저귀가 적으면 바로 전화하세요.
care-today-weight = 오늘 체중 문제로 아기 의사에게 전화하세요. 아기가 잘 깨지 않거나 젖은 기저귀가 적으면 바로 전화하세요.
care-today-parent = 오늘 의사나 조산사에게 전화하세요.

## The first answer.

got = 받았습니다: { $facts }.
got-plain = 받았습니다.
got-proxy = 감사합니다: { $facts }.
asking = { $asked ->
    [0] 수유 상담사에게 묻고 있습니다.
   *[other] 수유 상담사 { $asked }명에게 묻고 있습니다.
}
asking-from = { $starts }부터 수유 상담사에게 묻습니다.
names-by = { $by }까지 최대 3명의 이름을 보냅니다.
names-by-few = { $by }까지 최대 3명의 이름을 보냅니다. 세 명이 안 되어도 보냅니다.
names-here = { $by }까지 최대 3명의 이름을 이 번호로 보냅니다.
shared = 상담사는 장소, 나이, 필요한 것만 보고 이름과 번호는 보지 못합니다.
shared-prenatal = 상담사는 장소, 출산 달, 필요한 것만 보고 이름과 번호는 보지 못합니다.
shared-short = 상담사는 이름과 번호를 보지 못합니다.
shared-proxy = 상담사는 장소, 나이, 필요한 것만 보고 이름과 번호는 보지 못합니다.
private-details = 환자의 이름, 생일, 병실은 보내지 마세요. 저희는 전달하지 않습니다.
ask-age = 아기 나이는요? (도움이 되지만 꼭은 아닙니다)
held = 저희 직원이 먼저 읽고 문자 드립니다.

## Questions that were put to us.

answer-cost = 이 문자는 무료이고 비용은 상담사마다 정합니다.
answer-home_visits = 방문하는 상담사가 많습니다.
answer-insurance = { $payer } 가능 여부나 superbill은 상담사가 알려 드립니다.
answer-insurance_or_superbill = 보험을 받는 분도 있고 superbill을 주는 분도 있습니다.
answer-medication = 약에 대한 조언은 하지 않습니다. 약사나 의사, 또는 InfantRisk { -tel-medicines }(평일)에 물어보세요. 너무 많이 먹었거나 아이가 먹었나요? Poison Help { -tel-poison }.
answer-advice = 의료 조언은 하지 않습니다.

## The one question.

hello = 수유 상담사를 찾아 드립니다.
hello-night = { $starts }부터 수유 상담사에게 묻습니다.
ask-place = ZIP 코드나 동네가 어디인가요?
ask-place-age = ZIP 코드나 동네가 어디이고, 아기 나이는요?
then-place = 그다음 ZIP 코드를 보내 주시면 수유 도움을 찾습니다.
ask-zip = { $borough }의 ZIP 코드는 무엇인가요?
ask-zip-age = { $borough }의 ZIP 코드와 아기 나이는요?
ask-which = 어느 곳인가요: { $places }? ZIP 코드를 보내셔도 됩니다.
ask-zip-again = { $raw }: 모르는 ZIP 코드입니다. ZIP 코드나 동네가 어디인가요?
out-of-area = { $place }: 방문하는 지역 밖입니다. 영상으로 만나는 상담사가 있습니다. 물어볼까요? YES라고 답해 주세요.
wants-referral = 수유 상담사를 원하시나요? YES라고 답해 주세요.
wants-referral-place = { $place }에서 수유 상담사를 원하시나요? YES라고 답해 주세요.
photo = 여기서는 사진을 볼 수 없고 보관하지 않습니다.
emoji = 저희가 있습니다.

## Danger, crisis, loss.

danger = 지금 { -tel-emergency }에 전화하세요. 무슨 일인지, 어디인지 말하세요. 도움이 올 때까지 할 일을 알려 줍니다. 저희를 기다리지 마세요. 이 문자는 응급용이 아닙니다.
crisis = 말해 주셔서 감사합니다. 혼자 감당하지 않아도 됩니다. 지금 { -tel-crisis }(무료, 언제든지)이나 산모 정신 건강 전화 { -tel-support }로 전화나 문자 하세요. 행동으로 옮길 것 같으면 { -tel-emergency }에 전화하세요. 저희 직원도 문자 드립니다.
crisis-baby = 말해 주셔서 감사합니다. 행동으로 옮길 것 같으면 아기를 안전한 곳에 두고, 다른 어른을 부르고, { -tel-emergency }에 전화하세요. 언제든지 { -tel-crisis }이나 { -tel-support }로 전화나 문자 하세요. 저희 직원도 문자 드립니다.
safe-to-text = 문자 받았습니다. 이 전화로 문자해도 안전한가요? YES(네) 또는 NO(아니요)로 답해 주세요.
loss = { $child ->
    [son] 아드님 일에 깊은 위로를 전합니다.
    [daughter] 따님 일에 깊은 위로를 전합니다.
    [twins] 쌍둥이 일에 깊은 위로를 전합니다.
   *[baby] 아기 일에 깊은 위로를 전합니다.
} 저희 직원이 읽고 있으며 곧 문자 드립니다. 지금 누군가와 이야기하려면: { -tel-support }, 언제든지.
loss-plain = 깊은 위로를 전합니다. 저희 직원이 읽고 있으며 곧 문자 드립니다. 지금 누군가와 이야기하려면: { -tel-support }, 언제든지.

## Answers that ask nothing.

callback = 저희 직원에게 전화하도록 부탁합니다.
callback-after = 저희 직원에게 { $after } 이후 전화하도록 부탁합니다.
sorry = 죄송합니다. 답을 드렸어야 했습니다. 저희 직원이 지금 맡았고 곧 문자 드립니다.
who = { $name } 문자입니다. 저희에게 문자하신 분께만 보냅니다. 그만 받으려면 STOP, 아직 도움이 필요하면 알려 주세요.
wrong-number = 가족을 위한 무료 문자입니다. 번호를 잘못 아신 것 같습니다.
vendors = 이 문자는 가족을 위한 것입니다. 관리자가 메모를 받았습니다. 선물이나 소개 수수료는 주고받지 않습니다.
thanks = 알려 주셔서 감사합니다. 필요할 때 언제든지 문자 하세요.
help = 수유 상담사를 최대 3명 찾아 드리는 무료 문자입니다. ZIP 코드, 아기 나이, 어떤 일인지 보내 주세요. 응급은 { -tel-emergency }. 상담: { -tel-support }. 연락: { $contact }. 문자 요금이 들 수 있습니다. 그만 받으려면 STOP.
help-plain = 수유 상담사를 최대 3명 찾아 드리는 무료 문자입니다. ZIP 코드, 아기 나이, 어떤 일인지 보내 주세요. 응급은 { -tel-emergency }. 상담: { -tel-support }. 문자 요금이 들 수 있습니다. 그만 받으려면 STOP.
stopped = 이제 문자를 보내지 않습니다. 다시 필요하면 START를 보내세요. 응급: { -tel-emergency }.
restarted = 문자가 다시 켜졌습니다.
missed-call = 전화하셨지만 여기는 문자만 됩니다.
unclear = 이해하지 못했습니다.
gone-soon = 보내신 내용과 번호를 2일 안에 지웁니다.
deleting = { gone-soon } 그만 받으려면 STOP.
stopped-deleting = { stopped } { gone-soon }
spoken = { $name }입니다. 이 번호는 문자만 됩니다. 우편번호, 아기 나이, 어떤 일인지 이 번호로 문자해 주세요. 응급이면 끊고 { -tel-emergency }에 전화하세요. 안녕히 계세요.

## The names.

names = 상담사 { $count }명입니다(번호 { $code }). 연락해 주세요:
names-again = 새 이름 { $count }명(번호 { $code }). 연락해 주세요:
names-top-up = { $count }명 더(번호 { $code }):
names-more = 계속 묻고 있으며 더 답하면 문자 드립니다.
names-page = 저장하기: { $page }
names-help = 모두 안 되나요? 여기로 답해 주세요. 응급: { -tel-emergency }.
replaced = { $gone } 님은 지금 새 가족을 받을 수 없습니다(번호 { $code }). 대신:
replacing = { $gone } 님은 지금 새 가족을 받을 수 없습니다(번호 { $code }). 다른 분을 찾고 있습니다.

## Later.

still-looking = { $asked ->
    [0] 아직 답한 분이 없습니다(번호 { $code }). 더 널리 묻고 있고 저희 직원이 알고 있습니다. { $until }까지 알려 드립니다.
    [1] 아직 답한 분이 없습니다(번호 { $code }). 더 널리 묻고 있고 저희 직원이 알고 있습니다. { $until }까지 알려 드립니다.
   *[other] 아직 답한 분이 없습니다(번호 { $code }). 이제 상담사 { $asked }명에게 묻고 있고 저희 직원이 알고 있습니다. { $until }까지 알려 드립니다.
}
none-found = 죄송합니다. 하루 동안 맡을 분이 없었습니다(번호 { $code }). 저희 직원이 문자 드립니다. 그동안 무료 도움: 수유 질문 { -tel-helpline }(월-금 9-6), Baby Cafe { -tel-city }, 상담 언제든지 { -tel-support }.
follow-up = 연락이 되었나요(번호 { $code })? { $choices }, 0 아직 중에서 답해 주세요.
rate = 알려 주셔서 감사합니다. 이 문자는 어땠나요, 1(나쁨)부터 5(좋음)까지? 숫자로 답해 주시고 원하시면 한마디도 좋습니다.
follow-up-again = 알려 주셔서 감사합니다. 그분들을 빼고 다시 묻습니다. { $by }까지 새 이름을 보냅니다(번호 { $code }).
withdrawn = 묻기를 멈췄습니다(번호 { $code }). 필요할 때 언제든지 문자 하세요.
noted = 적어 두고 전달했습니다(번호 { $code }).
reopened = 죄송합니다. 그분들을 빼고 지금 다시 묻고 있으며 저희 직원이 알고 있습니다. { $by }까지 새 이름을 보냅니다(번호 { $code }).
call-ask = 번호를 드려도 되면 { $names }님이 전화할 수 있습니다(번호 { $code }). YES라고 답하시면 드립니다. 그러지 않으면 아무에게도 드리지 않습니다.
call-agreed = { $names }님에게 번호를 드렸고 전화할 수 있습니다(번호 { $code }).
more = 이름을 더 묻고 있습니다(번호 { $code }). { $by }까지 보내 드립니다.
already-asking = 이미 묻고 있습니다(번호 { $code }). { $by }까지 이름을 보냅니다.

## The page of the names.

page-area = 지역
page-visits = 방문
page-payers = 보험 및 지불
page-confirmed = { $date } 확인
page-languages = 언어
page-note = 조건
page-call = 전화
page-text = 문자
page-book = 예약
page-save = 연락처 저장
page-chosen = 이 이름을 고른 방법: 알려 주신 내용에 맞는 { $name } 상담사 모두에게 무작위 순서로 동시에 물었습니다. 먼저 답한 분을 최대 세 명, 답한 순서대로 보여 드립니다.
page-chosen-fair_start = 이 이름을 고른 방법: 알려 주신 내용에 맞는 { $name } 상담사 모두에게 무작위 순서로 물었습니다. 시간은 각자 저희 문자를 받은 때부터 셌습니다. 가장 빠른 분을 최대 세 명 보여 드립니다.
page-chosen-waves = 이 이름을 고른 방법: 가장 잘 맞는 { $name } 상담사부터 한 번에 { $size }명씩 묻고, 이름이 모자라는 동안 { $minutes }분마다 더 물었습니다. 먼저 답한 분을 최대 세 명, 답한 순서대로 보여 드립니다.
page-chosen-window = 이 이름을 고른 방법: 알려 주신 내용에 맞는 { $name } 상담사 모두에게 무작위 순서로 묻고 { $minutes }분을 기다렸습니다. 답한 분 가운데 가장 잘 맞는 분을 최대 세 명 보여 드립니다. 같으면 이름을 알려 드린 지 가장 오래된 분이 먼저입니다.
page-unpaid = 질문을 받거나 이름이 오르거나 먼저 나오기 위해 돈을 내는 사람은 없으며, 선택하신 분에게서 저희가 받는 것도 없습니다.
page-until = 이 페이지는 { $date }까지 열립니다.
