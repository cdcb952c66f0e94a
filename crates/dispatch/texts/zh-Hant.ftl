# Texts to families in traditional Chinese.
#
# Awaiting a native reader: nobody whose language this is has read it yet. Whoever does so sets
# `reviewed` to the day.
reviewed = no

## How a text is put together.

# The chapter's name stands at the head.
head = { $name }：{ $text }
between = { "" }
comma = 、
and = { $first }和{ $last }
or = { $first }還是{ $last }

## Times. `$clock` is made by `clock`, `$weekday` and `$month` by the messages below.

clock = { $at ->
    [noon] 中午12點
    [midnight] 午夜12點
   *[other] { $part ->
        [night] 凌晨
        [morning] 上午
        [afternoon] 下午
       *[evening] 晚上
    }{ $hour12 }{ $at ->
        [whole] 點
       *[minutes] :{ $minute }
    }
}
moment = { $day ->
    [today] { $clock }
    [tonight] 今晚{ $clock }
    [tomorrow] 明天{ $clock }
    [week] { $weekday }{ $clock }
   *[later] { $date }{ $weekday }{ $clock }
}
date = { $month }{ $number }日
weekday-1 = 週一
weekday-2 = 週二
weekday-3 = 週三
weekday-4 = 週四
weekday-5 = 週五
weekday-6 = 週六
weekday-7 = 週日
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月

## The baby.

age-hour = { $count }小時大
age-day = { $count }天大
age-week = { $count }週大
age-month = { $count }個月大
age-year = { $count }歲
babies = { $count ->
    [2] 雙胞胎
    [3] 三胞胎
   *[other] { $count }胞胎
}
due = { $part ->
    [early] 預產期{ $month }上旬
    [mid] 預產期{ $month }中旬
    [late] 預產期{ $month }下旬
   *[month] 預產期{ $month }
}
due-day = 預產期{ $month }{ $number }日
due-unknown = 寶寶還未出生
age-band-1 = 不到2週
age-band-2 = 2到6週
age-band-3 = 6週到3個月
age-band-4 = 3到6個月
age-band-5 = 6到12個月
age-band-6 = 1歲以上

## What help is about, as a family says it.

concern-latch_difficulty = 含乳困難
concern-nipple_pain = 乳頭疼痛
concern-low_supply = 奶水不足
concern-oversupply = 奶水過多
concern-engorgement = 脹奶
concern-plugged_duct = 堵奶
concern-mastitis = 乳腺炎
concern-thrush = 鵝口瘡
concern-tongue_tie = 舌繫帶
concern-weight_gain = 體重增長
concern-sleepy_baby = 吃奶時睡着
concern-jaundice_feeding = 黃疸期喂養
concern-newborn_feeding = 新生兒喂養
concern-nursing_strike = 不肯吃母乳
concern-bottle_refusal = 不肯用奶瓶
concern-bottle_feeding = 奶瓶喂養
concern-combo_feeding = 混合喂養
concern-pumping = 吸奶
concern-flange_fitting = 吸奶器喇叭罩尺寸
concern-exclusive_pumping = 全部吸奶
concern-return_to_work = 回去上班
concern-nicu_preterm = NICU或早產
concern-multiples = 多胞胎
concern-induced_lactation = 誘導泌乳
concern-relactation = 恢復泌乳
concern-chestfeeding_trans = 胸喂
concern-weaning = 斷奶
concern-loss_lactation = 失去寶寶後的奶水
concern-donor_milk = 捐赠母乳
concern-starting_solids = 添加輔食
concern-fussy_gassy = 哭鬧或脹氣
concern-food_allergy = 食物過敏
concern-biting = 咬乳頭
concern-tandem_pregnancy = 孕期哺乳
concern-medication_safety = 用藥問題
concern-breast_surgery = 乳房或胸部手術
concern-medical_complexity = 特殊醫療需要
concern-prenatal_consult = 產前諮詢
concern-prenatal_class = 產前課程
concern-postpartum_mood = 情緒
concern-second_opinion = 另一位的意見
concern-general = 喂養幫助

## Visits, payment, wishes, languages.

