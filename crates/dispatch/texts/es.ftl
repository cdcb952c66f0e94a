# Texts to families in Spanish.
#
# Awaiting a native reader: nobody whose language this is has read it yet. Whoever does so sets
# `reviewed` to the day.
reviewed = no

## How a text is put together.

# The chapter's name stands at the head.
head = { $name }: { $text }
between = { " " }
comma = { ", " }
and = { $first } y { $last }
or = { $first } o { $last }

## Times. `$clock` is made by `clock`, `$weekday` and `$month` by the messages below.

clock = { $at ->
    [noon] las 12 del mediodía
    [midnight] las 12 de la noche
    [whole] { $hour12 ->
        [1] la 1 { $half }
       *[other] las { $hour12 } { $half }
    }
   *[minutes] { $hour12 ->
        [1] la 1:{ $minute } { $half }
       *[other] las { $hour12 }:{ $minute } { $half }
    }
}
moment = { $day ->
    [today] { $clock }
    [tonight] { $clock } de esta noche
    [tomorrow] { $clock } de mañana
    [week] { $clock } del { $weekday }
   *[later] { $clock } del { $weekday } { $date }
}
date = { $number } de { $month }
weekday-1 = lunes
weekday-2 = martes
weekday-3 = miércoles
weekday-4 = jueves
weekday-5 = viernes
weekday-6 = sábado
weekday-7 = domingo
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre

## The baby.

age-hour = { $count ->
    [one] 1 hora
   *[other] { $count } horas
}
age-day = { $count ->
    [one] 1 día
   *[other] { $count } días
}
age-week = { $count ->
    [one] 1 semana
   *[other] { $count } semanas
}
age-month = { $count ->
    [one] 1 mes
   *[other] { $count } meses
}
age-year = { $count ->
    [one] 1 año
   *[other] { $count } años
}
babies = { $count ->
    [2] gemelos
    [3] trillizos
   *[other] { $count } bebés
}
due = { $part ->
    [early] parto a principios de { $month }
    [mid] parto a mediados de { $month }
    [late] parto a fines de { $month }
   *[month] parto en { $month }
}
due-day = parto el { $number } de { $month }
due-unknown = bebé en camino
age-band-1 = menos de 2 semanas
age-band-2 = 2 a 6 semanas
age-band-3 = 6 semanas a 3 meses
age-band-4 = 3 a 6 meses
age-band-5 = 6 a 12 meses
age-band-6 = más de 1 año

## What help is about, as a family says it.

concern-latch_difficulty = agarre
concern-nipple_pain = dolor de pezón
concern-low_supply = poca leche
concern-oversupply = demasiada leche
concern-engorgement = pechos muy llenos
concern-plugged_duct = conducto tapado
concern-mastitis = mastitis
concern-thrush = candidiasis
concern-tongue_tie = frenillo
concern-weight_gain = aumento de peso
concern-sleepy_baby = se duerme al comer
concern-jaundice_feeding = ictericia y alimentación
concern-newborn_feeding = alimentación de recién nacido
concern-nursing_strike = rechaza el pecho
concern-bottle_refusal = rechaza el biberón
concern-bottle_feeding = biberón
concern-combo_feeding = alimentación mixta
concern-pumping = extracción de leche
concern-flange_fitting = talla de la copa del extractor
concern-exclusive_pumping = solo extracción
concern-return_to_work = vuelta al trabajo
concern-nicu_preterm = NICU o prematuro
concern-multiples = embarazo múltiple
concern-induced_lactation = lactancia inducida
concern-relactation = relactancia
concern-chestfeeding_trans = lactancia trans
concern-weaning = destete
concern-loss_lactation = leche después de una pérdida
concern-donor_milk = leche donada
concern-starting_solids = primeros sólidos
concern-fussy_gassy = inquietud o gases
concern-food_allergy = alergia alimentaria
concern-biting = mordidas
concern-tandem_pregnancy = lactancia en el embarazo
concern-medication_safety = pregunta sobre medicinas
concern-breast_surgery = cirugía de pecho
concern-medical_complexity = necesidades médicas
concern-prenatal_consult = consulta prenatal
concern-prenatal_class = clase prenatal
concern-postpartum_mood = ánimo
concern-second_opinion = segunda opinión
concern-general = ayuda con la lactancia

## Visits, payment, wishes, languages.

