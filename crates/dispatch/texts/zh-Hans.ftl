# Texts to families in simplified Chinese.
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
or = { $first }还是{ $last }

## Times. `$clock` is made by `clock`, `$weekday` and `$month` by the messages below.

clock = { $at ->
    [noon] 中午12点
    [midnight] 午夜12点
   *[other] { $part ->
        [night] 凌晨
        [morning] 上午
        [afternoon] 下午
       *[evening] 晚上
    }{ $hour12 }{ $at ->
        [whole] 点
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
weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日
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

age-hour = { $count }小时大
age-day = { $count }天大
age-week = { $count }周大
age-month = { $count }个月大
age-year = { $count }岁
babies = { $count ->
    [2] 双胞胎
    [3] 三胞胎
   *[other] { $count }胞胎
}
due = { $part ->
    [early] 预产期{ $month }上旬
    [mid] 预产期{ $month }中旬
    [late] 预产期{ $month }下旬
   *[month] 预产期{ $month }
}
due-day = 预产期{ $month }{ $number }日
due-unknown = 宝宝还未出生
age-band-1 = 不到2周
age-band-2 = 2到6周
age-band-3 = 6周到3个月
age-band-4 = 3到6个月
age-band-5 = 6到12个月
age-band-6 = 1岁以上

## What help is about, as a family says it.

concern-latch_difficulty = 含乳困难
concern-nipple_pain = 乳头疼痛
concern-low_supply = 奶水不足
concern-oversupply = 奶水过多
concern-engorgement = 胀奶
concern-plugged_duct = 堵奶
concern-mastitis = 乳腺炎
concern-thrush = 鹅口疮
concern-tongue_tie = 舌系带
concern-weight_gain = 体重增长
concern-sleepy_baby = 吃奶时睡着
concern-jaundice_feeding = 黄疸期喂养
concern-newborn_feeding = 新生儿喂养
concern-nursing_strike = 不肯吃母乳
concern-bottle_refusal = 不肯用奶瓶
concern-bottle_feeding = 奶瓶喂养
concern-combo_feeding = 混合喂养
concern-pumping = 吸奶
concern-flange_fitting = 吸奶器喇叭罩尺寸
concern-exclusive_pumping = 全部吸奶
concern-return_to_work = 回去上班
concern-nicu_preterm = NICU或早产
concern-multiples = 多胞胎
concern-induced_lactation = 诱导泌乳
concern-relactation = 恢复泌乳
concern-chestfeeding_trans = 胸喂
concern-weaning = 断奶
concern-loss_lactation = 失去宝宝后的奶水
concern-donor_milk = 捐赠母乳
concern-starting_solids = 添加辅食
concern-fussy_gassy = 哭闹或胀气
concern-food_allergy = 食物过敏
concern-biting = 咬乳头
concern-tandem_pregnancy = 孕期哺乳
concern-medication_safety = 用药问题
concern-breast_surgery = 乳房或胸部手术
concern-medical_complexity = 特殊医疗需要
concern-prenatal_consult = 产前咨询
concern-prenatal_class = 产前课程
concern-postpartum_mood = 情绪
concern-second_opinion = 另一位的意见
concern-general = 喂养帮助

## Visits, payment, wishes, languages.

visit-home = 上门
visit-office = 到诊所
visit-virtual = 视频
visit-hospital = 在医院
visit-group = 小组
visit-phone = 电话
payer-self_pay = 自费
payer-class = { $class }（{ $payer }）
wish-lgbtq_affirming = 尊重LGBTQ+
lang-am = 阿姆哈拉语
lang-ar = 阿拉伯语
lang-ase = 手语
lang-bn = 孟加拉语
lang-en = 英语
lang-es = 西班牙语
lang-fa = 波斯语
lang-fr = 法语
lang-ff = 富拉语
lang-he = 希伯来语
lang-hi = 印地语
lang-ht = 海地克里奥尔语
lang-it = 意大利语
lang-ja = 日语
lang-ko = 韩语
lang-pa = 旁遮普语
lang-pl = 波兰语
lang-pt = 葡萄牙语
lang-ru = 俄语
lang-sq = 阿尔巴尼亚语
lang-tl = 他加禄语
lang-uk = 乌克兰语
lang-ur = 乌尔都语
lang-uz = 乌兹别克语
lang-vi = 越南语
lang-wo = 沃洛夫语
lang-yi = 意第绪语
lang-zh = 中文
lang-yue = 粤语
lang-cmn = 普通话

## Sentences that several texts share.

emergency = 紧急情况请打{ -tel-emergency }。
stop = 回复STOP停止。
reference = 编号{ $code }。
support = 免费情绪支持，全天：{ -tel-support }。
support-harm = 免费情绪支持，全天：{ -tel-support }。如有伤害自己或他人的念头，请拨打或发短信到{ -tel-crisis }。
watch = 如果宝宝叫不醒、不吃奶或尿布很少湿，请马上打电话给医生。
tell-us = 请发来您的邮编（ZIP）或社区、宝宝多大、遇到什么问题。
person = 我们的工作人员会给您发短信。

## Care: what comes before everything else.

care-now-baby = 这需要马上看医生。请立刻打电话给宝宝的医生，或去最近的急诊室。如果宝宝浑身发软、发青、呼吸困难或叫不醒，请打{ -tel-emergency }。请先做这件事。
care-now-parent = 这需要马上看医生。请立刻打电话给产科医生或助产士，并说明怀孕或生产的情况。如果联系不上，请去急诊室或打{ -tel-emergency }。请先做这件事。
care-now-both = 产妇和宝宝都需要马上看医生。请立刻打电话给两位的医生，或去最近的急诊室。如果有人叫不醒或呼吸困难，请打{ -tel-emergency }。请先做这件事。
care-poison = 请立刻打Poison Help { -tel-poison }，再联系医生。如果有人浑身发软、抽搐、呼吸困难或叫不醒，请打{ -tel-emergency }。请先做这件事。
care-today-baby = 请今天打电话给宝宝的医生。如果宝宝叫不醒、不吃奶或尿布很少湿，请马上打。
care-today-weight = 请今天就体重问题打电话给宝宝的医生。如果宝宝叫不醒或尿布很少湿，请马上打。
care-today-parent = 请今天打电话给您的医生或助产士。

## The first answer.

got = 已收到：{ $facts }。
got-plain = 已收到。
got-proxy = 谢谢，已收到：{ $facts }。
asking = { $asked ->
    [0] 我们正在询问哺乳顾问。
   *[other] 我们正在询问{ $asked }位哺乳顾问。
}
asking-from = 我们从{ $starts }开始询问哺乳顾问。
names-by = { $by }前会发给您最多3位的姓名。
names-by-few = { $by }前会发给您最多3位的姓名，不到三位也会发。
names-here = { $by }前会把最多3位的姓名发到这个号码。
shared = 她们能看到地点、月龄和需要，看不到您的姓名和号码。
shared-prenatal = 她们能看到地点、预产月份和需要，看不到您的姓名和号码。
shared-short = 她们看不到姓名和号码。
shared-proxy = 她们能看到地点、月龄和需要，看不到任何姓名和号码。
private-details = 请不要发患者的姓名、生日或病房号，我们不会转告。
ask-age = 宝宝多大了？（有帮助，可以不答）
held = 我们的工作人员会先看，然后给您发短信。

## Questions that were put to us.

answer-cost = 这条短信线免费；每位顾问自己定价。
answer-home_visits = 很多顾问可以上门。
answer-insurance = 是否接受{ $payer }或提供superbill，由每位顾问告诉您。
answer-insurance_or_superbill = 有的顾问向保险收费，有的提供superbill。
answer-medication = 我们不能就用药给建议。请问您的药剂师或医生，或InfantRisk { -tel-medicines }（工作日）。吃得过多，或孩子误服？Poison Help { -tel-poison }。
answer-advice = 我们不能给医疗建议。

## The one question.

hello = 我们可以帮您找哺乳顾问。
hello-night = 我们从{ $starts }开始询问哺乳顾问。
ask-place = 您的邮编（ZIP）或社区是什么？
ask-place-age = 您的邮编（ZIP）或社区是什么？宝宝多大了？
then-place = 然后请发来您的邮编（ZIP），我们帮您找喂养方面的帮助。
ask-zip = 在{ $borough }的邮编（ZIP）是什么？
ask-zip-age = 在{ $borough }的邮编（ZIP）是什么？宝宝多大了？
ask-which = 是哪个地方：{ $places }？也可以发邮编（ZIP）。
ask-zip-again = { $raw }不是我们认识的邮编。您的邮编（ZIP）或社区是什么？
out-of-area = { $place }不在我们上门的范围内。有些顾问可以视频。要我们问她们吗？请回复YES。
wants-referral = 您想找哺乳顾问吗？请回复YES。
wants-referral-place = 您想在{ $place }找哺乳顾问吗？请回复YES。
photo = 我们这里看不到照片，也不保留。
emoji = 我们在。

## Danger, crisis, loss.

danger = 请马上打{ -tel-emergency }。说明发生了什么、您在哪里。他们会告诉您在救援到来前怎么做。不要等我们：这条短信线不处理紧急情况。
crisis = 谢谢您告诉我们。您不必一个人面对。请现在拨打或发短信到{ -tel-crisis }（免费，全天），或孕产妇心理健康热线{ -tel-support }。如果您可能会这样做，请打{ -tel-emergency }。我们的工作人员也会给您发短信。
crisis-baby = 谢谢您告诉我们。如果您可能会这样做，请把宝宝放在安全的地方，找另一位成年人，并打{ -tel-emergency }。随时可以拨打或发短信到{ -tel-crisis }，或{ -tel-support }。我们的工作人员也会给您发短信。
safe-to-text = 我们收到了您的短信。往这个手机发短信安全吗？请回复YES或NO。
loss = { $child ->
    [son] 您的儿子离开了，我们很难过。
    [daughter] 您的女儿离开了，我们很难过。
    [twins] 您的双胞胎离开了，我们很难过。
   *[baby] 您的宝宝离开了，我们很难过。
}我们的工作人员正在看您的短信，很快会给您发短信。现在想找人说话：{ -tel-support }，全天。
loss-plain = 我们很难过。我们的工作人员正在看您的短信，很快会给您发短信。现在想找人说话：{ -tel-support }，全天。

## Answers that ask nothing.

callback = 我们会请工作人员打电话。
callback-after = 我们会请工作人员在{ $after }以后打电话。
sorry = 对不起，我们早该回复您。工作人员正在处理，很快会给您发短信。
who = 这是{ $name }的短信线。我们只给发过短信来的人发短信。回复STOP不再收到短信；如果还需要帮助，请告诉我们。
wrong-number = 这是给家庭的免费短信线，您可能发错号码了。
vendors = 这条线是给家庭的。管理员已收到您的留言。我们不接受礼物，也不收付转介佣金。
thanks = 谢谢您告诉我们。需要时随时发短信。
help = 免费短信线，为您找最多3位哺乳顾问。请发来邮编（ZIP）、宝宝多大、遇到什么问题。不处理紧急情况：请打{ -tel-emergency }。情绪支持，全天：{ -tel-support }。联系：{ $contact }。可能产生短信和流量费用。回复STOP停止。
help-plain = 免费短信线，为您找最多3位哺乳顾问。请发来邮编（ZIP）、宝宝多大、遇到什么问题。不处理紧急情况：请打{ -tel-emergency }。情绪支持，全天：{ -tel-support }。可能产生短信和流量费用。回复STOP停止。
stopped = 您不会再收到短信。如再需要，请回复START。紧急情况请打{ -tel-emergency }。
restarted = 短信已恢复。
missed-call = 您打来了电话，但这条线只用短信。
unclear = 我们没有看懂。
gone-soon = 我们会在2天内删除您发来的内容和您的号码。
deleting = { gone-soon }回复STOP不再收到短信。
stopped-deleting = { stopped }{ gone-soon }
spoken = 这里是{ $name }。这条线只用短信。请把您的邮编、宝宝多大和遇到的问题发短信到这个号码。如有紧急情况，请挂断并拨打{ -tel-emergency }。再见。

## The names.

names = 有{ $count }位顾问（编号{ $code }）。请您联系：
names-again = 有{ $count }位新的顾问（编号{ $code }）。请您联系：
names-top-up = 再加{ $count }位（编号{ $code }）：
names-more = 我们继续询问，有人回复再发给您。
names-page = 保存：{ $page }
names-help = 都没空？请回复这里。紧急情况请打{ -tel-emergency }。
replaced = { $gone }现在不能接新的家庭（编号{ $code }）。改为：
replacing = { $gone }现在不能接新的家庭（编号{ $code }）。我们在找另一位。

## Later.

still-looking = { $asked ->
    [0] 还没有人回复（编号{ $code }）。我们在扩大范围询问，工作人员已知道。{ $until }前会再告诉您。
    [1] 还没有人回复（编号{ $code }）。我们在扩大范围询问，工作人员已知道。{ $until }前会再告诉您。
   *[other] 还没有人回复（编号{ $code }）。我们现在询问{ $asked }位顾问，工作人员已知道。{ $until }前会再告诉您。
}
none-found = 对不起，一天内没有人能接（编号{ $code }）。工作人员会给您发短信。同时有免费帮助：喂养问题{ -tel-helpline }（周一至周五9点到6点），Baby Cafe { -tel-city }，情绪支持全天{ -tel-support }。
follow-up = 联系上了吗（编号{ $code }）？请回复{ $choices }，或0 还没有。
rate = 谢谢您告诉我们。这条短信线对您怎么样，从1（差）到5（好）？请回复数字，也可以加一句话。
follow-up-again = 谢谢您告诉我们。我们再询问一次，不含这几位。{ $by }前发新的姓名（编号{ $code }）。
withdrawn = 我们已停止询问（编号{ $code }）。需要时随时发短信。
noted = 已记下并转告（编号{ $code }）。
reopened = 对不起。我们现在再询问一次，不含这几位，工作人员已知道。{ $by }前发新的姓名（编号{ $code }）。
call-ask = 如果您同意我们给出您的号码，{ $names }可以给您打电话（编号{ $code }）。回复YES我们就给。否则谁也拿不到。
call-agreed = { $names }已有您的号码，可以给您打电话（编号{ $code }）。
more = 我们正在询问更多名字（编号{ $code }）。{ $by }前发给您。
already-asking = 我们已经在为您询问（编号{ $code }）。{ $by }前会发姓名。

## The page of the names.

page-area = 地区
page-visits = 上门或其他方式
page-payers = 保险和付款
page-confirmed = { $date } 确认
page-languages = 语言
page-note = 说明
page-call = 打电话
page-text = 发短信
page-book = 预约
page-save = 保存联系人
page-chosen = 这些名字如何选出：我们同时以随机顺序询问了 { $name } 所有符合您情况的顾问。这里是最先回复的人，最多三位，按回复先后排列。
page-chosen-fair_start = 这些名字如何选出：我们以随机顺序询问了 { $name } 所有符合您情况的顾问。每位的时间从收到我们的短信算起。这里是最快的几位，最多三位。
page-chosen-waves = 这些名字如何选出：我们先询问 { $name } 中最符合您情况的顾问，每次{ $size }位，名字不够时每{ $minutes }分钟再问下一批。这里是最先回复的人，最多三位，按回复先后排列。
page-chosen-window = 这些名字如何选出：我们以随机顺序询问了 { $name } 所有符合您情况的顾问，并等了{ $minutes }分钟。这里是回复者中最符合的几位，最多三位；同样符合时，先列最久没有被推荐的。
page-unpaid = 没有人为被询问、被推荐或排在前面付钱，我们也不会从您选择的人那里得到任何好处。
page-until = 本页面有效至 { $date }。
