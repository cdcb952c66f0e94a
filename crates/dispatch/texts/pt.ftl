# Texts to families in Portuguese.
#
# Awaiting a native reader: nobody whose language this is has read it yet. Whoever does so sets
# `reviewed` to the day.
reviewed = no

## How a text is put together.

# The chapter's name stands at the head.
head = { $name }: { $text }
between = { " " }
comma = { ", " }
and = { $first } e { $last }
or = { $first } ou { $last }

## Times. `$clock` is made by `clock`, `$weekday` and `$month` by the messages below.

clock = { $at ->
    [noon] meio-dia
    [midnight] meia-noite
    [whole] { $hour24 }h
   *[minutes] { $hour24 }h{ $minute }
}
moment = { $day ->
    [today] { $clock }
    [tonight] { $clock } desta noite
    [tomorrow] { $clock } de amanhã
    [week] { $clock } de { $weekday }
   *[later] { $clock } de { $weekday }, { $date }
}
date = { $number } de { $month }
weekday-1 = segunda
weekday-2 = terça
weekday-3 = quarta
weekday-4 = quinta
weekday-5 = sexta
weekday-6 = sábado
weekday-7 = domingo
month-1 = janeiro
month-2 = fevereiro
month-3 = março
month-4 = abril
month-5 = maio
month-6 = junho
month-7 = julho
month-8 = agosto
month-9 = setembro
month-10 = outubro
month-11 = novembro
month-12 = dezembro

## The baby.

age-hour = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
}
age-day = { $count ->
    [one] { $count } dia
   *[other] { $count } dias
}
age-week = { $count ->
    [one] { $count } semana
   *[other] { $count } semanas
}
age-month = { $count ->
    [one] { $count } mês
   *[other] { $count } meses
}
age-year = { $count ->
    [one] { $count } ano
   *[other] { $count } anos
}
babies = { $count ->
    [2] gêmeos
    [3] trigêmeos
   *[other] { $count } bebês
}
due = { $part ->
    [early] parto no início de { $month }
    [mid] parto em meados de { $month }
    [late] parto no fim de { $month }
   *[month] parto em { $month }
}
due-day = parto em { $number } de { $month }
due-unknown = bebê a caminho
age-band-1 = menos de 2 semanas
age-band-2 = 2 a 6 semanas
age-band-3 = 6 semanas a 3 meses
age-band-4 = 3 a 6 meses
age-band-5 = 6 a 12 meses
age-band-6 = mais de 1 ano

## What help is about, as a family says it.

concern-latch_difficulty = pega
concern-nipple_pain = dor no mamilo
concern-low_supply = pouco leite
concern-oversupply = muito leite
concern-engorgement = peito empedrado
concern-plugged_duct = ducto entupido
concern-mastitis = mastite
concern-thrush = sapinho
concern-tongue_tie = língua presa
concern-weight_gain = ganho de peso
concern-sleepy_baby = dorme ao mamar
concern-jaundice_feeding = amamentação e icterícia
concern-newborn_feeding = amamentação do recém-nascido
concern-nursing_strike = recusa o peito
concern-bottle_refusal = recusa a mamadeira
concern-bottle_feeding = mamadeira
concern-combo_feeding = alimentação mista
concern-pumping = extração de leite
concern-flange_fitting = tamanho do funil da bomba
concern-exclusive_pumping = só extração
concern-return_to_work = volta ao trabalho
concern-nicu_preterm = NICU ou prematuro
concern-multiples = gêmeos ou mais
concern-induced_lactation = lactação induzida
concern-relactation = relactação
concern-chestfeeding_trans = amamentação, pessoa trans
concern-weaning = desmame
concern-loss_lactation = leite após uma perda
concern-donor_milk = leite doado
concern-starting_solids = primeiros sólidos
concern-fussy_gassy = choro ou gases
concern-food_allergy = alergia alimentar
concern-biting = mordidas
concern-tandem_pregnancy = amamentação na gravidez
concern-medication_safety = dúvida sobre remédio
concern-breast_surgery = cirurgia de mama ou peito
concern-medical_complexity = necessidades médicas
concern-prenatal_consult = consulta pré-natal
concern-prenatal_class = curso pré-natal
concern-postpartum_mood = ânimo
concern-second_opinion = segunda opinião
concern-general = ajuda com amamentação

## Visits, payment, wishes, languages.