visit-home = a domicilio
visit-office = en consultorio
visit-virtual = por video
visit-hospital = en el hospital
visit-group = en grupo
visit-phone = por teléfono
payer-self_pay = pago propio
payer-class = { $class } ({ $payer })
wish-lgbtq_affirming = atención LGBTQ+ afirmativa
lang-am = amhárico
lang-ar = árabe
lang-ase = lengua de señas
lang-bn = bengalí
lang-en = inglés
lang-es = español
lang-fa = persa
lang-fr = francés
lang-ff = fula
lang-he = hebreo
lang-hi = hindi
lang-ht = criollo haitiano
lang-it = italiano
lang-ja = japonés
lang-ko = coreano
lang-pa = panyabí
lang-pl = polaco
lang-pt = portugués
lang-ru = ruso
lang-sq = albanés
lang-tl = tagalo
lang-uk = ucraniano
lang-ur = urdu
lang-uz = uzbeko
lang-vi = vietnamita
lang-wo = wolof
lang-yi = yidis
lang-zh = chino
lang-yue = cantonés
lang-cmn = mandarín

## Sentences that several texts share.

emergency = Emergencia: { -tel-emergency }.
stop = STOP para salir.
reference = Ref. { $code }.
support = Apoyo gratis a toda hora: { -tel-support }.
support-harm = Apoyo gratis a toda hora: { -tel-support }. Si hay ideas de hacerse daño, llame o escriba al { -tel-crisis }.
watch = Si cuesta despertar al bebé, no come o moja pocos pañales, llame ya al pediatra.
tell-us = Escriba su código postal (ZIP) o barrio, la edad del bebé y qué pasa.
person = Una persona del equipo le escribirá.

## Care: what comes before everything else.

care-now-baby = Esto necesita un médico ya. Llame ahora mismo al pediatra o vaya a urgencias. Llame al { -tel-emergency } si el bebé está flácido, azul, respira mal o no despierta. Primero esto.
care-now-parent = Esto necesita un médico ya. Llame ahora mismo a su ginecólogo o partera y cuente del embarazo o parto. Si no contestan, vaya a urgencias o llame al { -tel-emergency }. Primero esto.
care-now-both = Quien dio a luz y el bebé necesitan un médico ya. Llame ya a los dos médicos o vaya a urgencias. Llame al { -tel-emergency } si alguien no despierta o respira mal. Primero esto.
care-poison = Llame ya a Poison Help { -tel-poison } y luego al médico. Llame al { -tel-emergency } si alguien está flácido, convulsiona, respira mal o no despierta. Primero esto.
care-today-baby = Llame hoy al pediatra. Si cuesta despertar al bebé, no come o moja pocos pañales, llame ya.
care-today-weight = Llame hoy al pediatra por el peso. Si cuesta despertar al bebé o moja pocos pañales, llame ya.
care-today-parent = Llame hoy a su médico o partera.

## The first answer.

got = Recibido: { $facts }.
got-plain = Recibido.
got-proxy = Gracias: { $facts }.
asking = { $asked ->
    [0] Preguntamos a nuestras consultoras.
    [one] Preguntamos a 1 consultora.
   *[other] Preguntamos a { $asked } consultoras.
}
asking-from = Preguntamos a las consultoras desde { $starts }.
names-by = Hasta 3 nombres antes de { $by }.
names-by-few = Hasta 3 nombres antes de { $by }, aunque respondan menos de tres.
names-here = Hasta 3 nombres a este número antes de { $by }.
shared = Ellas ven zona, edad y necesidad, nunca su nombre ni número.
shared-prenatal = Ellas ven zona, mes del parto y necesidad, nunca su nombre ni número.
shared-short = Ellas no ven nombre ni número.
shared-proxy = Ellas ven zona, edad y necesidad, nunca nombre ni número.
private-details = No escriba nombres, fechas de nacimiento ni cuartos de pacientes: no los pasamos.
ask-age = ¿Qué edad tiene el bebé? (ayuda, no es obligatorio)
held = Una persona del equipo lo lee primero y le escribirá.

## Questions that were put to us.

answer-cost = Esta línea es gratis; cada una pone su precio.
answer-home_visits = Muchas van a domicilio.
answer-insurance = Cada una dice si acepta { $payer } o da un recibo (superbill).
answer-insurance_or_superbill = Unas cobran al seguro, otras dan un recibo (superbill).
answer-medication = No aconsejamos sobre medicinas. Su farmacéutico o médico sí, o InfantRisk { -tel-medicines } (lun-vie). ¿Tomó demasiado, o un niño? Poison Help { -tel-poison }.
answer-advice = No damos consejo médico.

## The one question.

