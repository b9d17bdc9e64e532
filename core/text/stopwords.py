"""Words that say nothing about the subject, and words that say only "I am looking for somebody"."""

from core.text.fold import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(map(fold, text.split()))


_ARABIC = _words("""
في من إلى على عن مع ما لا لم لن أن إن أو أم بل ثم قد كل هو هي هم هن هذا هذه ذلك تلك هؤلاء أولئك الذي التي الذين اللذين
اللواتي اللاتي كان كانت يكون تكون كما كي لكي لكن حتى حيث إذا إذ لو لولا بين بعد قبل عند لدى منذ خلال حول ضد غير سوى
فقط أيضا كذلك هنا هناك ثمة أي أية به بها بهم له لها لهم لديه لديها فيه فيها فيهم منه منها منهم عنه عنها عليه عليها
عليهم إليه إليها معه معها وفي ومن وعلى وإلى وعن ومع وما ولا وهو وهي وكان وكذلك وأن وإن فإن بأن لأن كأن مما عما فيما
مثل نحو ضمن عبر دون بدون بشكل يتم تم نحن أنا أنت أنتم يا ليس ليست بعض جميع كافة أكثر أقل أحد إحدى عدة الـ و ف ب ك ل س
ال
""")
_FRENCH = _words("""
a à au aux avec ce ces cet cette ceux celle celles celui ci comme dans de des du donc dont elle elles en entre est et
étaient été être eu eux hors il ils je la là le les leur leurs lui ma mais me mes moi mon ne ni nos notre nous on ont
ou où par parmi pas pendant peu plus pour puis avant après qu que quel quelle quelles quels qui quoi sa sans se selon
ses si sont sous sur ta te tes toi ton tous tout toute toutes très tu un une vers via vos votre vous y ainsi afin
aussi chez depuis lors autres autre même ayant sera seront était c d j l m n s t aujourd hui jusqu lorsque lorsqu
puisque puisqu quoique contre son auprès ensemble notamment cela ça ceci
""")
_ENGLISH = _words("""
a am an and are as at be been being but by can could did do does for from had has have having he her hers him his how i
if in into is it its itself me my no nor not of off on or our ours out over she should so some such than that the
their theirs them then there these they this those through to too under until up upon us very was we were what when
where which while who whom whose why will with within without would you your yours about also among between both each
other others via per s t
""")
STOPWORDS = {"ar": _ARABIC, "fr": _FRENCH, "en": _ENGLISH}
LATIN_STOPWORDS = _FRENCH | _ENGLISH

# In a directory of people every entry is an expert: these words of a sentence must not narrow the answer.
FILLERS = _words("""
cherche cherchons recherche recherchons rechercher trouver trouve besoin veux voudrais souhaite souhaitons aimerais
aurais faut avons quelqu quelqu'un quelque personne personnes profil profils expert experte experts expertes expertise
spécialiste spécialistes spécialisé spécialisée spécialisés spécialisées consultant consultante consultants connaissant
connaît maîtrisant travaillant travaille travaillent intervenant intervenante capable capables domaine matière
concernant disponible bonjour merci svp basé basée parlant ayant sujet question aider accompagner peut pouvant quels
voulons veulent pourrait pouvez pourriez conseiller quelqu’une looking look find need needs needed want wanted seeking
seek search searching someone somebody anyone anybody person people profile profiles experts expert specialist
specialists specialised specialized specialising consultant consultants experienced experience knows knowing working
works work worked able available field area based please hello thanks help helps advise could who’s familiar speaks
speaking like أبحث نبحث ابحث تبحث البحث أريد نريد أحتاج نحتاج مطلوب هل يوجد توجد شخص أشخاص خبير خبيرة خبراء الخبراء
خبيرات خبيرا متخصص متخصصة متخصصين متخصصون مختص مختصة مختصين أخصائي أخصائية مستشار مستشارة مجال مجالات ميدان لديه لديها
يعرف تعرف يعمل تعمل يمكنه يمكنها يستطيع تستطيع يساعد لفائدة شخصا تجربة من فضلك مرحبا شكرا خبرة الخبرة متمكن متمكنة
""")