visit-home = em casa
visit-office = no consultório
visit-virtual = vídeo
visit-hospital = no hospital
visit-group = em grupo
visit-phone = por telefone
payer-self_pay = particular
payer-class = { $class } ({ $payer })
wish-lgbtq_affirming = acolhimento LGBTQ+
lang-am = amárico
lang-ar = árabe
lang-ase = língua de sinais
lang-bn = bengali
lang-en = inglês
lang-es = espanhol
lang-fa = farsi
lang-fr = francês
lang-ff = fula
lang-he = hebraico
lang-hi = hindi
lang-ht = crioulo haitiano
lang-it = italiano
lang-ja = japonês
lang-ko = coreano
lang-pa = punjabi
lang-pl = polonês
lang-pt = português
lang-ru = russo
lang-sq = albanês
lang-tl = tagalo
lang-uk = ucraniano
lang-ur = urdu
lang-uz = uzbeque
lang-vi = vietnamita
lang-wo = wolof
lang-yi = iídiche
lang-zh = chinês
lang-yue = cantonês
lang-cmn = mandarim

## Sentences that several texts share.

emergency = Emergência: { -tel-emergency }.
stop = STOP para sair.
reference = Ref. { $code }.
support = Apoio grátis a qualquer hora: { -tel-support }.
support-harm = Apoio grátis a qualquer hora: { -tel-support }. Se houver ideias de se machucar, ligue ou escreva para { -tel-crisis }.
watch = Se for difícil acordar o bebê, ele não mamar ou molhar poucas fraldas, ligue já para o médico.
tell-us = Escreva seu ZIP ou bairro, a idade do bebê e o que está acontecendo.
person = Uma pessoa da equipe vai escrever.

## Care: what comes before everything else.

care-now-baby = Isto precisa de médico agora. Ligue já para o pediatra ou vá ao pronto-socorro. Ligue { -tel-emergency } se o bebê estiver mole, azul, respirar mal ou não acordar. Primeiro isso.
care-now-parent = Isto precisa de médico agora. Ligue já para o obstetra ou a parteira e conte da gravidez ou do parto. Sem resposta, vá ao pronto-socorro ou ligue { -tel-emergency }. Primeiro isso.
care-now-both = Quem deu à luz e o bebê precisam de médico agora. Ligue para os dois médicos ou vá ao pronto-socorro. Ligue { -tel-emergency } se alguém não acordar ou respirar mal. Primeiro isso.
care-poison = Ligue já para Poison Help { -tel-poison } e depois para o médico. Ligue { -tel-emergency } se alguém estiver mole, em convulsão, respirar mal ou não acordar. Primeiro isso.
care-today-baby = Ligue hoje para o pediatra. Se for difícil acordar o bebê, ele não mamar ou molhar poucas fraldas, ligue já.
care-today-weight = Ligue hoje para o pediatra por causa do peso. Se for difícil acordar o bebê ou ele molhar poucas fraldas, ligue já.
care-today-parent = Ligue hoje para seu médico ou parteira.

## The first answer.

got = Recebido: { $facts }.
got-plain = Recebido.
got-proxy = Agradecemos: { $facts }.
asking = { $asked ->
    [0] Estamos perguntando às consultoras.
    [one] Estamos perguntando a { $asked } consultora.
   *[other] Estamos perguntando a { $asked } consultoras.
}
asking-from = Perguntamos às consultoras a partir de { $starts }.
names-by = Enviamos no máximo 3 nomes até { $by }.
names-by-few = Enviamos no máximo 3 nomes até { $by }, mesmo se menos de três responderem.
names-here = Enviamos no máximo 3 nomes a este número até { $by }.
shared = Elas veem lugar, idade e necessidade, nunca seu nome ou número.
shared-prenatal = Elas veem lugar, mês do parto e necessidade, nunca seu nome ou número.
shared-short = Elas não veem nome nem número.
shared-proxy = Elas veem lugar, idade e necessidade, nunca nome ou número.
private-details = Não escreva nomes, datas de nascimento nem quartos de pacientes: não repassamos.
ask-age = Qual a idade do bebê? (ajuda, não é obrigatório)
held = Uma pessoa da equipe lê primeiro e vai escrever.

## Questions that were put to us.

answer-cost = Esta linha é grátis; cada uma define seu preço.
answer-home_visits = Muitas vão em casa.
answer-insurance = Cada uma diz se aceita { $payer } ou dá um superbill.
answer-insurance_or_superbill = Umas cobram do plano, outras dão um superbill.
answer-medication = Não aconselhamos sobre remédios: farmacêutico, médico, ou InfantRisk { -tel-medicines } (dias úteis). Tomou demais, ou foi uma criança? Poison Help { -tel-poison }.
answer-advice = Não damos conselho médico.

