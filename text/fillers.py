"""Words of a question that say nothing about its subject: those that ask for somebody, titles, general words of the field.

"We are looking for an expert who could help us" has no subject; in "gestion des déchets" and "مكافحة التصحر" the first word only
leads to it. Both are listed by what they say, so that a gap can be seen.
"""

from text.stopwords import words

# In a directory of people every entry is an expert: these must not narrow the answer.
_WANTING = """
cherche cherchons cherchent recherche recherchons recherchent rechercher chercher trouver trouve trouvons besoin besoins veux
veut voulons veulent vouloir voudrais voudrait voudrions souhaite souhaitons souhaitent souhaiterais souhaiterions aimerais
aimerions aimerait désire désirons désirerais faut faudrait avons auriez aurais existe connaissez connaîtriez nécessite
requis sollicite sollicitons quels quelqu quelqu'un quelque quelques qu'un look looking looks find finding need needs needed
needing want wanted wants wanting wish wishes like seek seeks seeking search searching hire hiring recruit require required
requires am any أبحث ابحث نبحث تبحث يبحث يبحثون البحث بحثا أريد اريد نريد تريد يريد يريدون أود نود أرغب نرغب ترغب يرغب أحتاج
احتاج نحتاج تحتاج يحتاج بحاجة حاجة مطلوب مطلوبة أطلب نطلب نلتمس هل يوجد توجد يتوفر تتوفر أين ماذا كيف أرجو المرجو نرجو بدي
بغيت بغينا كنقلب
"""
_BEING_ABLE = """
peut peux pouvez peuvent pourrait pourraient pourriez pouvant pouvoir puisse puissent sait savent sachant savoir capable
capables apte aptes able knows know knew known knowing understands understand يمكن يمكنه يمكنها يمكنهم بإمكانه بإمكانها
يستطيع تستطيع يستطيعون قادر قادرة قادرين يقدر تقدر يعرف تعرف يعرفون يجيد تجيد يتقن تتقن متمكن متمكنة ملم ملمة
"""
_HELPING = """
aider aide aiderait aidant accompagner accompagne accompagnerait accompagnant appuyer appuie soutenir soutient assister
assiste conseiller conseille orienter animer anime élaborer élabore créer crée réaliser réalise mettre place monter préparer
prépare organiser organise conduire mener assurer assure donner faire fait rendre intervenir intervienne travaille
travaillent travailler travaillant répondre étudier former forme formerait expliquer apprendre apprenne participer contribuer
améliorer help helps helping assist assists support supports advise advises get gets getting give gives make makes making run
runs running train trains teach teaches write writing set setup build builds prepare do does doing work works worked working
carry conduct deliver lead leads develop develops improve improving keep keeping يساعد تساعد يساعدنا تساعدنا يساعدني لمساعدة
مساعدتنا مساعدة يرافق ترافق يرافقنا مرافقة يواكب تواكب يواكبنا لمواكبة مواكبة يؤطر تؤطر لتأطير تأطير يدعم تدعم لدعم ينشط تنشط
لتنشيط تنشيط يعد تعد لإعداد إعداد ينجز تنجز لإنجاز إنجاز يكون تكون يكوننا يدرب تدرب ليدرب لتدريب يعمل تعمل يعملون يشتغل تشتغل
لوضع وضع لكتابة لتقديم تقديم لتنظيم تنظيم القيام يقوم تقوم ينصح ينصحنا تنصحنا يعلم تعلم لفائدة لصالح أجل بخصوص يهم
"""
_PERSONS = """
personne personnes profil profils expert experte experts expertes expertise spécialiste spécialistes spécialisé spécialisée
spécialisés spécialisées consultant consultante consultants consultantes professionnel professionnelle professionnels
intervenant intervenante intervenants connaisseur connaisseuse référent référente praticien praticienne ingénieur ingénieure
ingénieurs technicien technicienne someone somebody anyone anybody person people profile profiles specialist specialists
specialised specialized specialising specializing professional professionals practitioner practitioners engineer engineers
technician شخص شخصا أشخاص أحدا خبير خبيرة خبراء الخبراء خبيرات خبيرا متخصص متخصصة متخصصا متخصصين متخصصون مختص مختصة مختصا
مختصين أخصائي أخصائية اختصاصي اختصاصية مستشار مستشارة مستشارا مهني مهنية كفاءة كفاءات مهندس مهندسة مهندسا تقني تقنية مكون
مكونة مكونا مؤطر مؤطرة مؤطرا
"""
_EXPERIENCE = """
connaissant connaît connaissance connaissances maîtrisant maîtrise maîtrisent expérience expériences expérimenté expérimentée
compétent compétente compétence compétences domaine domaines matière concernant disponible disponibles basé basée parlant
ayant sujet sujets question questions thème spécialité qualifié qualifiée experienced experience skilled qualified knowledge
skills available field fields area areas based familiar speaks speaking topic topics subject relating regarding مجال مجالات
ميدان ميادين خبرة الخبرة تجربة التجربة تجارب معرفة دراية مهارات موضوع مواضيع له لها متاح متوفر
"""
_COURTESY = """
bonjour bonsoir merci svp stp salut please hello hi thanks thank kindly dear من فضلك رجاء مرحبا شكرا
"""
# How somebody is addressed: before a name it hides the person, beside a subject it says nothing.
_ADDRESS = """
dr docteur docteure doctor pr prof professeur professeure professor m mr mme mlle mrs ms miss madame mademoiselle mesdames
monsieur messieurs maître me د ذ أ دكتور دكتورة الدكتور الدكتورة بروفيسور البروفيسور أستاذ أستاذة الأستاذ الأستاذة سيد سيدة
آنسة السيد السيدة الآنسة السادة السيدات المهندس المهندسة
"""
TITLES = words(_ADDRESS)
FILLERS = words(_WANTING + _BEING_ABLE + _HELPING + _PERSONS + _EXPERIENCE + _COURTESY)