visit-home = 上門
visit-office = 到診所
visit-virtual = 視訊
visit-hospital = 在醫院
visit-group = 小組
visit-phone = 電話
payer-self_pay = 自費
payer-class = { $class }（{ $payer }）
wish-lgbtq_affirming = 尊重LGBTQ+
lang-am = 阿姆哈拉語
lang-ar = 阿拉伯語
lang-ase = 手語
lang-bn = 孟加拉語
lang-en = 英語
lang-es = 西班牙語
lang-fa = 波斯語
lang-fr = 法語
lang-ff = 富拉語
lang-he = 希伯來語
lang-hi = 印地語
lang-ht = 海地克里奧爾語
lang-it = 意大利語
lang-ja = 日語
lang-ko = 韓語
lang-pa = 旁遮普語
lang-pl = 波蘭語
lang-pt = 葡萄牙語
lang-ru = 俄語
lang-sq = 阿爾巴尼亞語
lang-tl = 他加祿語
lang-uk = 烏克蘭語
lang-ur = 烏爾都語
lang-uz = 烏茲別克語
lang-vi = 越南語
lang-wo = 沃洛夫語
lang-yi = 意第緒語
lang-zh = 中文
lang-yue = 粵語
lang-cmn = 普通話

## Sentences that several texts share.

emergency = 緊急情況請打{ -tel-emergency }。
stop = 回覆STOP停止。
reference = 編號{ $code }。
support = 免費情緒支持，全天：{ -tel-support }。
support-harm = 免費情緒支持，全天：{ -tel-support }。如有傷害自己或他人的念頭，請撥打或發簡訊到{ -tel-crisis }。
watch = 如果寶寶叫不醒、不吃奶或尿布很少濕，請馬上打電話給醫生。
tell-us = 請發來您的郵遞區號（ZIP）或社區、寶寶多大、遇到什麼問題。
person = 我們的工作人員會給您發簡訊。

## Care: what comes before everything else.

care-now-baby = 這需要馬上看醫生。請立刻打電話給寶寶的醫生，或去最近的急診室。如果寶寶渾身發軟、發青、呼吸困難或叫不醒，請打{ -tel-emergency }。請先做這件事。
care-now-parent = 這需要馬上看醫生。請立刻打電話給產科醫生或助產士，並說明懷孕或生產的情況。如果聯絡不上，請去急診室或打{ -tel-emergency }。請先做這件事。
care-now-both = 產婦和寶寶都需要馬上看醫生。請立刻打電話給兩位的醫生，或去最近的急診室。如果有人叫不醒或呼吸困難，請打{ -tel-emergency }。請先做這件事。
care-poison = 請立刻打Poison Help { -tel-poison }，再聯絡醫生。如果有人渾身發軟、抽搐、呼吸困難或叫不醒，請打{ -tel-emergency }。請先做這件事。
care-today-baby = 請今天打電話給寶寶的醫生。如果寶寶叫不醒、不吃奶或尿布很少濕，請馬上打。
care-today-weight = 請今天就體重問題打電話給寶寶的醫生。如果寶寶叫不醒或尿布很少濕，請馬上打。
care-today-parent = 請今天打電話給您的醫生或助產士。

## The first answer.

got = 已收到：{ $facts }。
got-plain = 已收到。
got-proxy = 謝謝，已收到：{ $facts }。
asking = { $asked ->
    [0] 我們正在詢問哺乳顧問。
   *[other] 我們正在詢問{ $asked }位哺乳顧問。
}
asking-from = 我們從{ $starts }開始詢問哺乳顧問。
names-by = { $by }前會發給您最多3位的姓名。
names-by-few = { $by }前會發給您最多3位的姓名，不到三位也會發。
names-here = { $by }前會把最多3位的姓名發到這個號碼。
shared = 她們能看到地點、月齡和需要，看不到您的姓名和號碼。
shared-prenatal = 她們能看到地點、預產月份和需要，看不到您的姓名和號碼。
shared-short = 她們看不到姓名和號碼。
shared-proxy = 她們能看到地點、月齡和需要，看不到任何姓名和號碼。
private-details = 請不要發患者的姓名、生日或病房號，我們不會轉告。
ask-age = 寶寶多大了？（有幫助，可以不答）
held = 我們的工作人員會先看，然後給您發簡訊。

## Questions that were put to us.

answer-cost = 這條簡訊專線免費；每位顧問自己定價。
answer-home_visits = 很多顧問可以上門。
answer-insurance = 是否接受{ $payer }或提供superbill，由每位顧問告訴您。
answer-insurance_or_superbill = 有的顧問向保險收費，有的提供superbill。
answer-medication = 我們不能就用藥給建議。請問您的藥劑師或醫生，或InfantRisk { -tel-medicines }（工作日）。吃得過多，或孩子誤服？Poison Help { -tel-poison }。
answer-advice = 我們不能給醫療建議。