## The one question.

hello = Podemos achar uma consultora de amamentação.
hello-night = Perguntamos às consultoras a partir de { $starts }.
ask-place = Qual é seu ZIP ou bairro?
ask-place-age = Qual é seu ZIP ou bairro, e a idade do bebê?
then-place = Depois escreva seu ZIP e procuramos ajuda com a amamentação.
ask-zip = Qual é o ZIP ({ $borough })?
ask-zip-age = Qual é o ZIP ({ $borough }), e a idade do bebê?
ask-which = Qual é o lugar: { $places }? Ou escreva seu ZIP.
ask-zip-again = { $raw } não é um ZIP que conhecemos. Qual é seu ZIP ou bairro?
out-of-area = { $place } está fora da área que visitamos. Algumas atendem por vídeo. Perguntamos a elas? Responda YES (sim).
wants-referral = Quer uma consultora de amamentação? Responda YES (sim).
wants-referral-place = Quer uma consultora de amamentação em { $place }? Responda YES (sim).
photo = Não vemos fotos aqui e não as guardamos.
emoji = Estamos aqui.

## Danger, crisis, loss.

danger = LIGUE { -tel-emergency } AGORA. Diga o que aconteceu e onde está. Vão dizer o que fazer até a ajuda chegar. Não espere por nós: esta linha não é para emergências.
crisis = Agradecemos por contar. Não é preciso enfrentar isso sem ajuda. Ligue ou escreva agora para { -tel-crisis } (grátis, a qualquer hora) ou para a linha de saúde mental materna { -tel-support }. Se houver risco de agir, ligue { -tel-emergency }. Uma pessoa da equipe também vai escrever.
crisis-baby = Agradecemos por contar. Se houver risco de agir, ponha o bebê em lugar seguro, chame outro adulto e ligue { -tel-emergency }. Ligue ou escreva para { -tel-crisis } a qualquer hora, ou { -tel-support }. Uma pessoa da equipe também vai escrever.
safe-to-text = Recebemos sua mensagem. É seguro escrever para este telefone? Responda YES (sim) ou NO (não).
loss = Sentimos muito por { $child ->
    [son] seu filho
    [daughter] sua filha
    [twins] seus gêmeos
   *[baby] seu bebê
}. Uma pessoa da equipe está lendo isto e vai escrever em breve. Para falar com alguém agora: { -tel-support }, a qualquer hora.
loss-plain = Sentimos muito. Uma pessoa da equipe está lendo isto e vai escrever em breve. Para falar com alguém agora: { -tel-support }, a qualquer hora.

## Answers that ask nothing.

callback = Pedimos a uma pessoa da equipe que ligue.
callback-after = Pedimos a uma pessoa da equipe que ligue depois de { $after }.
sorry = Desculpe. Devíamos ter respondido. Uma pessoa da equipe já está cuidando disso e vai escrever em breve.
who = Esta é a linha de mensagens de { $name }. Só escrevemos a quem nos escreveu. Responda STOP para não receber mais, ou diga se ainda precisa de ajuda.
wrong-number = Esta é uma linha grátis de mensagens para famílias. Parece que o número está errado.
vendors = Esta linha é para famílias. A administração recebeu sua nota. Não aceitamos presentes nem comissões por indicações.
thanks = Agradecemos por contar. Escreva quando precisar.
help = Linha de mensagens grátis que acha até 3 consultoras de amamentação. Escreva seu ZIP, a idade do bebê e o que acontece. Não é para emergências: { -tel-emergency }. Apoio: { -tel-support }. Contato: { $contact }. Pode haver tarifas. STOP para sair.
help-plain = Linha de mensagens grátis que acha até 3 consultoras de amamentação. Escreva seu ZIP, a idade do bebê e o que acontece. Não é para emergências: { -tel-emergency }. Apoio: { -tel-support }. Pode haver tarifas. STOP para sair.
stopped = Não vai receber mais mensagens. Escreva START se precisar de novo. Emergência: { -tel-emergency }.
restarted = As mensagens voltaram.
missed-call = Houve uma ligação sua, mas esta linha é só por mensagens.
unclear = Não entendemos.
gone-soon = Apagamos em até 2 dias o que foi escrito e o seu número.
deleting = { gone-soon } STOP para não receber mais.
stopped-deleting = { stopped } { gone-soon }
spoken = Aqui é { $name }. Esta linha funciona só por mensagem de texto. Envie para este número seu código postal, a idade do bebê e o que está acontecendo. Se for emergência, desligue e ligue { -tel-emergency }. Até logo.

## The names.

