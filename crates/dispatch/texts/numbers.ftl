# The numbers that we give to people, in one place for every language. A wrong number is worse
# than none: call each of them every quarter and then set the day here.
numbers-checked-on = 2026-11-21

# Life in danger.
-tel-emergency = 911
# 988 Suicide & Crisis Lifeline, call or text, free, any hour.
-tel-crisis = 988
# National Maternal Mental Health Hotline, call or text, any hour. It is not a crisis line.
-tel-support = 1-833-852-6262
# Poison Help, any hour.
-tel-poison = 1-800-222-1222
# InfantRisk: medicines while nursing, weekdays.
-tel-medicines = 806-352-2519
# Helpline of the Office on Women's Health, Mon-Fri 9-6 Eastern: questions of feeding.
-tel-helpline = 1-800-994-9662
# The city's services; it knows the Baby Cafes.
-tel-city = 311