## The one question.

hello = 我們可以幫您找哺乳顧問。
hello-night = 我們從{ $starts }開始詢問哺乳顧問。
ask-place = 您的郵遞區號（ZIP）或社區是什麼？
ask-place-age = 您的郵遞區號（ZIP）或社區是什麼？寶寶多大了？
then-place = 然後請發來您的郵遞區號（ZIP），我們幫您找喂養方面的幫助。
ask-zip = 在{ $borough }的郵遞區號（ZIP）是什麼？
ask-zip-age = 在{ $borough }的郵遞區號（ZIP）是什麼？寶寶多大了？
ask-which = 是哪個地方：{ $places }？也可以發郵遞區號（ZIP）。
ask-zip-again = { $raw }不是我們認識的郵遞區號。您的郵遞區號（ZIP）或社區是什麼？
out-of-area = { $place }不在我們上門的範圍內。有些顧問可以視訊。要我們問她們嗎？請回覆YES。
wants-referral = 您想找哺乳顧問嗎？請回覆YES。
wants-referral-place = 您想在{ $place }找哺乳顧問嗎？請回覆YES。
photo = 我們這裡看不到照片，也不保留。
emoji = 我們在。

## Danger, crisis, loss.

danger = 請馬上打{ -tel-emergency }。說明發生了什麼、您在哪裡。他們會告訴您在救援到來前怎麼做。不要等我們：這條簡訊專線不處理緊急情況。
crisis = 謝謝您告訴我們。您不必一個人面對。請現在撥打或發簡訊到{ -tel-crisis }（免費，全天），或孕產婦心理健康專線{ -tel-support }。如果您可能會這樣做，請打{ -tel-emergency }。我們的工作人員也會給您發簡訊。
crisis-baby = 謝謝您告訴我們。如果您可能會這樣做，請把寶寶放在安全的地方，找另一位成年人，並打{ -tel-emergency }。隨時可以撥打或發簡訊到{ -tel-crisis }，或{ -tel-support }。我們的工作人員也會給您發簡訊。
safe-to-text = 我們收到了您的簡訊。往這個手機發簡訊安全嗎？請回覆YES或NO。
loss = { $child ->
    [son] 您的兒子離開了，我們很難過。
    [daughter] 您的女兒離開了，我們很難過。
    [twins] 您的雙胞胎離開了，我們很難過。
   *[baby] 您的寶寶離開了，我們很難過。
}我們的工作人員正在看您的簡訊，很快會給您發簡訊。現在想找人說話：{ -tel-support }，全天。
loss-plain = 我們很難過。我們的工作人員正在看您的簡訊，很快會給您發簡訊。現在想找人說話：{ -tel-support }，全天。

## Answers that ask nothing.

callback = 我們會請工作人員打電話。
callback-after = 我們會請工作人員在{ $after }以後打電話。
sorry = 對不起，我們早該回覆您。工作人員正在處理，很快會給您發簡訊。
who = 這是{ $name }的簡訊專線。我們只給發過簡訊來的人發簡訊。回覆STOP不再收到簡訊；如果還需要幫助，請告訴我們。
wrong-number = 這是給家庭的免費簡訊專線，您可能發錯號碼了。
vendors = 這條線是給家庭的。管理員已收到您的留言。我們不接受禮物，也不收付轉介佣金。
thanks = 謝謝您告訴我們。需要時隨時發簡訊。
help = 免費簡訊專線，為您找最多3位哺乳顧問。請發來郵遞區號（ZIP）、寶寶多大、遇到什麼問題。不處理緊急情況：請打{ -tel-emergency }。情緒支持，全天：{ -tel-support }。聯絡：{ $contact }。可能產生簡訊和流量費用。回覆STOP停止。
help-plain = 免費簡訊專線，為您找最多3位哺乳顧問。請發來郵遞區號（ZIP）、寶寶多大、遇到什麼問題。不處理緊急情況：請打{ -tel-emergency }。情緒支持，全天：{ -tel-support }。可能產生簡訊和流量費用。回覆STOP停止。
stopped = 您不會再收到簡訊。如再需要，請回覆START。緊急情況請打{ -tel-emergency }。
restarted = 簡訊已恢復。
missed-call = 您打來了電話，但這條線只用簡訊。
unclear = 我們沒有看懂。
gone-soon = 我們會在2天內刪除您發來的內容和您的號碼。
deleting = { gone-soon }回覆STOP不再收到簡訊。
stopped-deleting = { stopped }{ gone-soon }
spoken = 這裡是{ $name }。這條線只用簡訊。請把您的郵遞區號、寶寶多大和遇到的問題發簡訊到這個號碼。如有緊急情況，請掛斷並撥打{ -tel-emergency }。再見。