hello = Le ayudamos a encontrar una consultora de lactancia.
hello-night = Preguntamos a las consultoras desde { $starts }.
ask-place = ¿Cuál es su código postal (ZIP) o barrio?
ask-place-age = ¿Cuál es su código postal (ZIP) o barrio, y qué edad tiene el bebé?
then-place = Luego escriba su código postal (ZIP) y buscamos ayuda con la lactancia.
ask-zip = ¿Cuál es el código postal (ZIP) en { $borough ->
    [Bronx] el Bronx
   *[other] { $borough }
}?
ask-zip-age = ¿Cuál es el código postal (ZIP) en { $borough ->
    [Bronx] el Bronx
   *[other] { $borough }
}, y qué edad tiene el bebé?
ask-which = ¿Cuál lugar es: { $places }? O escriba su código postal (ZIP).
ask-zip-again = { $raw } no es un código postal que conozcamos. ¿Cuál es su ZIP o barrio?
out-of-area = { $place } está fuera de la zona que visitamos. Algunas consultoras atienden por video. ¿Les preguntamos? Responda YES (sí).
wants-referral = ¿Quiere una consultora de lactancia? Responda YES (sí).
wants-referral-place = ¿Quiere una consultora de lactancia en { $place }? Responda YES (sí).
photo = Aquí no podemos ver fotos y no las guardamos.
emoji = Estamos aquí.

## Danger, crisis, loss.

danger = LLAME AL { -tel-emergency } YA. Diga qué pasó y dónde está. Le dirán qué hacer hasta que llegue la ayuda. No espere por nosotros: esta línea no es para emergencias.
crisis = Gracias por decirnos. No tiene que pasar por esto a solas. Llame o escriba ya al { -tel-crisis } (gratis, a toda hora) o a la línea de salud mental materna { -tel-support }. Si cree que puede hacerlo, llame al { -tel-emergency }. Una persona del equipo también le escribirá.
crisis-baby = Gracias por decirnos. Si cree que puede hacerlo, deje al bebé en un lugar seguro, busque a otro adulto y llame al { -tel-emergency }. Llame o escriba al { -tel-crisis } a toda hora, o al { -tel-support }. Una persona del equipo también le escribirá.
safe-to-text = Recibimos su mensaje. ¿Es seguro escribirle a este teléfono? Responda YES (sí) o NO.
loss = Lo sentimos mucho por { $child ->
    [son] su hijo
    [daughter] su hija
    [twins] sus gemelos
   *[baby] su bebé
}. Una persona del equipo está leyendo esto y le escribirá pronto. Para hablar con alguien ahora: { -tel-support }, a toda hora.
loss-plain = Lo sentimos mucho. Una persona del equipo está leyendo esto y le escribirá pronto. Para hablar con alguien ahora: { -tel-support }, a toda hora.

## Answers that ask nothing.

callback = Pedimos a una persona del equipo que llame.
callback-after = Pedimos a una persona del equipo que llame después de { $after }.
sorry = Lo sentimos. Debimos responderle. Una persona del equipo ya lo tiene y le escribirá pronto.
who = Esta es la línea de mensajes de { $name }. Solo escribimos a quien nos escribió. Responda STOP para no recibir más, o díganos si aún necesita ayuda.
wrong-number = Esta es una línea gratis de mensajes para familias. Parece un número equivocado.
vendors = Esta línea es para familias. La administración tiene su nota. No aceptamos regalos ni comisiones por referencias.
thanks = Gracias por contarnos. Escriba cuando nos necesite.
help = Línea de mensajes gratis que le busca hasta 3 consultoras de lactancia. Escriba su ZIP, la edad del bebé y qué pasa. No es para emergencias: llame al { -tel-emergency }. Apoyo a toda hora: { -tel-support }. Contacto: { $contact }. Pueden aplicar tarifas. STOP para salir.
help-plain = Línea de mensajes gratis que le busca hasta 3 consultoras de lactancia. Escriba su ZIP, la edad del bebé y qué pasa. No es para emergencias: llame al { -tel-emergency }. Apoyo a toda hora: { -tel-support }. Pueden aplicar tarifas. STOP para salir.
stopped = Ya no recibirá más mensajes. Escriba START si nos necesita otra vez. Emergencia: { -tel-emergency }.
restarted = Los mensajes están activos otra vez.
missed-call = Usted llamó, pero esta línea es solo de mensajes.
unclear = No entendimos.
gone-soon = Borramos lo que nos escribió y su número en un plazo de 2 días.
deleting = { gone-soon } STOP para no recibir más mensajes.
stopped-deleting = { stopped } { gone-soon }
spoken = Esta es la línea de { $name }. Funciona solo por mensajes de texto. Por favor envíe a este número su código postal, la edad del bebé y qué pasa. Si es una emergencia, cuelgue y llame al { -tel-emergency }. Adiós.

## The names.