# Before or behind a subject these add nothing that a profile must say in the same word: "lutte contre la désertification",
# "preschool education", «تدبير النفايات».
_LEADING = """
gestion lutte contre promotion développement protection amélioration renforcement appui accompagnement soutien mise œuvre
place création élaboration réalisation organisation conception montage suivi analyse étude études diagnostic évaluation
formation formations sensibilisation éducation enseignement insertion intégration valorisation préservation conservation
sauvegarde restauration réhabilitation aménagement transformation production commercialisation vente prévention réduction
accès prise charge animation pratique pratiques technique techniques méthode méthodes outil outils système systèmes politique
politiques stratégie stratégies programme programmes projet projets plan plans service services activité activités secteur
secteurs filière filières produit produits entreprise entreprises risque risques question enjeux solution solutions
initiatives local locale locaux locales national nationale rural rurale ruraux rurales durable durables petit petite petits
petites adulte adultes gens monde communauté management managing combating fighting fight against promoting development
developing protecting improvement strengthening support implementation creation design designing preparation monitoring
analysis study studies assessment evaluation training education teaching integration inclusion enhancement preservation
restoration rehabilitation producing marketing selling prevention preventing reduction reducing access care facilitation
practice practices method methods tool tools system systems policy policies strategy strategies program programs project
projects planning activity activities sector sectors chain product products company companies business businesses risk risks
issue issues initiative sustainable small adult adults community communities تدبير تسيير إدارة مكافحة محاربة مناهضة الحد
إنعاش تعزيز تقوية تنمية تطوير حماية تحسين دعم إنشاء إحداث إعداد تصميم إنجاز تنفيذ تتبع تحليل دراسة دراسات تشخيص تقييم تكوين
تدريب تحسيس توعية تربية تعليم إدماج دمج تثمين الحفاظ المحافظة صون ترميم تأهيل إعادة تهيئة تحويل إنتاج تسويق بيع وقاية الوقاية
تقليص ولوج الولوج رعاية التكفل تنشيط ممارسات تقنيات طرق أدوات نظام نظم سياسة سياسات استراتيجية استراتيجيات برنامج برامج مشروع
مشاريع المشاريع مخطط مخططات خدمة خدمات نشاط أنشطة قطاع قطاعات سلسلة سلاسل منتج منتجات المنتجات منتوجات المنتوجات مقاولة
مقاولات مخاطر قضايا حلول مبادرات محلي محلية وطني وطنية قروي قروية مستدام مستدامة صغير صغيرة صغار الصغار الكبار مجتمع المجتمع
"""
GENERIC = words(_LEADING)