## The names.

names = 有{ $count }位顧問（編號{ $code }）。請您聯絡：
names-again = 有{ $count }位新的顧問（編號{ $code }）。請您聯絡：
names-top-up = 再加{ $count }位（編號{ $code }）：
names-more = 我們繼續詢問，有人回覆再發給您。
names-page = 保存：{ $page }
names-help = 都沒空？請回覆這裡。緊急情況請打{ -tel-emergency }。
replaced = { $gone }現在不能接新的家庭（編號{ $code }）。改為：
replacing = { $gone }現在不能接新的家庭（編號{ $code }）。我們在找另一位。

## Later.

still-looking = { $asked ->
    [0] 還沒有人回覆（編號{ $code }）。我們在擴大範圍詢問，工作人員已知道。{ $until }前會再告訴您。
    [1] 還沒有人回覆（編號{ $code }）。我們在擴大範圍詢問，工作人員已知道。{ $until }前會再告訴您。
   *[other] 還沒有人回覆（編號{ $code }）。我們現在詢問{ $asked }位顧問，工作人員已知道。{ $until }前會再告訴您。
}
none-found = 對不起，一天內沒有人能接（編號{ $code }）。工作人員會給您發簡訊。同時有免費幫助：喂養問題{ -tel-helpline }（週一至週五9點到6點），Baby Cafe { -tel-city }，情緒支持全天{ -tel-support }。
follow-up = 聯絡上了嗎（編號{ $code }）？請回覆{ $choices }，或0 還沒有。
rate = 謝謝您告訴我們。這條簡訊專線對您怎麼樣，從1（差）到5（好）？請回覆數字，也可以加一句話。
follow-up-again = 謝謝您告訴我們。我們再詢問一次，不含這幾位。{ $by }前發新的姓名（編號{ $code }）。
withdrawn = 我們已停止詢問（編號{ $code }）。需要時隨時發簡訊。
noted = 已記下並轉告（編號{ $code }）。
reopened = 對不起。我們現在再詢問一次，不含這幾位，工作人員已知道。{ $by }前發新的姓名（編號{ $code }）。
call-ask = 如果您同意我們給出您的號碼，{ $names }可以給您打電話（編號{ $code }）。回覆YES我們就給。否則誰也拿不到。
call-agreed = { $names }已有您的號碼，可以給您打電話（編號{ $code }）。
more = 我們正在詢問更多名字（編號{ $code }）。{ $by }前發給您。
already-asking = 我們已經在為您詢問（編號{ $code }）。{ $by }前會發姓名。

## The page of the names.

page-area = 地區
page-visits = 到府或其他方式
page-payers = 保險和付款
page-confirmed = { $date } 確認
page-languages = 語言
page-note = 說明
page-call = 打電話
page-text = 傳簡訊
page-book = 預約
page-save = 儲存聯絡人
page-chosen = 這些名字如何選出：我們同時以隨機順序詢問了 { $name } 所有符合您情況的顧問。這裡是最先回覆的人，最多三位，按回覆先後排列。
page-chosen-fair_start = 這些名字如何選出：我們以隨機順序詢問了 { $name } 所有符合您情況的顧問。每位的時間從收到我們的簡訊算起。這裡是最快的幾位，最多三位。
page-chosen-waves = 這些名字如何選出：我們先詢問 { $name } 中最符合您情況的顧問，每次{ $size }位，名字不夠時每{ $minutes }分鐘再問下一批。這裡是最先回覆的人，最多三位，按回覆先後排列。
page-chosen-window = 這些名字如何選出：我們以隨機順序詢問了 { $name } 所有符合您情況的顧問，並等了{ $minutes }分鐘。這裡是回覆者中最符合的幾位，最多三位；同樣符合時，先列最久沒有被推薦的。
page-unpaid = 沒有人為被詢問、被推薦或排在前面付錢，我們也不會從您選擇的人那裡得到任何好處。
page-until = 本頁面有效至 { $date }。