names = { $count ->
    [one] Aquí tiene 1 consultora (ref. { $code }). Por favor comuníquese:
   *[other] Aquí tiene { $count } consultoras (ref. { $code }). Por favor comuníquese:
}
names-again = { $count ->
    [one] 1 nombre nuevo (ref. { $code }). Por favor comuníquese:
   *[other] { $count } nombres nuevos (ref. { $code }). Por favor comuníquese:
}
names-top-up = { $count ->
    [one] 1 nombre más (ref. { $code }):
   *[other] { $count } nombres más (ref. { $code }):
}
names-more = Seguimos preguntando y le escribimos si responden más.
names-page = Para guardarlas: { $page }
names-help = ¿Ninguna puede? Responda aquí. Emergencia: { -tel-emergency }.
replaced = { $gone } no puede atender familias nuevas ahora (ref. { $code }). En su lugar:
replacing = { $gone } no puede atender familias nuevas ahora (ref. { $code }). Buscamos otro nombre.

## Later.

still-looking = { $asked ->
    [0] Aún no responde nadie (ref. { $code }). Preguntamos a más consultoras y una persona del equipo lo sabe. Le escribimos antes de { $until }.
    [one] Aún no responde nadie (ref. { $code }). Preguntamos a más consultoras y una persona del equipo lo sabe. Le escribimos antes de { $until }.
   *[other] Aún no responde nadie (ref. { $code }). Ahora preguntamos a { $asked } consultoras y una persona del equipo lo sabe. Le escribimos antes de { $until }.
}
none-found = Lo sentimos: nadie pudo en un día (ref. { $code }). Una persona del equipo le escribirá. Ayuda gratis mientras tanto: preguntas de lactancia { -tel-helpline } (lunes a viernes 9-6), Baby Cafes { -tel-city }, apoyo a toda hora { -tel-support }.
follow-up = ¿Logró hablar con alguien (ref. { $code })? Responda { $choices } o 0 nadie aún.
rate = Gracias por contarnos. ¿Qué tal le fue con esta línea, de 1 (mal) a 5 (bien)? Responda el número, con unas palabras si quiere.
follow-up-again = Gracias por contarnos. Preguntamos otra vez, sin esos nombres. Nombres nuevos antes de { $by } (ref. { $code }).
withdrawn = Dejamos de preguntar (ref. { $code }). Escriba cuando nos necesite.
noted = Anotado y transmitido (ref. { $code }).
reopened = Lo sentimos. Preguntamos otra vez ahora, sin esos nombres, y una persona del equipo lo sabe. Nombres nuevos antes de { $by } (ref. { $code }).
call-ask = { $names } pueden llamarle, si les damos su número (ref. { $code }). Responda YES y lo damos. Si no, nadie lo recibe.
call-agreed = { $names } ya tienen su número y pueden llamarle (ref. { $code }).
more = Estamos preguntando por más nombres (ref. { $code }). Los recibe antes de { $by }.
already-asking = Ya estamos preguntando por usted (ref. { $code }). Tendrá nombres antes de { $by }.

## The page of the names.

page-area = Zona
page-visits = Visitas
page-payers = Seguro y pago
page-confirmed = confirmado el { $date }
page-languages = Idiomas
page-note = Dice
page-call = Llamar
page-text = Mandar mensaje
page-book = Reservar
page-save = Guardar contacto
page-chosen = Cómo se eligieron estos nombres: preguntamos a todas las consultoras de { $name } que encajan con lo que nos contó, a la vez y en orden al azar. Aquí están las primeras que respondieron, tres como máximo, en el orden de sus respuestas.
page-chosen-fair_start = Cómo se eligieron estos nombres: preguntamos a todas las consultoras de { $name } que encajan con lo que nos contó, en orden al azar. A cada una le contamos el tiempo desde que le llegó nuestro mensaje. Aquí están las más rápidas, tres como máximo.
page-chosen-waves = Cómo se eligieron estos nombres: preguntamos primero a las consultoras de { $name } que mejor encajan, de { $size } en { $size }, y a más cada { $minutes } minutos mientras faltaba un nombre. Aquí están las primeras que respondieron, tres como máximo, en el orden de sus respuestas.
page-chosen-window = Cómo se eligieron estos nombres: preguntamos a todas las consultoras de { $name } que encajan con lo que nos contó, en orden al azar, y esperamos { $minutes } minutos. De las que respondieron, aquí están las que mejor encajan, tres como máximo; entre iguales, aquellas cuyo nombre dimos hace más tiempo.
page-unpaid = Nadie paga para que le preguntemos, para que demos su nombre ni para estar primera, y no recibimos nada de quien usted elija.
page-until = Esta página funciona hasta el { $date }.