names = { $count ->
    [one] Aqui está { $count } consultora (ref. { $code }). Entre em contato:
   *[other] Aqui estão { $count } consultoras (ref. { $code }). Entre em contato:
}
names-again = { $count ->
    [one] { $count } nome novo (ref. { $code }). Entre em contato:
   *[other] { $count } nomes novos (ref. { $code }). Entre em contato:
}
names-top-up = { $count ->
    [one] Mais { $count } nome (ref. { $code }):
   *[other] Mais { $count } nomes (ref. { $code }):
}
names-more = Continuamos perguntando e escrevemos se mais responderem.
names-page = Para guardar: { $page }
names-help = Ninguém pode? Responda aqui. Emergência: { -tel-emergency }.
replaced = { $gone } não pode atender famílias novas agora (ref. { $code }). No lugar:
replacing = { $gone } não pode atender famílias novas agora (ref. { $code }). Procuramos outro nome.

## Later.

still-looking = { $asked ->
    [0] Ninguém respondeu ainda (ref. { $code }). Perguntamos a mais consultoras e uma pessoa da equipe sabe. Escrevemos até { $until }.
    [1] Ninguém respondeu ainda (ref. { $code }). Perguntamos a mais consultoras e uma pessoa da equipe sabe. Escrevemos até { $until }.
   *[other] Ninguém respondeu ainda (ref. { $code }). Agora perguntamos a { $asked } consultoras e uma pessoa da equipe sabe. Escrevemos até { $until }.
}
none-found = Desculpe: ninguém pôde em um dia (ref. { $code }). Uma pessoa da equipe vai escrever. Ajuda grátis enquanto isso: amamentação { -tel-helpline } (seg-sex 9-18h), Baby Cafe { -tel-city }, apoio a qualquer hora { -tel-support }.
follow-up = Conseguiu falar com alguém (ref. { $code })? Responda { $choices } ou 0 ainda não.
rate = Agradecemos por contar. Como foi esta linha, de 1 (mal) a 5 (bem)? Responda o número, com umas palavras se quiser.
follow-up-again = Agradecemos por contar. Perguntamos de novo, sem esses nomes. Nomes novos até { $by } (ref. { $code }).
withdrawn = Paramos de perguntar (ref. { $code }). Escreva quando precisar.
noted = Anotado e repassado (ref. { $code }).
reopened = Desculpe. Perguntamos de novo agora, sem esses nomes, e uma pessoa da equipe sabe. Nomes novos até { $by } (ref. { $code }).
call-ask = { $names } podem ligar, se dermos o seu número (ref. { $code }). Responda YES e nós damos. Sem isso ninguém recebe.
call-agreed = { $names } já têm o seu número e podem ligar (ref. { $code }).
more = Estamos perguntando por mais nomes (ref. { $code }). Chegam até { $by }.
already-asking = Já estamos perguntando (ref. { $code }). Nomes até { $by }.

## The page of the names.

page-area = Região
page-visits = Visitas
page-payers = Seguro e pagamento
page-confirmed = confirmado em { $date }
page-languages = Idiomas
page-note = Diz
page-call = Ligar
page-text = Enviar mensagem
page-book = Marcar
page-save = Guardar contato
page-chosen = Como estes nomes foram escolhidos: perguntamos a todas as consultoras de { $name } que correspondem ao que nos contou, ao mesmo tempo e em ordem aleatória. Aqui estão as primeiras a responder, no máximo três, pela ordem das respostas.
page-chosen-fair_start = Como estes nomes foram escolhidos: perguntamos a todas as consultoras de { $name } que correspondem ao que nos contou, em ordem aleatória. O tempo de cada uma foi contado desde a chegada da nossa mensagem. Aqui estão as mais rápidas, no máximo três.
page-chosen-waves = Como estes nomes foram escolhidos: perguntamos primeiro às consultoras de { $name } que melhor correspondem, { $size } de cada vez, e a mais a cada { $minutes } minutos enquanto faltava um nome. Aqui estão as primeiras a responder, no máximo três, pela ordem das respostas.
page-chosen-window = Como estes nomes foram escolhidos: perguntamos a todas as consultoras de { $name } que correspondem ao que nos contou, em ordem aleatória, e esperamos { $minutes } minutos. Das que responderam, aqui estão as que melhor correspondem, no máximo três; entre iguais, aquelas cujo nome foi dado há mais tempo.
page-unpaid = Ninguém paga para ser perguntado, indicado ou ficar em primeiro, e não recebemos nada de quem escolher.
page-until = Esta página funciona até { $date }.
