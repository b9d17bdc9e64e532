"""Words that name a theme when they are asked for, but say too little when they stand alone in a text.

"équitable" asks for fair trade; a text that calls a share équitable does not tell of it. Labels of several words are not meant:
"enfants" alone is weak, "enfants de la rue" is not.
"""

from text.stopwords import words

# Words of which other forms are other words: a name of one of them alone is met as it is written. "agricultrices" are women,
# الصم (the deaf) is in no word that only ends so.
AS_WRITTEN = words("""
agricultrice agricultrices datte dattes صم أجبان مقاولون
language languages langue langues
""")

# Words that mean their theme wherever they stand in a text, but in a short question not beside a word that makes a figure of
# them: random forest, tapis roulant, طاقة إيجابية.
FIGURATIVE = words("""
forêt forest tapis irrigation assainissement migration pollution solar honey waste farm orphan orphans traduction translation
cinéma réfugiés tissage oasis export cattle water energy énergie eau santé cooperative
التحكيم فيضان زلزال جفاف طاقة صحة زراعة ماء الري
""")
WEAK = words("""
équitable artisan artisans artisane artisanal artisanale artisanales artisanaux formateur formatrice formateurs formatrices
enfance enfant enfants jeune jeunes culture cultures côté côte côtes marais carrières carrière presse médias justice
inclusion genre entrepreneur dirigeant concession concessions réemploi recyclage apprentissage alternance facilitation
modérateur accompagnateur restructuration archivage créativité roadmap normalisation documentaire édition conte danse drogues
retraites batteries bruit légumes prison visas régularisation digital numérique commerce reconstruction accélération
accélérateur pépinières agile faisabilité recrutement secrétariat attractivité transfert puits citernes capteurs cloud bio
entretiens enquêtes questionnaire enseignant enseignante chercheur chercheuse médecin infirmier juriste avocat avocate
architecte architectes crue crues patrimoine durabilité médiateur médiatrice médiation maternelle ingénieur géographe
économiste élèves mixité intégrité monuments festival festivals évaluatrice héritage héritages architect architects
sustainability mediator children child childhood youth crafts craft library libraries heritage media press judge
welfare gender reuse recycling monitoring evaluator modelling mapping coaching facilitator moderator restructuring nurseries
nursery prisons communication sampling surveys baseline researcher scientist lawyer nurse teachers pupils literature music
dance theatre sport designer artist artists editor illustration customs fairs donations coastline lakes rubble fibre
connectivity sensors automation incubation accelerator freelance consortium replication physician
business poverty counselling mentor capers figs tax عمل العمل الشغل مكتب مكتبة المكتبات الساحل
السواحل السكن سكن المساكن النقل نقل الطفولة طفولة أطفال الأطفال الشباب شباب الثقافة ثقافة الصانع الصناع صناع حرفي حرفيون
الخياطة الخياطات الإيكولوجيا الإيكولوجية النجارة نجارة العدالة الصحافة الإعلام السلم القيادة التجارة التمويل
الفنون الرياضة الموسيقى الرقص المسرح التراث الغابة باحث باحثة محام طبيب ممرض أستاذ حاضنة
مسرعة المصاحبة الإرشاد النزاهة التدوير الوقف الحليب الدرون المصالحة الوساطة وساطة وسيط وسيطة قابلة مربية الوفود الملتقيات
المعارض السرطان الفقر climat climate مناخ المناخ environnement environment بيئة البيئة industrie industries industry صناعة الصناعة
الصناعات التصنيع innovation innovant الابتكار ابتكار infrastructure infrastructures écologie ecology ecologist accessibilité
accessibility leadership langue langues language languages اللغات لغة trade mutuelle mutuelles mutual mutuals emploi employment
التشغيل التواصل الاستدامة réconciliation reconciliation décrochage dropout dropouts vulnérabilité الهشاشة البحارة محاسبة المحاسبة
تحلية accounting équité الحضانات
""")
